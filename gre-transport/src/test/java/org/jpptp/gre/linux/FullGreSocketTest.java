package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;

/** More comes than is read. */
class FullGreSocketTest extends TwoHosts {
    private static final int PACKETS = 1000;

    private static List<String> proc(String file) throws Exception {
        return Files.readAllLines(Path.of("/proc/thread-self/net", file));
    }

    private static long unreachables() throws Exception {
        List<String> lines =
                proc("snmp").stream().filter(line -> line.startsWith("Icmp: ")).toList();
        int column = List.of(lines.get(0).split(" ", -1)).indexOf("OutDestUnreachs");
        return Long.parseLong(lines.get(1).split(" ", -1)[column]);
    }

    private static long dropped() throws Exception {
        long most = 0;
        for (String line : proc("raw")) {
            String last = line.substring(line.lastIndexOf(' ') + 1);
            most = Math.max(most, last.matches("\\d+") ? Long.parseLong(last) : 0);
        }
        return most;
    }

    /** Its host would say so in ICMP, to a server that takes it for the end. */
    @Test
    void isNotTakenForAProtocolThatNobodyWants() throws Exception {
        right.open(leftAddress, 1, new Log());
        GreSocket call = left.open(rightAddress, 1, new Log());
        assertThat(RawSockets.setInt(right.raw(leftAddress).fd(), Libc.SOL_SOCKET, Libc.SO_RCVBUF, 1))
                .isZero();
        CountDownLatch busy = new CountDownLatch(1);
        right.loop.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            for (int i = 0; i < PACKETS; i++) {
                assertThat(left.sendTo(1, call, "packet")).isZero();
            }
            Namespaces.in(namespaces.right, () -> {
                assertThat(dropped()).isGreaterThan(PACKETS / 2);
                assertThat(unreachables()).isZero();
                return null;
            });
        } finally {
            busy.countDown();
        }
    }
}
