package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tunnel comes up again: on the same interface, with other addresses, to another server, by another way. */
@Timeout(300)
class NextPlanTest {
    private static final String SERVER = "203.0.113.7";
    private static final String OTHER = "198.51.100.9";

    @TempDir
    Path temporary;

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private Path journals;
    private TestNamespace host;
    private final LinuxLoop loop = new LinuxLoop();
    private TunDevice tun;
    private LinuxHostNetwork network;
    private String before;

    @BeforeEach
    void prepare() throws Exception {
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("next");
        tun = host.call(() -> loop.openTun(null, Offload.NONE));
        network = new LinuxHostNetwork(journals, tun.name(), trace::add);
        before = host.state();
    }

    @AfterEach
    void clean() throws Exception {
        if (tun != null) {
            tun.close();
        }
        loop.close();
        if (host != null) {
            host.close();
        }
    }

    private NetworkPlan plan(String... routes) {
        return Plans.of(tun.name(), routes);
    }

    private void apply(NetworkPlan plan) throws Exception {
        host.call(() -> {
            network.apply(plan);
            return 0;
        });
    }

    private void reach(String... servers) throws Exception {
        host.call(() -> {
            network.reach(Stream.of(servers).map(Plans::address).toList());
            return 0;
        });
    }

    private void closeAndLook() throws Exception {
        host.call(() -> {
            network.close();
            return 0;
        });
        assertThat(host.state()).isEqualTo(before);
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(files).isEmpty();
        }
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
    }

    private List<String> journal() throws IOException {
        try (Stream<Path> files = Files.list(journals)) {
            List<String> lines = Files.readAllLines(files.findFirst().orElseThrow());
            return lines.subList(2, lines.size());
        }
    }

    private List<String> commandsSince(int size) {
        return List.copyOf(trace.subList(size, trace.size()));
    }

    @Test
    void movesToAnotherServer() throws Exception {
        apply(plan("128.0.0.0/1"));
        int first = trace.size();

        apply(Plans.to(OTHER, Plans.withAddresses("10.9.7.7", "10.9.7.1", null, plan("128.0.0.0/1"))));

        assertThat(commandsSince(first))
                .containsExactly(
                        "[#] ip route add 198.51.100.9/32 via 192.0.2.1 dev eth0 proto 172",
                        "[#] ip addr add 10.9.7.7 peer 10.9.7.1/32 dev pptp0",
                        "[#] ip addr del 10.9.0.2/32 dev pptp0",
                        "[#] ip route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172");
        assertThat(journal())
                .anyMatch(line -> line.contains(" 198.51.100.9/32 "))
                .anyMatch(line -> line.contains(" 10.9.7.7 "))
                .noneMatch(line -> line.contains(SERVER) || line.contains("10.9.0.2"));
        assertThat(host.ip("route", "get", "200.0.0.1")).contains("dev pptp0 src 10.9.7.7");
        closeAndLook();
    }

    /** What leads into the dead tunnel would swallow the next connection. */
    @Test
    void reachesAnotherServerBeforeItIsDialled() throws Exception {
        apply(plan("198.51.100.0/24"));
        assertThat(host.ip("route", "get", OTHER)).contains("dev pptp0");

        reach(OTHER, SERVER);

        assertThat(host.ip("route", "get", OTHER)).contains("via 192.0.2.1 dev eth0");
        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.2.1 dev eth0");
        apply(Plans.to(OTHER, plan("198.51.100.0/24")));
        assertThat(host.ip("route")).doesNotContain(SERVER).contains(OTHER);
        closeAndLook();
    }

    @Test
    void followsTheHostToAnotherRouter() throws Exception {
        apply(plan("203.0.113.0/24"));
        host.ip("route", "replace", "default", "via", "192.0.2.254");
        int first = trace.size();

        reach(SERVER);
        reach(SERVER);

        assertThat(commandsSince(first))
                .containsExactly(
                        "[#] ip route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172",
                        "[#] ip route add 203.0.113.7/32 via 192.0.2.254 dev eth0 proto 172");
        assertThat(journal())
                .filteredOn(line -> line.contains(SERVER))
                .hasSize(1)
                .first()
                .asString()
                .contains("254");
        host.ip("route", "replace", "default", "via", "192.0.2.1");
        closeAndLook();
    }

    /** With an interface that is set down, the kernel removes the route. */
    @Test
    void followsTheHostToAnotherInterfaceAndBack() throws Exception {
        host.ip("link", "add", "eth1", "type", "veth", "peer", "name", "far1");
        host.ip("link", "set", "eth1", "addrgenmode", "none");
        host.ip("link", "set", "far1", "addrgenmode", "none", "up");
        host.ip("link", "set", "eth1", "up");
        host.ip("addr", "add", "192.0.3.2/24", "dev", "eth1");
        apply(plan("10.0.0.0/8"));
        host.ip("link", "set", "eth0", "down");

        HostChangeException nowhere = catchThrowableOfType(HostChangeException.class, () -> reach(SERVER));
        assertThat(nowhere).hasMessageContaining("Network is unreachable");
        host.ip("route", "add", "default", "via", "192.0.3.1");
        reach(SERVER);
        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.3.1 dev eth1");

        host.ip("route", "del", "default", "via", "192.0.3.1");
        host.ip("link", "set", "eth0", "up");
        while (host.ip("link", "show", "eth0").contains("NO-CARRIER")) {
            Thread.sleep(10);
        }
        host.ip("route", "add", "default", "via", "192.0.2.1");
        apply(Plans.withAddresses("10.9.0.3", null, null, plan("10.0.0.0/8")));
        assertThat(host.ip("route", "get", SERVER)).contains("via 192.0.2.1 dev eth0");
        host.call(() -> {
            network.close();
            return 0;
        });
        assertThat(host.ip("route", "show", "table", "all")).doesNotContain("proto 172", SERVER, "pptp0");
    }

    @Test
    void leavesThePinToAnotherTunnelThatNeedsIt() throws Exception {
        TunDevice second = host.call(() -> loop.openTun(null, Offload.NONE));
        LinuxHostNetwork others = new LinuxHostNetwork(journals, second.name(), trace::add);
        before = host.state();
        apply(plan());
        host.call(() -> {
            others.apply(Plans.withAddresses("10.9.1.2", null, null, Plans.of(second.name())));
            return 0;
        });

        apply(Plans.to(OTHER, plan()));
        assertThat(host.ip("route")).contains(SERVER, OTHER);
        host.call(() -> {
            others.close();
            return 0;
        });
        assertThat(host.ip("route")).doesNotContain(SERVER).contains(OTHER);
        closeAndLook();
        second.close();
    }

    @Test
    void exchangesRoutes() throws Exception {
        apply(plan("10.0.0.0/8", "172.16.0.0/12"));
        int first = trace.size();

        apply(plan("172.16.0.0/12", "192.168.0.0/16"));

        assertThat(commandsSince(first))
                .containsExactly(
                        "[#] ip route add 192.168.0.0/16 dev pptp0 proto 172",
                        "[#] ip route del 10.0.0.0/8 dev pptp0 proto 172");
        closeAndLook();
    }

    /** Somebody has deleted the interface, and there is another of its name. */
    @Test
    void configuresAnInterfaceThatWasMadeAnew() throws Exception {
        apply(plan("10.0.0.0/8"));
        tun.close();
        loop.settle();
        tun = host.call(() -> loop.openTun("pptp0", Offload.NONE));
        before = host.state().replaceAll("(?m)^.*" + SERVER + ".*\n", "");

        apply(plan("10.0.0.0/8"));

        assertThat(host.ip("addr", "show", "dev", "pptp0")).contains("mtu 1400", "inet 10.9.0.2/32");
        assertThat(host.ip("route", "get", "10.200.0.1")).contains("dev pptp0");
        closeAndLook();
    }

    @Test
    void staysSmallOverManyServers() throws Exception {
        apply(plan());
        int lines = journal().size();
        for (int i = 10; i < 20; i++) {
            apply(Plans.to("198.51.100." + i, Plans.withAddresses("10.9.1." + i, null, null, plan())));
        }
        assertThat(journal()).hasSize(lines);
        assertThat(host.ip("route")).containsOnlyOnce("proto 172");
        closeAndLook();
    }
}
