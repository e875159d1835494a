package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.mppe.Datagrams.MASTER_KEY;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatelessTest {
    /** Long enough for key stream to be made ahead, on both sides. */
    private static final int PAYLOAD = 400;

    private final Random random = new Random(3078);
    private final ByteBuf tiny = Unpooled.buffer(8);
    private final MppeEncryptor encryptor = new MppeEncryptor(MASTER_KEY, MppeStrength.BITS_128, MppeMode.STATELESS);
    private final MppeDecryptor decryptor = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_128, MppeMode.STATELESS);

    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void everyPacketIsFlushedEncryptedAndCounted(MppeStrength strength) {
        MppeEncryptor sender = new MppeEncryptor(MASTER_KEY, strength, MppeMode.STATELESS);
        MppeDecryptor receiver = new MppeDecryptor(MASTER_KEY, strength, MppeMode.STATELESS);
        for (int i = 0; i < 10; i++) {
            ByteBuf frame = Datagrams.numbered(i, random.nextInt(1400), random);
            byte[] plain = Datagrams.octets(frame);
            sender.encode(frame);
            assertThat(frame.readableBytes()).isEqualTo(plain.length + 2);
            assertThat(frame.getUnsignedShort(frame.readerIndex())).isEqualTo(0x9000 | i);
            assertThat(receiver.decode(frame, 0)).isEqualTo(Result.OK);
            assertThat(Datagrams.octets(frame)).isEqualTo(plain);
        }
        assertThat(receiver.decoded()).isEqualTo(10);
    }

    @Test
    void theCountWraps() {
        int wraps = 0;
        for (int count = 255; wraps < 30; count = (count + 256) & 0xfff) {
            for (int lost = 0; lost < 255; lost++) {
                encryptor.encode(tiny.setIndex(4, 8));
            }
            ByteBuf frame = sealed(count);
            assertThat(frame.getUnsignedShort(frame.readerIndex())).isEqualTo(0x9000 | count);
            assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.OK);
            wraps += count == 4095 ? 1 : 0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50, 90})
    void survivesLoss(int percent) {
        int delivered = 0;
        int arrived = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteBuf frame = sealed(i);
            if (random.nextInt(100) >= percent) {
                arrived++;
                assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.OK);
                assertThat(Datagrams.number(frame)).isEqualTo(i);
                delivered++;
            }
        }
        assertThat(delivered).isEqualTo(arrived);
    }

    @Test
    void aJumpOverAllButHalfTheSpaceIsCaughtUpWith() {
        assertThat(decryptor.decode(sealed(0), 0)).isEqualTo(Result.OK);
        for (int i = 0; i < 2047; i++) {
            encryptor.encode(tiny.setIndex(4, 8));
        }
        for (int i = 0; i < 3000; i++) {
            assertThat(decryptor.decode(sealed(i), 0)).isEqualTo(Result.OK);
        }
    }

    /** The transport has numbered everything, and a little more: control packets are among what got lost. */
    @ParameterizedTest
    @ValueSource(ints = {2047, 2048, 4094, 4095, 4096, 4097, 5000, 20_000, 65_000})
    void theTransportTellsWhatTheCountCannot(int lost) {
        assertThat(decryptor.decode(sealed(0), 0)).isEqualTo(Result.OK);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < lost; i++) {
                encryptor.encode(tiny.setIndex(4, 8));
            }
            int missing = lost + random.nextInt(200);
            ByteBuf genuine = sealed(1);
            for (int i = 0; i < 100; i++) {
                ByteBuf forged = garbage(random.nextInt(4096), 60);
                assertThat(decryptor.decode(forged, random.nextInt(80_000))).isIn(Result.IMPLAUSIBLE, Result.LATE);
            }
            assertThat(decryptor.decode(genuine, missing)).isEqualTo(Result.OK);
            for (int i = 0; i < 300; i++) {
                assertThat(decryptor.decode(sealed(i), 0)).isEqualTo(Result.OK);
            }
        }
    }

    @Test
    void overtakenAndRepeatedPacketsAreLateAndCostNothing() {
        List<ByteBuf> window = new ArrayList<>();
        int late = 0;
        int ok = 0;
        for (int i = 0; i < 20_000; i++) {
            window.add(sealed(i));
            if (window.size() < 8) {
                continue;
            }
            ByteBuf next = window.remove(random.nextInt(window.size()));
            ByteBuf again = Datagrams.copy(next);
            Result result = decryptor.decode(next, 0);
            assertThat(result).isIn(Result.OK, Result.LATE);
            ok += result == Result.OK ? 1 : 0;
            late += result == Result.LATE ? 1 : 0;
            assertThat(decryptor.decode(again, 0)).isEqualTo(Result.LATE);
        }
        assertThat(ok).isGreaterThan(3000);
        assertThat(late).isGreaterThan(3000);
        assertThat(decryptor.decode(sealed(0), 0)).isEqualTo(Result.OK);
    }

    @Test
    void forgedPacketsOfEveryCountCostNoGenuineOne() {
        for (int i = 0; i < 300; i++) {
            assertThat(decryptor.decode(sealed(i), 0)).isEqualTo(Result.OK);
        }
        for (int offset = 1; offset < 4096; offset++) {
            ByteBuf forged = garbage(300 + offset - 1 + offset, 20 + random.nextInt(100));
            byte[] before = Datagrams.octets(forged);
            assertThat(decryptor.decode(forged, 0)).isIn(Result.IMPLAUSIBLE, Result.LATE);
            assertThat(Datagrams.octets(forged)).isEqualTo(before);
            assertThat(decryptor.decode(sealed(offset), 0)).isEqualTo(Result.OK);
        }
    }

    @Test
    void aMillionForgedPacketsMoveNothing() {
        ByteBuf forged = garbage(0, 60);
        int start = forged.readerIndex();
        int accepted = 0;
        int implausible = 0;
        for (int i = 0; i < 1_000_000; i++) {
            forged.setShort(start, 0x9000 | random.nextInt(4096)).setLong(start + 2, random.nextLong());
            Result result = decryptor.decode(forged, 0);
            accepted += result == Result.OK ? 1 : 0;
            implausible += result == Result.IMPLAUSIBLE ? 1 : 0;
        }
        assertThat(accepted).isZero();
        assertThat(implausible).isGreaterThan(400_000);
        assertThat(decryptor.decode(sealed(1), 0)).isEqualTo(Result.OK);
    }

    @Test
    void headersThatMayNotBeAreTold() {
        assertThat(decryptor.decode(Unpooled.buffer(), 0)).isEqualTo(Result.TOO_SHORT);
        assertThat(decryptor.decode(Unpooled.wrappedBuffer(new byte[] {(byte) 0x90, 0}), 0))
                .isEqualTo(Result.TOO_SHORT);
        ByteBuf frame = sealed(1);
        int start = frame.readerIndex();
        for (int header : new int[] {0x0000, 0x8000, 0xe000}) {
            frame.setShort(start, header);
            assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.NOT_ENCRYPTED);
        }
        frame.setShort(start, 0x1000);
        assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.NOT_FLUSHED);
        frame.setShort(start, 0x9000);
        assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.OK);
    }

    /** Also across Reset-Requests, which mean nothing here (docs/threats.md row 10). */
    @Test
    void noTwoPacketsShareKeyStream() {
        Set<Long> streams = new HashSet<>();
        ByteBuf zeros = Unpooled.buffer();
        for (int i = 0; i < 100_000; i++) {
            encryptor.resetRequested();
            zeros.clear().writeZero(i % 10 == 0 ? 12 : 300).readerIndex(2);
            encryptor.encode(zeros);
            assertThat(streams.add(zeros.getLong(2))).isTrue();
        }
    }

    @Test
    void keysThatDifferDecryptNothing() {
        byte[] other = MASTER_KEY.clone();
        other[0] ^= 1;
        MppeDecryptor stranger = new MppeDecryptor(other, MppeStrength.BITS_128, MppeMode.STATELESS);
        for (int i = 0; i < 100; i++) {
            assertThat(stranger.decode(sealed(i), 0)).isEqualTo(Result.IMPLAUSIBLE);
        }
        assertThat(stranger.decoded()).isZero();
    }

    /** What was made ahead for the expected packet is there for it after a forged one, too. */
    @Test
    void aForgedPacketTakesNoKeyStreamAway() {
        for (int i = 0; i < 1000; i++) {
            ByteBuf genuine = sealed(i);
            for (int forged = random.nextInt(3); forged > 0; forged--) {
                assertThat(decryptor.decode(garbage(i, random.nextInt(600) + 1), 0))
                        .isEqualTo(Result.IMPLAUSIBLE);
            }
            assertThat(decryptor.decode(genuine, 0)).isEqualTo(Result.OK);
            assertThat(Datagrams.number(genuine)).isEqualTo(i);
        }
    }

    /** Every length, and octets from all over; nothing may be thrown. */
    @Test
    void anyOctetsAreAResult() {
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            byte[] before = octets.clone();
            ByteBuf frame = Unpooled.wrappedBuffer(octets);
            if (decryptor.decode(frame, 0) != Result.OK) {
                assertThat(octets).isEqualTo(before);
                assertThat(frame.readerIndex()).isZero();
            }
        }
    }

    private ByteBuf sealed(int number) {
        ByteBuf frame = Datagrams.numbered(number, PAYLOAD, random);
        encryptor.encode(frame);
        return frame;
    }

    private ByteBuf garbage(int count, int length) {
        byte[] octets = new byte[2 + length];
        random.nextBytes(octets);
        return Unpooled.wrappedBuffer(octets).setShort(0, 0x9000 | (count & 0xfff));
    }
}
