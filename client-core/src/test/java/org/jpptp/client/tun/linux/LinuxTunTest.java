package org.jpptp.client.tun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jpptp.client.net.linux.TestNamespace.run;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Offload;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.linux.TestNamespace;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.gre.io.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real interface in a namespace of its own. */
@Timeout(300)
class LinuxTunTest {
    private TestNamespace namespace;
    private EventLoopGroup loops;

    @BeforeEach
    void prepare() throws Exception {
        namespace = TestNamespace.create("tun");
        loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void clean() throws Exception {
        if (namespace != null) {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
            namespace.close();
        }
    }

    /** Answers pings, and remembers what happened. */
    private static final class Echo implements TunDevice.Listener {
        final LinuxTun tun;
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> failure = new CompletableFuture<>();
        final CompletableFuture<Boolean> headRoom = new CompletableFuture<>();

        private final ByteBuf buffer = Unpooled.directBuffer(2048, 2048);

        Echo(LinuxTun tun) {
            this.tun = tun;
        }

        @Override
        public ByteBuf buffer() {
            return buffer.setIndex(64, 64);
        }

        @Override
        public void received(ByteBuf datagram) {
            headRoom.complete(datagram.readerIndex() >= 64 && datagram.isDirect());
            received.add(ByteBufUtil.hexDump(datagram));
            int at = datagram.readerIndex();
            if (datagram.getByte(at) == 0x45 && datagram.getByte(at + 9) == 1 && datagram.getByte(at + 20) == 8) {
                int source = datagram.getInt(at + 12);
                datagram.setInt(at + 12, datagram.getInt(at + 16)).setInt(at + 16, source);
                datagram.setByte(at + 20, 0); // echo reply
                int checksum = datagram.getUnsignedShort(at + 22) + 0x0800;
                datagram.setShort(at + 22, checksum + (checksum >>> 16));
                tun.send(datagram);
            }
        }

        @Override
        public void batchEnd() {
            tun.flush();
            batches.add(received.size());
        }

        @Override
        public void failed(int errno) {
            failure.complete(errno);
        }
    }

    private LinuxTun open(@Nullable String name) throws Exception {
        return namespace.call(() -> LinuxTun.open(loops.next(), new TunBuffers(), name, Offload.USO));
    }

    private Echo start(LinuxTun tun) throws Exception {
        namespace.ip("addr", "add", "10.9.0.2", "peer", "10.9.0.1/32", "dev", tun.name());
        namespace.ip("link", "set", tun.name(), "addrgenmode", "none", "up");
        Echo echo = new Echo(tun);
        tun.start(echo);
        return echo;
    }

    private void awaitGone(String name) throws Exception {
        while (namespace.ip("link", "show").contains(" " + name + ":")) {
            Thread.sleep(10);
        }
    }

    @Test
    void carriesPingsBothWays() throws Exception {
        LinuxTun tun = open("ping0");
        Echo echo = start(tun);

        String answer = namespace.call(() -> run("ping", "-c", "3", "-i", "0.05", "-W", "5", "-s", "1372", "10.9.0.1"));

        assertThat(answer).contains("3 received, 0% packet loss");
        assertThat(echo.received).hasSizeGreaterThanOrEqualTo(3).anyMatch(hex -> hex.length() == 2 * 1400);
        assertThat(echo.headRoom.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(echo.batches.poll(120, TimeUnit.SECONDS)).isPositive();
        loops.submit(() -> {
                    assertThat(tun.stats().received).isEqualTo(echo.received.size());
                    assertThat(tun.stats().sent).isEqualTo(3);
                    assertThat(tun.stats().sentOctets).isEqualTo(3 * 1400);
                    assertThat(tun.stats().refused).isZero();
                })
                .sync();
        tun.close();
        tun.close();
        awaitGone("ping0");
    }

    @Test
    void readsAQueueInTurns() throws Exception {
        LinuxTun tun = open(null);
        namespace.ip("addr", "add", "10.9.0.2", "peer", "10.9.0.1/32", "dev", tun.name());
        namespace.ip("link", "set", tun.name(), "addrgenmode", "none", "up");
        namespace.call(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < 200; i++) {
                    socket.send(new DatagramPacket(new byte[10], 10, InetAddress.getByName("10.9.0.1"), 9));
                }
            }
            return 0;
        });
        Echo echo = new Echo(tun);
        tun.start(echo);

        int end = 0;
        while (end < 200) {
            int next = echo.batches.take();
            assertThat(next - end).isBetween(1, 64);
            end = next;
        }
        tun.close();
    }

    @Test
    void readsWhenToldWithoutWaitingForTheLoop() throws Exception {
        LinuxTun tun = open(null);
        tun.poll(); // harmless before it has started
        Echo echo = start(tun);
        CompletableFuture<Void> loopIsBusy = new CompletableFuture<>();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var polled = loops.submit(() -> {
            loopIsBusy.complete(null);
            sent.get(120, TimeUnit.SECONDS);
            tun.pause();
            tun.poll();
            long whilePaused = datagrams(echo);
            tun.resume();
            tun.poll();
            return List.of(whilePaused, datagrams(echo));
        });
        loopIsBusy.get();
        namespace.call(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < 3; i++) {
                    socket.send(new DatagramPacket(new byte[10], 10, InetAddress.getByName("10.9.0.1"), 9));
                }
            }
            return 0;
        });
        sent.complete(null);

        assertThat(polled.get()).containsExactly(0L, 3L);
        assertThat(echo.batches).isNotEmpty();
        tun.close();
    }

    /** Those that were sent: the host has something to say of its own, by IPv6. */
    private static long datagrams(Echo echo) {
        return echo.received.stream().filter(hex -> hex.startsWith("45")).count();
    }

    @Test
    void takesTheFirstFreeNumberAndGivesItBack() throws Exception {
        LinuxTun first = open(null);
        LinuxTun second = open(null);
        assertThat(first.name()).isEqualTo("pptp0");
        assertThat(second.name()).isEqualTo("pptp1");

        first.close();
        assertThat(namespace.ip("link", "show")).doesNotContain("pptp0:").contains("pptp1:");
        LinuxTun third = open(null);
        assertThat(third.name()).isEqualTo("pptp0");
        second.close();
        third.close();
    }

    @Test
    void tellsWhyANameIsNotFree() throws Exception {
        namespace.ip("link", "add", "eth0", "type", "veth", "peer", "name", "far");
        LinuxTun tun = open("vpn0");

        assertThatThrownBy(() -> open("vpn0"))
                .isInstanceOf(HostChangeException.class)
                .hasMessage("The TUN interface vpn0 cannot be made: EBUSY (Device or resource busy).");
        assertThatThrownBy(() -> open("eth0"))
                .isInstanceOf(HostChangeException.class)
                .hasMessage("The TUN interface eth0 cannot be made: EINVAL (Invalid argument).");
        assertThatThrownBy(() -> open("a/b"))
                .isInstanceOfSatisfying(
                        HostChangeException.class,
                        e -> assertThat(e.failure().reason()).isEqualTo(FailureReason.NO_TUN));
        tun.close();
    }

    @Test
    void tellsThatTheInterfaceWasDeleted() throws Exception {
        LinuxTun tun = open(null);
        Echo echo = start(tun);

        namespace.ip("link", "del", tun.name());

        assertThat(echo.failure.get(120, TimeUnit.SECONDS)).isEqualTo(Errno.EBADFD.code());
        tun.close();
    }

    @Test
    void countsWhatTheHostDoesNotTake() throws Exception {
        LinuxTun tun = open(null);
        tun.start(new Echo(tun));
        ByteBuf datagram = Unpooled.directBuffer()
                .writeBytes(ByteBufUtil.decodeHexDump("450000140000000040010000" + "0a090001" + "0a090002"));

        assertThat(refusedAfter(tun, datagram)).as("the interface is down").isEqualTo(1);
        namespace.ip("link", "set", tun.name(), "up");
        assertThat(refusedAfter(tun, datagram)).isEqualTo(1);
        assertThat(refusedAfter(tun, datagram.setByte(0, 0))).as("no IP").isEqualTo(2);
        datagram.release();
        tun.close();
    }

    private long refusedAfter(LinuxTun tun, ByteBuf datagram) throws Exception {
        return loops.submit(() -> {
                    tun.send(datagram);
                    tun.flush();
                    return tun.stats().refused;
                })
                .get();
    }
}
