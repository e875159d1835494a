package org.jpptp.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NameSettings.Pushed;
import org.jpptp.client.Routing;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of the user's wish and the server's name servers. */
class NamePlanTest {
    private static final Surroundings HOST = new Surroundings(
            Set.of(address("192.168.1.5")),
            List.of(cidr("192.168.1.0/24")),
            Set.of(address("192.168.1.1"), address("9.9.9.9")),
            List.of(
                    new Surroundings.Route(cidr("0.0.0.0/0"), "eth0", address("192.168.1.1")),
                    new Surroundings.Route(cidr("192.168.1.0/24"), "eth0", null)));

    @ParameterizedTest
    @CsvSource({
        // wanted; pushed; routes; what is applied; what leads to it; what is refused
        "none,                   10.1.0.2,        10.0.0.0/8,  NOTHING 10.1.0.2,           '',           ''",
        "none,                   '',              '',          NOTHING,                    '',           ''",
        "accept,                 '',              '',          NOTHING,                    '',           ''",
        "accept,                 10.1.0.2,        10.0.0.0/8,  BESIDE 10.1.0.2,            '',           ''",
        "accept,                 10.1.0.2,        '',          BESIDE 10.1.0.2,            10.1.0.2/32,  ''",
        "accept,                 10.9.0.1,        '',          BESIDE 10.9.0.1,            '',           ''",
        "accept corp.example,    10.1.0.2,        10.0.0.0/8,  DOMAINS 10.1.0.2 for corp.example, '',    ''",
        "accept corp.example,    10.1.0.2,        0.0.0.0/0,   EVERYTHING 10.1.0.2,        '',           ''",
        "accept,                 10.1.0.2,        0.0.0.0/1 128.0.0.0/1, EVERYTHING 10.1.0.2, '',        ''",
        "accept corp.example,    9.9.9.9,         full,        EVERYTHING 9.9.9.9,         '',           ''",
        "accept 10.1.0.7,        10.1.0.2 10.1.0.7, 10.0.0.0/8, BESIDE 10.1.0.7 10.1.0.2,  '',           ''",
        "10.1.0.7,               10.1.0.2,        10.0.0.0/8,  BESIDE 10.1.0.7,            '',           ''",
        "10.1.0.7,               '',              '',          BESIDE 10.1.0.7,            10.1.0.7/32,  ''",
        "127.0.0.1,              '',              '',          BESIDE 127.0.0.1,           '',           ''",
        "192.168.1.9,            '',              '',          BESIDE 192.168.1.9,         '',           ''",
        "203.0.113.7,            '',              '',          BESIDE 203.0.113.7,         '',           ''",
        "accept,                 127.0.0.1,       '',          NOTHING,                    '',           LOOPBACK",
        "accept,                 0.0.0.0,         '',          NOTHING,                    '',           THIS_NETWORK",
        "accept,                 255.255.255.255, 0.0.0.0/0,   NOTHING,                    '',           RESERVED",
        "accept,                 203.0.113.7,     0.0.0.0/0,   NOTHING,                    '',           OUTER_ADDRESS_OF_SERVER",
        "accept,                 10.9.0.2,        0.0.0.0/0,   NOTHING,                    '',           OUR_INNER_ADDRESS",
        "accept,                 192.168.1.5,     '',          NOTHING,                    '',           OF_THIS_HOST",
        "accept,                 192.168.1.1,     '',          NOTHING,                    '',           RESOLVER",
        "accept,                 192.168.1.9,     '',          NOTHING,                    '',           ROUTED",
        "accept,                 192.168.1.9,     0.0.0.0/0,   EVERYTHING 192.168.1.9,     '',           ''",
        "accept,                 9.9.9.9 10.1.0.2, 10.0.0.0/8, BESIDE 10.1.0.2,            '',           RESOLVER",
        "accept,                 8.8.8.8,         '',          BESIDE 8.8.8.8,             8.8.8.8/32,   ''",
    })
    void isDecided(String wanted, String pushed, String routes, String applied, String led, String refused) {
        List<Cidr> networks = words(routes).stream()
                .flatMap(route -> Cidr.parse(route).stream())
                .toList();
        NetworkPlan plan = new NetworkPlan(
                new NetworkPlan.Link("pptp0", null, 1400),
                new NetworkPlan.Addresses(address("10.9.0.2"), address("10.9.0.1"), null),
                address("203.0.113.7"),
                routes.equals("full")
                        ? new Routing(List.of(), Routing.Scope.FULL, 0, Routing.Lan.CLOSED)
                        : Routing.split(networks));
        NamePlan.Decision decision = NamePlan.of(
                settings(wanted),
                words(pushed).stream().map(NamePlanTest::address).toList(),
                plan,
                HOST);
        NamePlan names = decision.plan();
        List<String> text = new ArrayList<>(List.of(names.scope().toString()));
        names.servers().forEach(server -> text.add(server.getHostAddress()));
        if (names.scope() == NameScope.DOMAINS) {
            text.add("for " + String.join(" ", names.domains()));
        }
        assertThat(String.join(" ", text)).isEqualTo(applied);
        assertThat(names.routes()).extracting(Cidr::toString).isEqualTo(words(led));
        assertThat(decision.refused())
                .extracting(objection -> objection.kind().toString())
                .isEqualTo(words(refused));
        assertThat(names.isApplied()).isEqualTo(names.scope() != NameScope.NOTHING);
    }

    /** Who cannot tell domains apart is not said to. */
    @ParameterizedTest
    @CsvSource({
        "SYSTEMD_RESOLVED,        DOMAINS,    DOMAINS,    corp.example, systemd-resolved",
        "NETWORK_MANAGER_DNSMASQ, DOMAINS,    DOMAINS,    corp.example, NetworkManager",
        "NETWORK_MANAGER,         DOMAINS,    BESIDE,     '',           NetworkManager",
        "FILE,                    DOMAINS,    BESIDE,     '',           /etc/resolv.conf",
        "RESOLVCONF,              EVERYTHING, EVERYTHING, '',           resolvconf",
    })
    void isTold(NameService by, NameScope scope, NameScope told, String domains, String label) {
        List<String> wanted = scope == NameScope.DOMAINS ? List.of("corp.example") : List.of();
        TunnelEvent.NamesSettled event = new NamePlan(scope, List.of(address("10.1.0.2")), wanted, List.of()).told(by);
        assertThat(event)
                .isEqualTo(new TunnelEvent.NamesSettled(told, List.of(address("10.1.0.2")), words(domains), label));
    }

    private static NameSettings settings(String text) {
        List<String> words = words(text);
        return new NameSettings(
                words.contains("accept") ? Pushed.ACCEPTED : Pushed.IGNORED,
                words.stream()
                        .flatMap(word -> Cidr.parse(word).stream())
                        .map(Cidr::address)
                        .toList(),
                words.stream().filter(word -> word.endsWith(".example")).toList());
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static Inet4Address address(String text) {
        return cidr(text).address();
    }
}
