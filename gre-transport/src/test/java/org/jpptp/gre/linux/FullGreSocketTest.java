package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Libc;
import org.junit.jupiter.api.Test;

/** More comes than is read. */
class FullGreSocketTest extends TwoHosts {
    private static final int PACKETS = 1000;
    /** What is sent between two looks, and how much of it at a time. */
    private static final int BULK = 6400;

    private static final int BATCH = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** How many addresses the raw sockets of the right host are connected to. */
    private static long peers() throws Exception {
        return Namespaces.in(
                namespaces.right,
                () -> proc("raw").stream()
                        .skip(1)
                        .map(line -> line.strip().split(" +", -1)[2])
                        .distinct()
                        .count());
    }

    /** Its host would say so in ICMP, to a server that takes it for the end. */
    @Test
    void isNotTakenForAProtocolThatNobodyWants() throws Exception {
        right.open(leftAddress, 1, new Log());
        fill(left.open(rightAddress, 1, new Log()));
    }

    /** While bulk is read as it comes there is no sink; but there is one again when none comes any more. */
    @Test
    void isNotTakenForThatAfterBulkEither() throws Exception {
        right.open(leftAddress, 1, new Log());
        GreSocket call = left.open(rightAddress, 1, new Log());
        long latest = System.nanoTime() + PATIENCE.toNanos();
        ByteBuf packet = Host.gre(1, "packet");
        while (peers() == 1) {
            assertThat(System.nanoTime()).as("when it stood aside").isLessThan(latest);
            left.run(() -> {
                for (int i = 0; i < BULK; i++) {
                    packet.readerIndex(0);
                    call.send(packet);
                    if (i % BATCH == 0) {
                        call.flush();
                    }
                }
                call.flush();
            });
        }
        while (peers() == 2) {
            assertThat(System.nanoTime()).as("when it was back").isLessThan(latest);
            Thread.sleep(1);
        }
        fill(call);
    }

    private void fill(GreSocket call) throws Exception {
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
            long before = Namespaces.in(namespaces.right, FullGreSocketTest::unreachables);
            for (int i = 0; i < PACKETS; i++) {
                assertThat(left.sendTo(1, call, "packet")).isZero();
            }
            Namespaces.in(namespaces.right, () -> {
                assertThat(dropped()).isGreaterThan(PACKETS / 2);
                assertThat(unreachables()).isEqualTo(before);
                return null;
            });
        } finally {
            busy.countDown();
        }
    }
}
