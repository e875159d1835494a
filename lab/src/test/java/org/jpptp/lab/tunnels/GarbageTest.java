package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.OwnThread;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole tunnels leave no garbage: nothing that a packet passes through makes an object, at either end, from one kernel to the
 * other. It is looked at before the second compiler has seen much, because that one does without objects where it can.
 */
@RequiresRoot
class GarbageTest {
    private static final int OCTETS = 1000;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** For all that is made once, when a thing is asked for the first time. */
    private static final int WARM_UP = 600;
    /** How often it is measured; a timer that has to be set leaves something, now and then, and an object for each batch always. */
    private static final int TIMES = 5;
    /** An object for each batch at one end, of 16 octets, would be 9600 and more. */
    private static final long TOLERANCE = 8_192;

    @ParameterizedTest
    @CsvSource({"1, 600", "40, 200"})
    void whatGoesThereAndBackLeavesNone(int atOnce, int exchanges) throws Exception {
        Set<Long> others = loops();
        try (TunnelSite site = new TunnelSite();
                EmbeddedServer server = NetworkNamespace.call(
                        site.server().name(),
                        () -> EmbeddedServer.start(TunnelSite.config(), TunnelSite.listen(), line -> {}));
                DatagramSocket far = NetworkNamespace.call(
                        site.server().name(), () -> new DatagramSocket(new InetSocketAddress(TunnelSite.far(0), 0)))) {
            assertThat(server.port()).isEqualTo(TunnelSite.listen().getPort());
            Executor echo = new OwnThread();
            echo.execute(() -> echo(far));
            NetworkNamespace.call(site.clients().name(), () -> {
                try (TunnelFleet fleet = new TunnelFleet();
                        DatagramSocket near = new DatagramSocket()) {
                    fleet.grow(1);
                    near.connect(new InetSocketAddress(TunnelSite.far(0), far.getLocalPort()));
                    near.setSoTimeout(TIMEOUT_MILLIS);
                    Set<Long> loops = loops();
                    loops.removeAll(others);
                    exchange(near, WARM_UP, atOnce);
                    long least = Long.MAX_VALUE;
                    for (int i = 0; i < TIMES; i++) {
                        long before = allocated(loops);
                        exchange(near, exchanges, atOnce);
                        least = Math.min(least, allocated(loops) - before);
                    }
                    assertThat(least).isLessThan(TOLERANCE);
                    assertThat(loops).hasSize(2);
                }
                return true;
            });
        }
    }

    private static Set<Long> loops() {
        Set<Long> found = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("jpptp-loop")) {
                found.add(thread.getId());
            }
        }
        return found;
    }

    private static long allocated(Set<Long> threads) {
        long[] ids = threads.stream().mapToLong(Long::longValue).toArray();
        return Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).sum();
    }

    private static void exchange(DatagramSocket near, int times, int atOnce) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[OCTETS], OCTETS);
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < atOnce; j++) {
                near.send(packet);
            }
            for (int j = 0; j < atOnce; j++) {
                near.receive(packet);
            }
        }
    }

    private static void echo(DatagramSocket far) {
        DatagramPacket packet = new DatagramPacket(new byte[OCTETS], OCTETS);
        try {
            while (true) {
                far.receive(packet);
                far.send(packet);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
