package org.jpptp.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.Routing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threat: pushed addresses that would turn the host's own traffic into the tunnel. */
class AddressRulesTest {
    /** With WireGuard, a service address of its own, two networks, a resolver and a host behind a router of its own. */
    private static final Surroundings HOST = new Surroundings(
            Set.of(
                    address("192.168.1.5"),
                    address("172.17.0.1"),
                    address("10.8.0.3"),
                    address("10.255.255.1"),
                    address("192.0.2.4"),
                    address("127.0.0.1")),
            List.of(cidr("192.168.1.0/24"), cidr("172.17.0.0/16"), cidr("192.0.2.8/31")),
            Set.of(address("10.0.0.53"), address("127.0.0.53")),
            List.of(
                    new Surroundings.Route(cidr("0.0.0.0/0"), "eth0", address("192.168.1.1")),
                    new Surroundings.Route(cidr("192.168.1.0/24"), "eth0", null),
                    new Surroundings.Route(cidr("172.17.0.0/16"), "docker0", null),
                    new Surroundings.Route(cidr("10.0.0.0/8"), "eth0", address("172.17.9.9")),
                    new Surroundings.Route(cidr("10.0.0.77/32"), "eth0", address("192.168.1.2"))));

    private static final List<Cidr> ROUTES = List.of(cidr("10.64.0.0/10"), cidr("8.8.8.8/32"));

    @ParameterizedTest
    @CsvSource({
        // local, remote, server; what is said of local; what is said of remote
        "10.0.0.2,        10.0.0.1,      203.0.113.7, '',                                     ''",
        "100.64.0.2,      10.64.64.64,   203.0.113.7, '',                                     ''",
        "100.64.0.2,      8.8.8.8,       203.0.113.7, '',                                     ''",
        "100.64.0.2,      8.8.4.4,       203.0.113.7, '',                                     FAR",
        "100.64.0.2,      169.254.169.254, 203.0.113.7, '',                                   FAR",
        "100.64.0.2,      100.64.1.1,    203.0.113.7, '',                                     FAR",
        "10.0.0.2,        10.0.0.53,     203.0.113.7, '',                                     RESOLVER",
        "10.0.0.2,        10.0.0.77,     203.0.113.7, '',                                     ROUTED 10.0.0.77/32",
        "10.0.0.77,       10.0.0.1,      203.0.113.7, '',                                     ''",
        "10.8.0.3,        10.8.0.1,      203.0.113.7, OF_THIS_HOST,                           ''",
        "10.8.0.4,        10.8.0.3,      203.0.113.7, '',                                     OF_THIS_HOST",
        "10.255.255.1,    10.255.255.2,  203.0.113.7, OF_THIS_HOST,                           ''",
        "169.254.7.1,     169.254.7.2,   203.0.113.7, '',                                     ''",
        "203.0.113.9,     203.0.113.8,   203.0.113.7, '',                                     ''",
        "10.0.0.2,        203.0.113.7,   203.0.113.7, '',                                     OUTER_ADDRESS_OF_SERVER",
        "203.0.113.7,     10.0.0.1,      203.0.113.7, OUTER_ADDRESS_OF_SERVER,          FAR",
        "10.0.0.2,        10.0.0.2,      203.0.113.7, '',                                     OUR_INNER_ADDRESS",
        "0.0.0.0,         0.0.0.0,       203.0.113.7, THIS_NETWORK 0.0.0.0/8,       OUR_INNER_ADDRESS",
        "0.255.255.255,   0.0.0.1,       203.0.113.7, THIS_NETWORK 0.0.0.0/8,       THIS_NETWORK 0.0.0.0/8",
        "127.0.0.1,       127.255.0.1,   203.0.113.7, LOOPBACK 127.0.0.0/8,         LOOPBACK 127.0.0.0/8",
        "126.255.255.255, 126.255.255.0, 203.0.113.7, '',                                     ''",
        "224.0.0.1,       239.255.255.9, 203.0.113.7, MULTICAST 224.0.0.0/4,        MULTICAST 224.0.0.0/4",
        "240.0.0.1,       255.255.255.255, 203.0.113.7, RESERVED 240.0.0.0/4,       RESERVED 240.0.0.0/4",
        "223.255.255.255, 223.255.255.1, 203.0.113.7, '',                                     ''",
        "192.168.1.200,   192.168.1.1,   203.0.113.7, '',                                     ROUTER",
        "192.168.1.1,     10.0.0.1,      203.0.113.7, ROUTER,                                 FAR",
        "192.168.1.2,     10.0.0.1,      203.0.113.7, ROUTER,                                 FAR",
        "10.0.0.53,       10.0.0.1,      203.0.113.7, RESOLVER,                               ''",
        "192.168.1.0,     192.168.1.255, 203.0.113.7, BROADCAST 192.168.1.0/24, BROADCAST 192.168.1.0/24",
        "192.168.1.255,   192.168.1.0,   203.0.113.7, BROADCAST 192.168.1.0/24, BROADCAST 192.168.1.0/24",
        "172.17.255.255,  172.17.0.0,    203.0.113.7, BROADCAST 172.17.0.0/16,  BROADCAST 172.17.0.0/16",
        "172.17.255.0,    172.17.255.1,  203.0.113.7, '',                                     ''",
        "192.0.2.8,       192.0.2.9,     203.0.113.7, '',                                     ''",
        "192.168.1.200,   192.168.1.77,  203.0.113.7, '',                               ROUTED 192.168.1.0/24",
        "192.168.2.200,   172.17.255.1,  203.0.113.7, '',                                     FAR",
        "172.17.9.200,    172.17.9.1,    203.0.113.7, '',                                     ''",
        "172.17.9.200,    172.17.9.9,    203.0.113.7, '',                                     ROUTER",
    })
    void judges(String local, String remote, String server, String ofLocal, String ofRemote) {
        assertThat(AddressRules.objectionToLocal(address(local), address(server), HOST))
                .isEqualTo(objection(local, ofLocal));
        assertThat(AddressRules.objectionToRemote(address(remote), address(local), address(server), ROUTES, HOST))
                .isEqualTo(objection(remote, ofRemote));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2,        ''",
        "100.127.255.255, ''",
        "172.31.0.1,      ''",
        "192.168.2.1,     ''",
        "10.0.0.77,       ROUTED 10.0.0.77/32",
        "169.254.169.254, LINK_LOCAL 169.254.0.0/16",
        "100.128.0.0,     PUBLIC",
        "172.32.0.1,      PUBLIC",
        "203.0.113.9,     PUBLIC",
        "8.8.8.8,         ''",
    })
    void doubts(String local, String ofLocal) {
        assertThat(AddressRules.doubtOfLocal(address(local), Routing.split(ROUTES), HOST))
                .isEqualTo(objection(local, ofLocal));
    }

    /** Then nobody is reached but through the tunnel. */
    @Test
    void nothingIsAnothersWhereEverythingGoesThroughTheTunnel() {
        Routing full = new Routing(List.of(cidr("0.0.0.0/0")), Routing.Scope.FULL, 0, Routing.Lan.CLOSED);
        assertThat(AddressRules.doubtOfLocal(address("203.0.113.9"), full, HOST))
                .isEmpty();
    }

    private static Optional<AddressObjection> objection(String address, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.split(" ", -1);
        return Optional.of(new AddressObjection(
                address(address),
                AddressObjection.Kind.valueOf(words[0]),
                words.length == 1 ? null : Cidr.parse(words[1]).orElseThrow()));
    }

    private static Inet4Address address(String text) {
        return cidr(text).address();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
