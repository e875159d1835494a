package org.jpptp.client.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.NameScope;
import org.jpptp.client.Routing;
import org.jpptp.client.hook.HookCommand.Carried;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hooks are told, held against the table of docs/hooks.md. */
class HookCommandTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z0-9_%]+)` \\| (.*) \\|$");
    /** What every hook is told about the process that runs it. */
    private static final Set<String> OF_THE_PROCESS = Set.of("PATH", "ORIG_UID", "PPPLOGNAME", "VPNPID");

    private static final NamePlan OFFERED = new NamePlan(
            NameScope.NOTHING,
            List.of(address("10.1.0.2"), address("10.1.0.3"), address("10.1.0.4")),
            List.of(),
            List.of(),
            List.of(address("10.1.0.5"), address("10.1.0.6")));

    private static NetworkPlan plan(@Nullable Inet4Address remote, Routing routing, NamePlan names) {
        return new NetworkPlan(
                new NetworkPlan.Link("pptp0", null, 1400),
                new NetworkPlan.Addresses(address("10.9.0.2"), remote, null),
                address("203.0.113.7"),
                routing,
                names);
    }

    private static Routing split(String... networks) {
        return Routing.split(Stream.of(networks).map(HookCommandTest::cidr).toList());
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static Inet4Address address(String text) {
        return cidr(text).address();
    }

    @Test
    void whatIsToldIsWhatTheDocumentSays() throws Exception {
        Map<String, String> documented = ROW.matcher(Files.readString(Path.of("../docs/hooks.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        NetworkPlan plan = plan(address("10.9.0.1"), split("10.1.0.0/16"), OFFERED);
        Set<String> told = new HashSet<>(OF_THE_PROCESS);
        for (Moment moment : Moment.values()) {
            HookCommand.of(moment, plan, Carried.NOTHING).environment().keySet().stream()
                    .map(name -> name.replaceFirst("_\\d+_", "_%d_"))
                    .forEach(told::add);
        }
        assertThat(documented.entrySet().stream()
                        .filter(row -> !row.getValue().startsWith("not set"))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void pppd() {
        NetworkPlan plan = plan(address("10.9.0.1"), split(), OFFERED);
        HookCommand up = HookCommand.of(Moment.UP, plan, Carried.NOTHING);
        assertThat(up.arguments()).containsExactly("pptp0", "203.0.113.7", "0", "10.9.0.2", "10.9.0.1", "");
        assertThat(up.environment())
                .containsEntry("IPLOCAL", "10.9.0.2")
                .containsEntry("IPREMOTE", "10.9.0.1")
                .containsEntry("DNS1", "10.1.0.2")
                .containsEntry("DNS2", "10.1.0.3")
                .containsEntry("WINS2", "10.1.0.6")
                .containsEntry("USEPEERDNS", "1")
                .doesNotContainKeys("DNS3", "CONNECT_TIME");
        HookCommand down = HookCommand.of(Moment.DOWN, plan, new Carried(Duration.ofMillis(61_900), 48, 1L << 40));
        assertThat(down.arguments()).isEqualTo(up.arguments());
        assertThat(down.environment())
                .containsEntry("CONNECT_TIME", "61")
                .containsEntry("BYTES_SENT", "48")
                .containsEntry("BYTES_RCVD", "1099511627776");
        assertThat(HookCommand.of(Moment.UP, plan(null, split(), NamePlan.NONE), Carried.NOTHING))
                .satisfies(bare -> assertThat(bare.arguments()).endsWith("10.9.0.2", "0.0.0.0", ""))
                .satisfies(bare ->
                        assertThat(bare.environment()).doesNotContainKeys("IPREMOTE", "DNS1", "WINS1", "USEPEERDNS"));
    }

    @Test
    void vpncScript() {
        NamePlan asked =
                new NamePlan(NameScope.BESIDE, List.of(address("10.1.0.2")), List.of(), List.of(cidr("10.1.0.2/32")));
        Map<String, String> offered = HookCommand.of(
                        Moment.RECONNECT, plan(null, split("10.1.0.0/16", "0.0.0.0/1"), OFFERED), Carried.NOTHING)
                .environment();
        assertThat(offered)
                .containsEntry("reason", "reconnect")
                .containsEntry("INTERNAL_IP4_DNS", "10.1.0.2 10.1.0.3 10.1.0.4")
                .containsEntry("INTERNAL_IP4_NBNS", "10.1.0.5 10.1.0.6")
                .containsEntry("CISCO_SPLIT_INC", "1")
                .containsEntry("CISCO_SPLIT_INC_0_ADDR", "10.1.0.0")
                .containsEntry("CISCO_SPLIT_INC_0_MASK", "255.255.0.0")
                .containsEntry("CISCO_SPLIT_INC_0_MASKLEN", "16");
        assertThat(HookCommand.of(Moment.UP, plan(null, split(), asked), Carried.NOTHING)
                        .environment())
                .containsEntry("reason", "connect")
                .containsEntry("DNS1", "10.1.0.2")
                .containsEntry("CISCO_SPLIT_INC", "1")
                .containsEntry("CISCO_SPLIT_INC_0_MASK", "255.255.255.255")
                .doesNotContainKeys("INTERNAL_IP4_DNS", "USEPEERDNS");
        Routing full = new Routing(List.of(), Routing.Scope.FULL, 0, Routing.Lan.CLOSED);
        assertThat(HookCommand.of(Moment.DOWN, plan(null, full, OFFERED), Carried.NOTHING)
                        .environment())
                .containsEntry("reason", "disconnect")
                .containsEntry("CISCO_SPLIT_INC", "0");
    }
}
