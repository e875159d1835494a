package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** Against Bouncy Castle's RC4. */
class Rc4Test {
    private static final int SPACE = 4096;

    private final Random random = new Random(20);

    @Test
    void agreesOverRandomKeysAndPieces() {
        ByteBuf heap = Unpooled.wrappedBuffer(new byte[SPACE]);
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        Rc4 rc4 = new Rc4();
        for (int round = 0; round < 2_000; round++) {
            byte[] key = randomOctets(random.nextBoolean() ? 8 : 16);
            rc4.init(key);
            RC4Engine oracle = oracle(key);
            for (int piece = 0; piece < 4; piece++) {
                check(rc4, oracle, round % 2 == 0 ? heap : direct, random.nextInt(64), random.nextInt(2001));
            }
        }
    }

    @Test
    void agreesForEveryShortLengthAndOffset() {
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        byte[] key = randomOctets(16);
        Rc4 rc4 = new Rc4();
        rc4.init(key);
        RC4Engine oracle = oracle(key);
        for (int offset = 0; offset < 9; offset++) {
            for (int length = 0; length < 40; length++) {
                check(rc4, oracle, direct, offset, length);
            }
        }
    }

    @Test
    void agreesWhereTwoAreBegunTogether() {
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        Rc4 one = new Rc4();
        Rc4 other = new Rc4();
        for (int round = 0; round < 2_000; round++) {
            byte[] key = randomOctets(random.nextBoolean() ? 8 : 16);
            byte[] otherKey = randomOctets(random.nextBoolean() ? 8 : 16);
            one.init(key, other, otherKey);
            RC4Engine oracle = oracle(key);
            RC4Engine otherOracle = oracle(otherKey);
            check(one, oracle, direct, random.nextInt(64), random.nextInt(300));
            check(other, otherOracle, direct, random.nextInt(64), random.nextInt(300));
        }
    }

    @Test
    void agreesWhereKeyStreamIsMadeAhead() {
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        Rc4 one = new Rc4();
        Rc4 other = new Rc4();
        for (int round = 0; round < 2_000; round++) {
            byte[] key = randomOctets(random.nextBoolean() ? 8 : 16);
            byte[] otherKey = randomOctets(random.nextBoolean() ? 8 : 16);
            one.init(key, other, otherKey);
            RC4Engine oracle = oracle(key);
            RC4Engine otherOracle = oracle(otherKey);
            check(one, oracle, direct, 0, random.nextInt(70));
            check(other, otherOracle, direct, 0, random.nextInt(70));
            int octets = random.nextInt(2001);
            one.prepare(other, octets);
            assertThat(one.isPrepared()).isEqualTo(octets > 0);
            for (int piece = 0; piece < 4; piece++) {
                check(one, oracle, direct, random.nextInt(64), random.nextInt(piece < 2 ? 100 : 2001));
                check(other, otherOracle, direct, random.nextInt(64), random.nextInt(piece < 2 ? 2001 : 100));
            }
        }
    }

    @Test
    void keyStreamThatIsMadeAheadCanBeTakenBack() {
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        Rc4 one = new Rc4();
        Rc4 other = new Rc4();
        for (int round = 0; round < 2_000; round++) {
            byte[] key = randomOctets(16);
            one.init(key, other, randomOctets(16));
            RC4Engine oracle = oracle(key);
            int half = 1 + random.nextInt(700);
            one.prepare(other, 2 * half);
            check(one, oracle, direct, 0, random.nextInt(half));
            int tried = random.nextInt(half);
            one.xor(direct, 0, tried);
            assertThat(one.takeBack()).isEqualTo(tried > 0);
            assertThat(one.takeBack()).isFalse();
            check(one, oracle, direct, 0, 1500);
        }
    }

    @Test
    void keyStreamThatIsMadeAheadIsNotPassedOver() {
        Rc4 one = new Rc4();
        Rc4 other = new Rc4();
        one.init(randomOctets(16), other, randomOctets(16));
        one.prepare(other, 8);
        byte[] data = new byte[4];
        assertThatIllegalStateException().isThrownBy(() -> one.prepare(new Rc4(), 8));
        assertThatIllegalStateException().isThrownBy(() -> new Rc4().prepare(other, 8));
        assertThatIllegalStateException().isThrownBy(() -> one.xor(data));
        assertThatIllegalStateException().isThrownBy(() -> new Rc4().copyFrom(other));
        one.init(randomOctets(16));
        one.xor(data);
    }

    /** However a length is cut in two, the key stream is the same. */
    @Test
    void agreesForEveryLengthAndSplit() {
        ByteBuf direct = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
        Rc4 rc4 = new Rc4();
        for (int length = 0; length <= 2000; length++) {
            byte[] key = randomOctets(16);
            rc4.init(key);
            RC4Engine oracle = oracle(key);
            int split = random.nextInt(length + 1);
            check(rc4, oracle, direct, 3, split);
            check(rc4, oracle, direct, 3 + split, length - split);
        }
    }

    @Test
    void agreesOnArrays() {
        byte[] key = randomOctets(8);
        byte[] data = randomOctets(1000);
        byte[] expected = new byte[data.length];
        RC4Engine oracle = oracle(key);
        oracle.processBytes(data, 0, data.length, expected, 0);
        Rc4 rc4 = new Rc4();
        rc4.init(key);
        rc4.xor(data);
        assertThat(data).isEqualTo(expected);
    }

    private static RC4Engine oracle(byte[] key) {
        RC4Engine oracle = new RC4Engine();
        oracle.init(true, new KeyParameter(key));
        return oracle;
    }

    private void check(Rc4 rc4, RC4Engine oracle, ByteBuf buffer, int offset, int length) {
        byte[] plain = randomOctets(SPACE);
        buffer.setBytes(0, plain);
        byte[] expected = plain.clone();
        oracle.processBytes(plain, offset, length, expected, offset);
        rc4.xor(buffer, offset, length);
        byte[] actual = new byte[SPACE];
        buffer.getBytes(0, actual);
        assertThat(actual).as("%d octets at %d", length, offset).isEqualTo(expected);
    }

    private byte[] randomOctets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
