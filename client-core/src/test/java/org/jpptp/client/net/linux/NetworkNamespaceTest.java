package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicReference;
import org.jpptp.client.Cidr;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
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
    void findsTheAttachedNetworksInside() throws Exception {
        namespace.ip("addr", "add", "172.20.5.9/14", "dev", "eth0");
        namespace.ip("addr", "add", "192.0.2.3/24", "dev", "eth0");
        namespace.ip("addr", "add", "198.51.100.1/32", "dev", "far");
        namespace.ip("link", "add", "down0", "type", "veth", "peer", "name", "down1");
        namespace.ip("addr", "add", "10.0.0.1/8", "dev", "down0");

        assertThat(namespace.call(AttachedNetworks::read))
                .containsExactlyInAnyOrder(
                        Cidr.parse("192.0.2.0/24").orElseThrow(),
                        Cidr.parse("172.20.0.0/14").orElseThrow());
        assertThat(namespace.call(() -> NetworkInterface.getByName("down0").isUp()))
                .isFalse();
    }
}
