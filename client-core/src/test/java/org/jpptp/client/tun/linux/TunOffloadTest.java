package org.jpptp.client.tun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.client.net.linux.TestNamespace.run;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.Offload;
import org.jpptp.client.net.linux.TestNamespace;
import org.jpptp.client.tun.TunBuffers;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two real interfaces in namespaces of their own, joined to each other here: what goes in at one comes out at the other. */
@Timeout(300)
class TunOffloadTest {
    private static final int OCTETS = 16 << 20;
    private static final int KEPT = 4000;

    /** What one host sends is given to the other, and kept for a look from outside. */
    private static final class Wire implements TunDevice.Listener {
        final ByteBuf buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
        final LinuxTun to;
        final DataOutputStream capture;
        int kept;

        Wire(LinuxTun to, OutputStream file) throws Exception {
            this.to = to;
            this.capture = new DataOutputStream(file);
            capture.write(new byte[] {
                (byte) 0xa1,
                (byte) 0xb2,
                (byte) 0xc3,
                (byte) 0xd4,
                0,
                2,
                0,
                4,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                101
            }); // pcap, big-endian, bare IP
        }

        @Override
        public ByteBuf buffer() {
            return buffer.setIndex(64, 64);
        }

        @Override
        public void received(ByteBuf datagram) {
            if (kept++ < KEPT) {
                try {
                    capture.writeLong(0);
                    capture.writeInt(datagram.readableBytes());
                    capture.writeInt(datagram.readableBytes());
                    datagram.getBytes(datagram.readerIndex(), capture, datagram.readableBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            to.send(datagram);
        }

        @Override
        public void batchEnd() {
            to.flush();
        }

        @Override
        public void failed(int errno) {}
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false",
        "CHECKSUM, false",
        "TSO, false",
        "USO, false",
        "NONE, true",
        "CHECKSUM, true",
        "TSO, true",
        "USO, true"
    })
    void tcpArrivesAsItWasSent(Offload offload, boolean ipv6, @TempDir Path folder) throws Exception {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoop loop = loops.next();
        TunBuffers buffers = new TunBuffers();
        Path file = folder.resolve("sent.pcap");
        try (TestNamespace left = TestNamespace.create("left");
                TestNamespace right = TestNamespace.create("right");
                LinuxTun a = left.call(() -> LinuxTun.open(loop, buffers, "tun0", offload));
                LinuxTun b = right.call(() -> LinuxTun.open(loop, buffers, "tun0", offload));
                OutputStream sent = Files.newOutputStream(file);
                OutputStream answered = Files.newOutputStream(folder.resolve("answered.pcap"))) {
            assumeTrue(a.offload() == offload, "the kernel does not offer " + offload);
            addresses(left, 1, 2);
            addresses(right, 2, 1);
            Wire there = new Wire(b, sent);
            Wire back = new Wire(a, answered);
            // In one turn, so that nothing is sent to one that is not there.
            loop.submit(() -> {
                        a.start(there);
                        b.start(back);
                    })
                    .sync();

            byte[] expected = transfer(left, right, ipv6 ? "fd00::2" : "10.9.0.2");

            assertThat(expected).isNotEmpty();
            TunStats out = loops.submit(a::stats).get();
            TunStats in = loops.submit(b::stats).get();
            assertThat(out.malformed + out.tooLong).isZero();
            assertThat(out.received).isGreaterThanOrEqualTo(OCTETS / 1400);
            assertThat(in.refused).isZero();
            boolean large = offload.compareTo(Offload.TSO) >= 0;
            assertThat(out.superPacketsReceived > 0).isEqualTo(large);
            assertThat(in.superPacketsSent > 0).isEqualTo(large);
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
        noChecksumIsWrong(file, offload);
    }

    private static void addresses(TestNamespace namespace, int own, int other) throws Exception {
        namespace.ip("addr", "add", "10.9.0." + own, "peer", "10.9.0." + other + "/32", "dev", "tun0");
        namespace.ip("link", "set", "tun0", "mtu", "1400", "addrgenmode", "none", "up");
        namespace.ip("addr", "add", "fd00::" + own + "/64", "dev", "tun0", "nodad");
    }

    /** Fails unless what arrives has the same SHA-256. */
    private static byte[] transfer(TestNamespace left, TestNamespace right, String to) throws Exception {
        InetAddress address = InetAddress.getByName(to);
        try (ServerSocket server = right.call(() -> new ServerSocket(0, 1, address))) {
            CompletableFuture<byte[]> arrived = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept();
                        DigestInputStream in =
                                new DigestInputStream(socket.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
                    in.transferTo(OutputStream.nullOutputStream());
                    return in.getMessageDigest().digest();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            byte[] octets = new byte[OCTETS];
            new Random(7).nextBytes(octets);
            try (Socket socket = left.call(() -> new Socket(address, server.getLocalPort()))) {
                socket.getOutputStream().write(octets);
            }
            byte[] digest = arrived.get(120, TimeUnit.SECONDS);
            assertThat(digest).isEqualTo(MessageDigest.getInstance("SHA-256").digest(octets));
            return digest;
        }
    }

    private static void noChecksumIsWrong(Path file, Offload offload) throws Exception {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/tshark"));
        if (!installed && "1".equals(System.getenv("JPPTP_REQUIRE_REAL_PEER"))) {
            throw new AssertionError("tshark is not installed (Debian packages: lab/peer/packages)");
        }
        assumeTrue(installed, "needs tshark");
        String[] look = {
            "tshark", "-r", file.toString(), "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", ""
        };
        look[look.length - 1] = "tcp.checksum.status == Good";
        assertThat(run(look).lines().count()).as("looked at").isGreaterThan(1000);
        // Where Linux completes a checksum itself, a zero becomes 0xFFFF in TCP too (skb_checksum_help). RFC 1624 §3
        // has
        // it that both are zero, and tshark takes the second for wrong.
        String wrong = offload == Offload.NONE
                ? "(tcp.checksum.status == Bad and tcp.checksum != 0xffff)"
                : "tcp.checksum.status == Bad";
        look[look.length - 1] = wrong + " or ip.checksum.status == Bad";
        assertThat(run(look).lines().filter(line -> line.contains("TCP"))).isEmpty();
    }
}
