package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both directions against {@link ReferenceMppe}, with the keys of both sides, more than once around the count. */
class DifferentialTest {
    private static final boolean FLUSH = true;
    private static final int PACKETS = 5_000;
    private static final int SPACE = 2048;

    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    private record Sealed(int number, byte[] plain, byte[] packet) {}

    private final Random random = new Random(3079);
    private int length;
    private final ByteBuf frame = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SPACE));
    private final MppeMasterKeys client = keys(MppeKeys.Side.CLIENT);
    private final MppeMasterKeys server = keys(MppeKeys.Side.SERVER);

    @ParameterizedTest
    @CsvSource({
        "BITS_40,STATELESS", "BITS_56,STATELESS", "BITS_128,STATELESS",
        "BITS_40,STATEFUL", "BITS_56,STATEFUL", "BITS_128,STATEFUL"
    })
    void whatIsSentIsTheSame(MppeStrength strength, MppeMode mode) {
        MppeEncryptor encryptor = new MppeEncryptor(client.send(strength), strength, mode);
        ReferenceMppe reference = new ReferenceMppe(server.receive(strength), strength, mode);
        for (int i = 0; i < PACKETS; i++) {
            ByteBuf plain = Datagrams.numbered(i, length(), random);
            byte[] expected = reference.encrypt(plain, !FLUSH);
            int start = 2 + random.nextInt(16);
            frame.setIndex(start, start).writeBytes(plain);
            encryptor.encode(frame);
            assertThat(Datagrams.octets(frame)).as("packet %d", i).isEqualTo(expected);
        }
    }

    /** Some are lost, now and then a long run of them; some are overtaken, and some forged. */
    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void whatArrivesIsTheSameInStatelessMode(MppeStrength strength) {
        MppeDecryptor decryptor = new MppeDecryptor(client.receive(strength), strength, MppeMode.STATELESS);
        ReferenceMppe reference = new ReferenceMppe(server.send(strength), strength, MppeMode.STATELESS);
        List<Sealed> onTheWay = new ArrayList<>();
        int newest = -1;
        int delivered = 0;
        for (int i = 0; i < PACKETS * 2; i++) {
            Sealed sealed = next(reference, i, !FLUSH);
            if (random.nextInt(10) > 0) {
                onTheWay.add(sealed);
            }
            if (random.nextInt(1000) == 0) {
                int end = i + random.nextInt(2000);
                for (; i < end; i++) {
                    next(reference, i + 1, !FLUSH);
                }
            }
            if (random.nextInt(50) == 0) {
                forge(decryptor, random.nextInt(4096));
            }
            if (random.nextInt(10) == 0) {
                forge(decryptor, newest + 1);
            }
            if (onTheWay.size() < 4) {
                continue;
            }
            lookAt(decryptor, onTheWay.get(random.nextInt(4)), newest);
            Sealed arrived = onTheWay.remove(random.nextInt(3) > 0 ? 0 : random.nextInt(4));
            boolean late = arrived.number() < newest;
            assertThat(decode(decryptor, arrived)).as("packet %d", i).isEqualTo(late ? Result.LATE : Result.OK);
            newest = Math.max(newest, arrived.number());
            delivered += late ? 0 : 1;
        }
        assertThat(delivered).isGreaterThan(1000);
    }

    /** Some are lost; then the peer initialises its tables with the current key. */
    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void whatArrivesIsTheSameInStatefulMode(MppeStrength strength) {
        MppeDecryptor decryptor = new MppeDecryptor(client.receive(strength), strength, MppeMode.STATEFUL);
        ReferenceMppe reference = new ReferenceMppe(server.send(strength), strength, MppeMode.STATEFUL);
        boolean inStep = true;
        int delivered = 0;
        for (int i = 0; i < PACKETS; i++) {
            Sealed sealed = next(reference, i, decryptor.resetWanted() && random.nextInt(3) == 0);
            if (random.nextInt(20) == 0) {
                inStep = false;
                continue;
            }
            inStep |= (sealed.packet()[0] & 0x80) != 0;
            assertThat(decode(decryptor, sealed))
                    .as("packet %d", i)
                    .isEqualTo(inStep ? Result.OK : Result.AWAITING_RESET);
            delivered += inStep ? 1 : 0;
        }
        assertThat(delivered).isGreaterThan(PACKETS / 2);
    }

    /** Mostly that of the last packet, since key stream is made ahead then; now and then more than is made at a time. */
    private int length() {
        if (random.nextInt(4) == 0) {
            length = random.nextInt(random.nextBoolean() ? 1700 : 300);
        }
        return length;
    }

    private Sealed next(ReferenceMppe reference, int number, boolean flush) {
        ByteBuf plain = Datagrams.numbered(number, length(), random);
        return new Sealed(number, Datagrams.octets(plain), reference.encrypt(plain, flush));
    }

    private Result decode(MppeDecryptor decryptor, Sealed sealed) {
        int start = random.nextInt(16);
        frame.setIndex(start, start).writeBytes(sealed.packet());
        Result result = decryptor.decode(frame, 0);
        assertThat(Datagrams.octets(frame)).isEqualTo(result == Result.OK ? sealed.plain() : sealed.packet());
        return result;
    }

    private void lookAt(MppeDecryptor decryptor, Sealed sealed, int newest) {
        frame.setIndex(0, 0).writeBytes(sealed.packet());
        boolean late = sealed.number() < newest || sealed.number() > newest + Coherency.WINDOW;
        assertThat(decryptor.look(frame)).isEqualTo(late ? Result.LATE : Result.OK);
        assertThat(Datagrams.octets(frame)).isEqualTo(sealed.packet());
    }

    private void forge(MppeDecryptor decryptor, int number) {
        byte[] garbage = new byte[80];
        random.nextBytes(garbage);
        frame.setIndex(0, 0).writeBytes(garbage).setShort(0, 0x9000 | (number & 0xfff));
        assertThat(decryptor.decode(frame, 0)).isIn(Result.IMPLAUSIBLE, Result.LATE);
    }

    private static MppeMasterKeys keys(MppeKeys.Side side) {
        return MppeKeys.fromMsChapV2(Datagrams.MASTER_KEY, new byte[24], side);
    }
}
