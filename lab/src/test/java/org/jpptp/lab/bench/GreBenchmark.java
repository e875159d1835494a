package org.jpptp.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.Trust;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What enhanced GRE costs a packet of 1400 octets, without the system calls. Run with {@code -prof gc}: 0 octets each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GreBenchmark {
    private static final int PAYLOAD = 1400;
    private static final int HEADROOM = 64;

    private static final Inet4Address ADDRESS = address();

    private final ByteBuf frame = direct().setIndex(HEADROOM, HEADROOM + PAYLOAD);
    private final ByteBuf packet = direct();
    private final ByteBuf datagram = direct();
    private final GreHeader header = new GreHeader();
    private final GreDatagram socket = new GreDatagram(ADDRESS);
    private final GreTunnel left = new GreTunnel(GreConfig.standard(1, 2), new Wire(true));
    private final GreTunnel right = new GreTunnel(GreConfig.standard(2, 1), new Wire(false));
    private int sequence;
    private long now;
    private long delivered;

    private static ByteBuf direct() {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
    }

    public GreBenchmark() {
        packet.setIndex(HEADROOM, HEADROOM + PAYLOAD);
        GreHeader.prepend(packet, 1, 2, 3);
    }

    private static Inet4Address address() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From one of the tunnels to the other. */
    private final class Wire implements GreOutput {
        private final boolean toRight;

        Wire(boolean toRight) {
            this.toRight = toRight;
        }

        @Override
        public void transmit(ByteBuf sent) {
            arrive(toRight ? right : left, sent);
        }

        @Override
        public Trust deliver(ByteBuf payload, int sequence, long time) {
            delivered += payload.readableBytes();
            return Trust.PROVEN;
        }
    }

    /** What the kernel does: the packet behind an IPv4 header in the receiver's buffer. */
    private void arrive(GreTunnel to, ByteBuf sent) {
        int length = sent.readableBytes();
        datagram.clear();
        datagram.writeInt(0x45000000 | (20 + length)).writeInt(0).writeInt(0x402F0000);
        datagram.writeInt(0x0A000001).writeInt(0);
        datagram.writeBytes(sent, sent.readerIndex(), length);
        if (socket.unwrap(datagram) == GreDatagram.Result.OK) {
            to.receive(datagram, GreHeader.callId(datagram), now);
        }
    }

    @Benchmark
    public ByteBuf writeHeader() {
        frame.readerIndex(HEADROOM);
        GreHeader.prepend(frame, 0x1234, sequence++, sequence);
        return frame;
    }

    @Benchmark
    public int readHeader() {
        header.parse(packet, packet.readerIndex(), packet.writerIndex());
        return header.sequence() + header.acknowledgement() + header.payloadLength();
    }

    /** Left sends, right receives, and acknowledges every 64th one; with one copy of the packet between them. */
    @Benchmark
    public long sendAndReceive() {
        now += 10_000;
        frame.readerIndex(HEADROOM);
        left.send(frame, now);
        if ((sequence++ & 63) == 0) {
            right.batchEnd(now);
        }
        return delivered;
    }
}
