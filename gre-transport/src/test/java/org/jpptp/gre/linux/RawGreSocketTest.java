package org.jpptp.gre.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.RawSocketException;
import org.junit.jupiter.api.Test;

/** One call over a real raw socket. */
class RawGreSocketTest extends TwoHosts {
    private static final int CALL = 7;

    private GreSocket leftToRight(Log log) {
        return left.open(rightAddress, CALL, log);
    }

    private GreSocket rightToLeft(Log log) {
        return right.open(leftAddress, CALL, log);
    }

    @Test
    void packetsGoBothWays() throws Exception {
        Log atLeft = new Log();
        Log atRight = new Log();
        GreSocket fromLeft = leftToRight(atLeft);
        GreSocket fromRight = rightToLeft(atRight);

        assertThat(left.send(fromLeft, "0001-to the right")).isZero();
        assertThat(atRight.next()).isEqualTo("0001-to the right");
        assertThat(right.send(fromRight, "0002-to the left")).isZero();
        assertThat(atLeft.next()).isEqualTo("0002-to the left");
        assertThat(atLeft.failures).isEmpty();
    }

    @Test
    void aTurnReadsSoManyAndTheNextOneTheRest() throws Exception {
        Log atRight = new Log();
        GreSocket fromLeft = leftToRight(new Log());
        rightToLeft(atRight);
        int packets = 2 * ReceiveBatch.DATAGRAMS + 10;
        left.onLoop(() -> {
            ByteBuf packet = Unpooled.directBuffer(64).writeZero(40);
            for (int i = 0; i < packets; i++) {
                fromLeft.send(packet);
            }
            assertThat(fromLeft.flush()).isZero();
            packet.release();
            return packets;
        });
        int seen = 0;
        while (seen < packets) {
            int batch = atRight.batches.poll(120, TimeUnit.SECONDS);
            assertThat(batch).isBetween(0, ReceiveBatch.DATAGRAMS);
            seen += batch;
        }
        assertThat(seen).isEqualTo(packets);
    }

    @Test
    void theSlotGoesOutFromWhereItIsAndOthersAreCopied() throws Exception {
        Log atRight = new Log();
        rightToLeft(atRight);
        GreSocket fromLeft = leftToRight(new Log());
        left.run(() -> {
            ByteBuf slot = fromLeft.slot();
            assertThat(slot.readerIndex()).isEqualTo(GreSocket.SLOT_HEADROOM);
            assertThat(slot.writableBytes()).isGreaterThanOrEqualTo(1900);
            assertThat(slot.isDirect()).isTrue();
            slot.writeCharSequence("made in the slot", US_ASCII);
            ByteBuf foreign = Unpooled.copiedBuffer("copied", US_ASCII);
            fromLeft.send(foreign);
            foreign.setCharSequence(0, "COPIED", US_ASCII);
            assertThat(fromLeft.slot()).as("a copy takes another place").isSameAs(slot);
            fromLeft.send(slot.writerIndex(slot.readerIndex() + 16));
            assertThat(fromLeft.slot()).as("the next packet's").isNotSameAs(slot);
            slot.setCharSequence(GreSocket.SLOT_HEADROOM, "MADE", US_ASCII);
            slot.setIndex(0, 0);
            assertThat(fromLeft.flush()).isZero();
        });
        assertThat(atRight.next()).isEqualTo("copied");
        assertThat(atRight.next()).as("not copied").isEqualTo("MADE in the slot");
    }

    @Test
    void buffersOfAllKindsAreCopied() throws Exception {
        Log atRight = new Log();
        rightToLeft(atRight);
        GreSocket fromLeft = leftToRight(new Log());
        left.run(() -> {
            fromLeft.send(Unpooled.copiedBuffer("heap", US_ASCII));
            fromLeft.send(Unpooled.directBuffer()
                    .writeBytes("xxdirect".getBytes(US_ASCII))
                    .skipBytes(2));
            fromLeft.send(Unpooled.wrappedBuffer("com".getBytes(US_ASCII), "posite".getBytes(US_ASCII)));
            fromLeft.send(Unpooled.wrappedBuffer(new byte[3000]));
            assertThat(fromLeft.flush()).isEqualTo(Errno.EMSGSIZE.code());
        });
        assertThat(atRight.next()).isEqualTo("heap");
        assertThat(atRight.next()).isEqualTo("direct");
        assertThat(atRight.next()).isEqualTo("composite");
    }

    @Test
    void batchesKeepTheOrder() throws Exception {
        Log atRight = new Log();
        rightToLeft(atRight);
        GreSocket fromLeft = leftToRight(new Log());
        int packets = 3 * SendBatch.PACKETS + 7;
        left.run(() -> {
            for (int i = 0; i < packets; i++) {
                ByteBuf packet = i % 3 == 0 ? Unpooled.buffer() : fromLeft.slot();
                packet.writeCharSequence("packet " + i, US_ASCII);
                fromLeft.send(packet);
            }
            assertThat(fromLeft.flush()).isZero();
            assertThat(fromLeft.flush()).isZero();
        });
        for (int i = 0; i < packets; i++) {
            assertThat(atRight.next()).isEqualTo("packet " + i);
        }
    }

    @Test
    void aDatagramThatDoesNotFitIsCounted() throws Exception {
        Namespaces.run("ip -n " + namespaces.left + " link set veth0 mtu 4000");
        Namespaces.run("ip -n " + namespaces.right + " link set veth0 mtu 4000");
        Log atRight = new Log();
        rightToLeft(atRight);
        GreSocket fromLeft = leftToRight(new Log());
        left.run(() -> {
            fromLeft.send(Unpooled.wrappedBuffer(new byte[Slot.OCTETS - 19]));
            fromLeft.send(Unpooled.wrappedBuffer(new byte[Slot.OCTETS - 20]));
            assertThat(fromLeft.flush()).isZero();
        });
        assertThat(atRight.next()).hasSize(Slot.OCTETS - 20);
        assertThat(right.onLoop(() -> right.sockets.stats().truncated)).isEqualTo(1);
    }

    @Test
    void protocolUnreachableIsReadFromTheErrorQueue() throws Exception {
        Log atLeft = new Log();
        GreSocket fromLeft = leftToRight(atLeft);
        assertThat(left.sendTo(4711, fromLeft, "nobody there")).isZero();
        IcmpError error = atLeft.icmp.poll(120, TimeUnit.SECONDS);
        assertThat(error).isEqualTo(new IcmpError(3, 2, Errno.ENOPROTOOPT.code(), rightAddress, 0, 4711));
        assertThat(error.quotes(4711)).isTrue();
        assertThat(error.isProtocolUnreachable()).isTrue();
        assertThat(atLeft.failures).as("told once, with its reason").isEmpty();
        assertThat(left.send(fromLeft, "and it still sends")).isZero();
    }

    @Test
    void aPendingErrorDoesNotEatTheNextPacket() throws Exception {
        Log atLeft = new Log();
        Log atRight = new Log();
        GreSocket fromLeft = leftToRight(atLeft);
        // On the loop, so that the error is back before the loop can look at it.
        left.onLoop(() -> {
            ByteBuf packet = Unpooled.copiedBuffer("first packet", US_ASCII);
            fromLeft.send(packet);
            assertThat(fromLeft.flush()).isZero();
            rightToLeft(atRight);
            packet.setCharSequence(0, "after", US_ASCII);
            fromLeft.send(packet);
            assertThat(fromLeft.flush()).isZero();
            return packet;
        });
        assertThat(atRight.next()).isEqualTo("after packet");
        assertThat(atLeft.icmp.poll(120, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aFirewallRuleIsToldAtSending() throws Exception {
        Path nft = Path.of("/usr/sbin/nft");
        assumeTrue(Files.exists(nft), "nft is not installed");
        Log atLeft = new Log();
        GreSocket fromLeft = leftToRight(atLeft);
        String nftInLeft = "ip netns exec " + namespaces.left + " nft ";
        Namespaces.run(nftInLeft + "add table ip t");
        Namespaces.run(nftInLeft + "add chain ip t out { type filter hook output priority 0 ; }");
        Namespaces.run(nftInLeft + "add rule ip t out ip protocol gre drop");
        assertThat(left.send(fromLeft, "dropped here")).isEqualTo(Errno.EPERM.code());
        assertThat(left.send(fromLeft, "and again")).isEqualTo(Errno.EPERM.code());
        Namespaces.run(nftInLeft + "delete table ip t");
        assertThat(left.send(fromLeft, "not any more")).isZero();
    }

    /** Whoever knows the two addresses can send one; the kernel asks for no more to believe that the path is narrow. */
    @Test
    void aForgedIcmpErrorDoesNotCutOurPackets() throws Exception {
        Namespaces.run("ip -n " + namespaces.left + " link set veth0 mtu 1500");
        Log atLeft = new Log();
        GreSocket fromLeft = leftToRight(atLeft);
        Log atRight = new Log();
        rightToLeft(atRight);
        Namespaces.in(namespaces.right, () -> IcmpForger.fragmentationNeeded(leftAddress, rightAddress, 68));
        IcmpError told = atLeft.icmp.poll(120, TimeUnit.SECONDS);
        assertThat(told).isNotNull();
        assertThat(told.code()).isEqualTo(4);
        long before = fragments();
        assertThat(left.sendTo(CALL, fromLeft, "x".repeat(1400))).isZero();
        assertThat(atRight.next()).endsWith("xxx");
        assertThat(fragments()).isEqualTo(before);
    }

    /** Where the way out itself is narrow, packets are cut and none is lost. */
    @Test
    void packetsThatAreLongerThanTheInterfaceTakesAreCut() throws Exception {
        Namespaces.run("ip -n " + namespaces.left + " link set veth0 mtu 1000");
        try {
            GreSocket fromLeft = leftToRight(new Log());
            Log atRight = new Log();
            rightToLeft(atRight);
            long before = fragments();
            assertThat(left.sendTo(CALL, fromLeft, "x".repeat(1400))).isZero();
            assertThat(atRight.next()).endsWith("xxx");
            assertThat(fragments()).isEqualTo(before + 2);
        } finally {
            Namespaces.run("ip -n " + namespaces.left + " link set veth0 mtu 1500");
        }
    }

    /** A veth refuses what its other end is too narrow for, each time anew, as if its queue were full. */
    @Test
    void aPacketThatTheInterfaceNeverTakesHoldsUpNoOther() throws Exception {
        Namespaces.run("ip -n " + namespaces.right + " link set veth0 mtu 1000");
        try {
            GreSocket fromLeft = leftToRight(new Log());
            Log atRight = new Log();
            rightToLeft(atRight);
            // What waits for the neighbour's address is taken whatever its length.
            assertThat(left.sendTo(CALL, fromLeft, "before it")).isZero();
            assertThat(atRight.next()).endsWith("before it");
            assertThat(left.sendTo(CALL, fromLeft, "x".repeat(1400))).isZero();
            left.sendTo(CALL, fromLeft, "behind it");
            assertThat(atRight.next()).endsWith("behind it");
        } finally {
            Namespaces.run("ip -n " + namespaces.right + " link set veth0 mtu 1500");
        }
    }

    /** How many pieces the left host has made of its packets. */
    private static long fragments() throws Exception {
        List<String> lines =
                Namespaces.in(namespaces.left, () -> Files.readAllLines(Path.of("/proc/thread-self/net/snmp")));
        List<String> names = List.of(lines.get(0).split(" ", -1));
        return Long.parseLong(lines.get(1).split(" ", -1)[names.indexOf("FragCreates")]);
    }

    @Test
    void aPeerWithoutARouteIsToldAtConnecting() {
        assertThatThrownBy(() -> left.open((Inet4Address) InetAddress.getByName("192.0.2.1"), CALL, new Log()))
                .isInstanceOf(RawSocketException.class)
                .satisfies(e -> {
                    RawSocketException failure = (RawSocketException) e;
                    assertThat(failure.step()).isEqualTo("connect()");
                    assertThat(failure.errno()).isEqualTo(Errno.ENETUNREACH.code());
                    assertThat(failure.isPrivilegeMissing()).isFalse();
                    assertThat(failure).hasMessage("connect(): ENETUNREACH (Network is unreachable)");
                });
    }

    @Test
    void otherAddressesAreNotHeard() throws Exception {
        Namespaces.run("ip -n " + namespaces.right + " addr add 10.47.0.3/24 dev veth0");
        Log atLeft = new Log();
        left.open((Inet4Address) InetAddress.getByName("10.47.0.3"), CALL, atLeft);
        GreSocket fromRight = rightToLeft(new Log());
        assertThat(right.send(fromRight, "from .2, not .3")).isZero();
        assertThat(atLeft.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void closedIsClosed() throws Exception {
        Log atLeft = new Log();
        GreSocket socket = leftToRight(atLeft);
        socket.close();
        socket.close();
        assertThat(left.send(socket, "too late")).isEqualTo(Errno.EBADF.code());
    }

    @Test
    void withoutPrivilegeSocketSaysSo() throws Exception {
        // Another user cannot be had within this JVM: a child without capabilities.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path setpriv = Path.of("/usr/bin/setpriv");
        assumeTrue(Files.exists(setpriv), "setpriv is not installed");
        Process child = new ProcessBuilder(
                        setpriv.toString(),
                        "--bounding-set=-all",
                        "--inh-caps=-all",
                        "--ambient-caps=-all",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenOnce.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), US_ASCII);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("socket(): EPERM (Operation not permitted); privilege missing: true");
    }

    /** The child's program. */
    static final class OpenOnce {
        private OpenOnce() {}

        public static void main(String[] arguments) throws Exception {
            var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
            try {
                new GreSockets(group.next()).open((Inet4Address) InetAddress.getLoopbackAddress(), CALL, new Log());
            } catch (RawSocketException e) {
                System.out.println(e.getMessage() + "; privilege missing: " + e.isPrivilegeMissing());
            } finally {
                group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
            }
        }
    }
}
