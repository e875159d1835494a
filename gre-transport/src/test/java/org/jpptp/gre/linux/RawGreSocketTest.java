package org.jpptp.gre.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real raw sockets, in network namespaces. */
@Timeout(60)
class RawGreSocketTest {
    private static Namespaces namespaces;
    private static Inet4Address left;
    private static Inet4Address right;
    private MultiThreadIoEventLoopGroup group;

    @BeforeAll
    static void makeNamespaces() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "no epoll here: " + Epoll.unavailabilityCause());
        assumeTrue(Libc.geteuid() == 0, "raw sockets and namespaces need root");
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/ip")) || Files.exists(Path.of("/sbin/ip")),
                "namespaces are made by iproute2, which is not installed");
        left = (Inet4Address) InetAddress.getByName("10.47.0.1");
        right = (Inet4Address) InetAddress.getByName("10.47.0.2");
        namespaces = new Namespaces();
    }

    @AfterAll
    static void removeNamespaces() throws Exception {
        if (namespaces != null) {
            namespaces.remove();
        }
    }

    @BeforeEach
    void startLoop() {
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void endLoop() {
        if (group != null) {
            group.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
        }
    }

    /** Notes what it hears. */
    private static final class Log implements GreSocket.Listener {
        final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<IcmpError> icmp = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Integer> failures = new LinkedBlockingQueue<>();
        private int batch;

        @Override
        public void received(ByteBuf datagram) {
            assertThat(datagram.getByte(datagram.readerIndex())).isEqualTo((byte) 0x45);
            received.add(datagram.toString(datagram.readerIndex() + 20, datagram.readableBytes() - 20, US_ASCII));
            batch++;
        }

        @Override
        public void batchEnd() {
            batches.add(batch);
            batch = 0;
        }

        @Override
        public void writable() {}

        @Override
        public void icmpError(IcmpError error) {
            icmp.add(error);
        }

        @Override
        public void failed(int errno) {
            failures.add(errno);
        }
    }

    private RawGreSocket open(String namespace, Inet4Address peer, Log log) throws Exception {
        return Namespaces.in(namespace, () -> RawGreSocket.open(peer, group.next(), log));
    }

    private <T> T onLoop(Callable<T> action) {
        return group.next().submit(action).syncUninterruptibly().getNow();
    }

    private int send(RawGreSocket socket, String text) {
        return onLoop(() -> {
            ByteBuf packet = Unpooled.directBuffer(64);
            packet.writeCharSequence(text, US_ASCII);
            socket.send(packet);
            int errno = socket.flush();
            packet.release();
            return errno;
        });
    }

    @Test
    void packetsGoBothWays() throws Exception {
        Log atLeft = new Log();
        Log atRight = new Log();
        RawGreSocket fromLeft = open(namespaces.left, right, atLeft);
        RawGreSocket fromRight = open(namespaces.right, left, atRight);
        assertThat(fromLeft.local()).isEqualTo(left);
        assertThat(fromRight.local()).isEqualTo(right);

        assertThat(send(fromLeft, "0001-to the right")).isZero();
        assertThat(atRight.received.poll(10, TimeUnit.SECONDS)).isEqualTo("0001-to the right");
        assertThat(send(fromRight, "0002-to the left")).isZero();
        assertThat(atLeft.received.poll(10, TimeUnit.SECONDS)).isEqualTo("0002-to the left");
        assertThat(atLeft.failures).isEmpty();
        fromLeft.close();
        fromRight.close();
    }

    @Test
    void aTurnReadsSoManyAndTheNextOneTheRest() throws Exception {
        Log atRight = new Log();
        RawGreSocket fromLeft = open(namespaces.left, right, new Log());
        RawGreSocket fromRight = open(namespaces.right, left, atRight);
        int packets = 2 * RawGreSocket.BUDGET + 10;
        onLoop(() -> {
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
            int batch = atRight.batches.poll(10, TimeUnit.SECONDS);
            assertThat(batch).isBetween(0, RawGreSocket.BUDGET);
            seen += batch;
        }
        assertThat(seen).isEqualTo(packets);
        fromLeft.close();
        fromRight.close();
    }

    @Test
    void protocolUnreachableIsReadFromTheErrorQueue() throws Exception {
        Log atLeft = new Log();
        RawGreSocket fromLeft = open(namespaces.left, right, atLeft);
        assertThat(send(fromLeft, "nobody there")).isZero();
        IcmpError error = atLeft.icmp.poll(10, TimeUnit.SECONDS);
        assertThat(error).isEqualTo(new IcmpError(3, 2, Errno.ENOPROTOOPT.code(), right, 0));
        assertThat(error.isProtocolUnreachable()).isTrue();
        assertThat(atLeft.failures).as("told once, with its reason").isEmpty();
        assertThat(send(fromLeft, "and it still sends")).isZero();
        fromLeft.close();
    }

    @Test
    void aPendingErrorDoesNotEatTheNextPacket() throws Exception {
        Log atLeft = new Log();
        Log atRight = new Log();
        RawGreSocket fromLeft = open(namespaces.left, right, atLeft);
        var otherGroup = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        // On the loop, so that the error is back before the loop can look at it.
        onLoop(() -> {
            ByteBuf packet = Unpooled.copiedBuffer("first packet", US_ASCII);
            fromLeft.send(packet);
            assertThat(fromLeft.flush()).isZero();
            Namespaces.in(namespaces.right, () -> RawGreSocket.open(left, otherGroup.next(), atRight));
            packet.setCharSequence(0, "after", US_ASCII);
            fromLeft.send(packet);
            assertThat(fromLeft.flush()).isZero();
            return packet;
        });
        assertThat(atRight.received.poll(10, TimeUnit.SECONDS)).isEqualTo("after packet");
        assertThat(atLeft.icmp.poll(10, TimeUnit.SECONDS)).isNotNull();
        fromLeft.close();
        otherGroup.shutdownGracefully(10, 5000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    @Test
    void aFirewallRuleIsToldAtSending() throws Exception {
        Path nft = Path.of("/usr/sbin/nft");
        assumeTrue(Files.exists(nft), "nft is not installed");
        Log atLeft = new Log();
        RawGreSocket fromLeft = open(namespaces.left, right, atLeft);
        String nftInLeft = "ip netns exec " + namespaces.left + " nft ";
        Namespaces.run(nftInLeft + "add table ip t");
        Namespaces.run(nftInLeft + "add chain ip t out { type filter hook output priority 0 ; }");
        Namespaces.run(nftInLeft + "add rule ip t out ip protocol gre drop");
        assertThat(send(fromLeft, "dropped here")).isEqualTo(Errno.EPERM.code());
        Namespaces.run(nftInLeft + "delete table ip t");
        assertThat(send(fromLeft, "not any more")).isZero();
        fromLeft.close();
    }

    @Test
    void aPeerWithoutARouteIsToldAtConnecting() {
        assertThatThrownBy(() -> open(namespaces.left, (Inet4Address) InetAddress.getByName("192.0.2.1"), new Log()))
                .hasCauseInstanceOf(RawSocketException.class)
                .rootCause()
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
        RawGreSocket toThird = open(namespaces.left, (Inet4Address) InetAddress.getByName("10.47.0.3"), atLeft);
        RawGreSocket fromRight = open(namespaces.right, left, new Log());
        assertThat(send(fromRight, "from .2, not .3")).isZero();
        assertThat(atLeft.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        toThird.close();
        fromRight.close();
    }

    @Test
    void closedIsClosed() throws Exception {
        Log atLeft = new Log();
        RawGreSocket socket = open(namespaces.left, right, atLeft);
        socket.close();
        socket.close();
        assertThat(send(socket, "too late")).isEqualTo(Errno.EBADF.code());
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
                RawGreSocket.open((Inet4Address) InetAddress.getLoopbackAddress(), group.next(), new Log())
                        .close();
            } catch (RawSocketException e) {
                System.out.println(e.getMessage() + "; privilege missing: " + e.isPrivilegeMissing());
            } finally {
                group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
            }
        }
    }
}
