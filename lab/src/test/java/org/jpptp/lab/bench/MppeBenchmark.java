package org.jpptp.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.mppe.MppeDecryptor;
import org.jpptp.ppp.mppe.MppeEncryptor;
import org.jpptp.ppp.mppe.Rc4;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet of a 1400-octet datagram through each direction of MPPE with 128 bits, and the parts of it.
 *
 * <p>The decryptor cannot be fed one frame for ever, so {@link #encryptAndDecrypt} measures both directions: what it
 * takes beyond {@link #encrypt} is the price of decryption.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MppeBenchmark {
    private static final int HEADROOM = 64;
    private static final int DATAGRAM_OCTETS = 1400;

    /** Both ends of one direction, and a buffer like a slot of the data path's slab. */
    @State(Scope.Thread)
    public static class Link {
        @Param({"STATELESS", "STATEFUL"})
        MppeMode mode = MppeMode.STATELESS;

        final ByteBuf frame = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
        final ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
        MppeEncryptor encryptor = encryptor();
        MppeDecryptor decryptor = decryptor();

        @Setup
        public void start() {
            encryptor = encryptor();
            decryptor = decryptor();
            datagram.clear().writeShort(0x0021);
            datagram.writeShort(0x4500).writeShort(DATAGRAM_OCTETS).writeInt(0).writeShort(0x4011);
            // The checksum of this header, without which the decryptor would refuse it.
            datagram.writeShort(~(0x4500 + DATAGRAM_OCTETS + 0x4011 + 0x0a00 + 1 + 0x0a00 + 2) & 0xffff);
            datagram.writeInt(0x0a000001).writeInt(0x0a000002).writeZero(DATAGRAM_OCTETS - 20);
        }

        private MppeEncryptor encryptor() {
            return new MppeEncryptor(new byte[16], MppeStrength.BITS_128, mode);
        }

        private MppeDecryptor decryptor() {
            return new MppeDecryptor(new byte[16], MppeStrength.BITS_128, mode);
        }

        /** Only the headers are written anew: what the rest decrypts to does not matter to anyone. */
        ByteBuf nextFrame() {
            return frame.setIndex(HEADROOM, HEADROOM + 2 + DATAGRAM_OCTETS).setBytes(HEADROOM, datagram, 0, 22);
        }
    }

    /** A cipher in mid-stream. */
    @State(Scope.Thread)
    public static class Cipher {
        final ByteBuf data = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(2048));
        final byte[] key = new byte[16];
        final Rc4 rc4 = new Rc4();

        @Setup
        public void start() {
            rc4.init(key);
        }
    }

    /** Bouncy Castle's cipher in mid-stream. */
    @State(Scope.Thread)
    public static class Oracle {
        final byte[] data = new byte[DATAGRAM_OCTETS];
        final RC4Engine rc4 = new RC4Engine();

        @Setup
        public void start() {
            rc4.init(true, new KeyParameter(new byte[16]));
        }
    }

    @Benchmark
    public ByteBuf encrypt(Link link) {
        ByteBuf frame = link.nextFrame();
        link.encryptor.encode(frame);
        return frame;
    }

    @Benchmark
    public ByteBuf encryptAndDecrypt(Link link) {
        ByteBuf frame = link.nextFrame();
        link.encryptor.encode(frame);
        if (link.decryptor.decode(frame, 0) != MppeDecryptor.Result.OK) {
            throw new IllegalStateException("the two ends differ");
        }
        return frame;
    }

    /** Two octets of payload: all that is left is the change of keys. */
    @Benchmark
    public ByteBuf keyChange(Link link) {
        ByteBuf frame = link.frame.setIndex(HEADROOM, HEADROOM + 2);
        link.encryptor.encode(frame);
        return frame;
    }

    @Benchmark
    public Rc4 rc4KeySchedule(Cipher cipher) {
        cipher.rc4.init(cipher.key);
        return cipher.rc4;
    }

    @Benchmark
    public Rc4 rc4KeyStream(Cipher cipher) {
        cipher.rc4.xor(cipher.data, HEADROOM, DATAGRAM_OCTETS);
        return cipher.rc4;
    }

    /** The yardstick: the same key stream by Bouncy Castle. */
    @Benchmark
    public byte[] rc4KeyStreamOfBouncyCastle(Oracle oracle) {
        oracle.rc4.processBytes(oracle.data, 0, DATAGRAM_OCTETS, oracle.data, 0);
        return oracle.data;
    }
}
