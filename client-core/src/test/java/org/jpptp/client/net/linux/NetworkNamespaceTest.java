package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicReference;
import org.jpptp.client.Cidr;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.Surroundings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class NetworkNamespaceTest {
    private TestNamespace namespace;

    @BeforeEach
    void prepare() throws Exception {
        namespace = TestNamespace.withUplink("ns");
    }

    @AfterEach
    void clean() throws Exception {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void worksInsideAndLeavesTheCallerOutside() throws Exception {
        long outside = NetworkNamespace.inodeOfThisThread();

        long inside = NetworkNamespace.call(namespace.name(), NetworkNamespace::inodeOfThisThread);

        assertThat(inside).isNotEqualTo(outside);
        assertThat(NetworkNamespace.inodeOfThisThread()).isEqualTo(outside);
        assertThat(NetworkNamespace.names()).contains(namespace.name());
    }

    @Test
    void threadsAndProcessesStartedInsideAreInside() throws Exception {
        long inside = NetworkNamespace.call(namespace.name(), NetworkNamespace::inodeOfThisThread);
        AtomicReference<Long> ofThread = new AtomicReference<>();

        String ofProcess = NetworkNamespace.call(namespace.name(), () -> {
            Thread thread = new Thread(() -> ofThread.set(NetworkNamespace.inodeOfThisThread()));
            thread.start();
            thread.join();
            return TestNamespace.run("readlink", "/proc/self/ns/net");
        });

        assertThat(ofThread.get()).isEqualTo(inside);
        assertThat(ofProcess).isEqualTo("net:[" + inside + "]\n");
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatThrownBy(() -> NetworkNamespace.call(namespace.name(), () -> {
                    throw new IOException("mine");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("mine");
        assertThatThrownBy(() -> NetworkNamespace.call(namespace.name(), () -> {
                    throw new AssertionError("mine");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("mine");
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertThatThrownBy(() -> NetworkNamespace.call("hosttest-nowhere", () -> 0))
                .isInstanceOfSatisfying(
                        HostChangeException.class,
                        e -> assertThat(e.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED))
                .hasMessageStartingWith("There is no network namespace \"hosttest-nowhere\"");
    }

    @Test
    void findsTheSurroundingsInside() throws Exception {
        namespace.ip("addr", "add", "172.20.5.9/14", "dev", "eth0");
        namespace.ip("addr", "add", "192.0.2.3/24", "dev", "eth0");
        namespace.ip("addr", "add", "198.51.100.1/32", "dev", "far");
        namespace.ip("link", "add", "down0", "type", "veth", "peer", "name", "down1");
        namespace.ip("addr", "add", "10.0.0.1/8", "dev", "down0");
        namespace.ip("addr", "add", "10.255.0.9/32", "dev", "lo");
        namespace.ip("tuntap", "add", "mode", "tun", "name", "wg0");
        namespace.ip("addr", "add", "10.8.0.2", "peer", "10.8.0.1/32", "dev", "wg0");
        namespace.ip("link", "set", "wg0", "up");
        namespace.ip("route", "add", "198.18.0.0/15", "via", "192.0.2.77");
        namespace.ip("route", "add", "203.0.113.0/24", "via", "192.0.2.1", "metric", "100");
        namespace.ip("route", "add", "unreachable", "10.66.0.0/16");
        namespace.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
        namespace.ip("addr", "add", "192.168.77.10", "peer", "192.168.77.1/32", "dev", "pptp0");
        namespace.ip("link", "set", "pptp0", "up");

        Surroundings found = namespace.call(() -> HostSurroundings.read("pptp0"));

        assertThat(found.own().stream().map(Inet4Address::getHostAddress))
                .containsExactlyInAnyOrder(
                        "127.0.0.1",
                        "10.255.0.9",
                        "192.0.2.2",
                        "192.0.2.3",
                        "172.20.5.9",
                        "198.51.100.1",
                        "10.0.0.1",
                        "10.8.0.2");
        assertThat(found.attached().stream().map(Cidr::toString))
                .containsExactlyInAnyOrder("192.0.2.0/24", "172.20.0.0/14", "10.0.0.0/8");
        assertThat(found.routes().stream().map(NetworkNamespaceTest::shown))
                .contains(
                        "0.0.0.0/0 eth0 192.0.2.1",
                        "192.0.2.0/24 eth0",
                        "172.20.0.0/14 eth0",
                        "10.8.0.1/32 wg0",
                        "198.18.0.0/15 eth0 192.0.2.77",
                        "203.0.113.0/24 eth0 192.0.2.1")
                .noneMatch(route -> route.contains("pptp0") || route.startsWith("10.66."));
        assertThat(namespace.call(() -> NetworkInterface.getByName("down0").isUp()))
                .isFalse();
    }

    private static String shown(Surroundings.Route route) {
        String via = route.router() == null ? "" : " " + route.router().getHostAddress();
        return route.network() + " " + route.interfaceName() + via;
    }
}
