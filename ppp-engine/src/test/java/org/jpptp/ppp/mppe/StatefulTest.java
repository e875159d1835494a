package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.ppp.mppe.Datagrams.MASTER_KEY;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatefulTest {
    private final Random random = new Random(8);
    private final MppeEncryptor encryptor = new MppeEncryptor(MASTER_KEY, MppeStrength.BITS_128, MppeMode.STATEFUL);
    private final MppeDecryptor decryptor = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_128, MppeMode.STATEFUL);

    /** How a peer flushes when it is asked to, and whether it marks flag packets and its first packet. */
    private enum Peer {
        RFC,
        RFC_MARKING_ALL,
        LINUX
    }

    /** A sender as others write it, to decrypt from. */
    private static final class PeerSender {
        private final Peer peer;
        private final KeyChange change = new KeyChange(MASTER_KEY, MppeStrength.BITS_40);
        private final byte[] key = new byte[8];
        private final Rc4 cipher = new Rc4();
        private int count;
        private boolean flush;

        PeerSender(Peer peer) {
            this.peer = peer;
            change.initial(key, 0);
            cipher.init(key);
            flush = peer == Peer.RFC_MARKING_ALL;
        }

        ByteBuf send(ByteBuf frame) {
            boolean flag = (count & 0xff) == 0xff;
            boolean marked = flush || (flag && peer != Peer.RFC);
            if (flag || (flush && peer == Peer.LINUX)) {
                change.next(key, 0, 0);
            }
            if (flag || flush) {
                cipher.init(key);
            }
            flush = false;
            int start = frame.readerIndex();
            cipher.xor(frame, start, frame.readableBytes());
            frame.setShort(start - 2, (marked ? 0x9000 : 0x1000) | count).readerIndex(start - 2);
            count = (count + 1) & 0xfff;
            return frame;
        }
    }

    @ParameterizedTest
    @EnumSource(MppeStrength.class)
    void theKeyChangesWithEachFlagPacket(MppeStrength strength) {
        MppeEncryptor sender = new MppeEncryptor(MASTER_KEY, strength, MppeMode.STATEFUL);
        MppeDecryptor receiver = new MppeDecryptor(MASTER_KEY, strength, MppeMode.STATEFUL);
        for (int i = 0; i < 10_000; i++) {
            ByteBuf frame = Datagrams.numbered(i, 20, random);
            sender.encode(frame);
            int bits = (i & 0xff) == 0xff ? 0x9000 : 0x1000;
            assertThat(frame.getUnsignedShort(frame.readerIndex())).isEqualTo(bits | (i & 0xfff));
            assertThat(receiver.decode(frame, 0)).isEqualTo(Result.OK);
            assertThat(Datagrams.number(frame)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.class)
    void everyKindOfPeerIsUnderstoodThroughLoss(Peer peer) {
        PeerSender sender = new PeerSender(peer);
        MppeDecryptor receiver = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_40, MppeMode.STATEFUL);
        int delivered = 0;
        for (int i = 0; i < 50_000; i++) {
            ByteBuf frame = sender.send(Datagrams.numbered(i, 20, random));
            if (random.nextInt(100) < 2) {
                continue;
            }
            Result result = receiver.decode(frame, 0);
            assertThat(result).isIn(Result.OK, Result.AWAITING_RESET);
            assertThat(receiver.resetWanted()).isEqualTo(result == Result.AWAITING_RESET);
            if (result == Result.OK) {
                assertThat(Datagrams.number(frame)).isEqualTo(i);
                delivered++;
            } else {
                sender.flush = random.nextInt(3) == 0;
            }
        }
        assertThat(delivered).isGreaterThan(40_000);
    }

    /** A whole run is lost, over several flag packets; then the flushed packet is lost as well. */
    @ParameterizedTest
    @EnumSource(Peer.class)
    void longGapsAndLostFlushesAreCaughtUpWith(Peer peer) {
        PeerSender sender = new PeerSender(peer);
        MppeDecryptor receiver = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_40, MppeMode.STATEFUL);
        for (int round = 0; round < 200; round++) {
            int gap = random.nextInt(2000);
            for (int i = 0; i < gap; i++) {
                sender.send(Datagrams.numbered(i, 4, random));
            }
            for (int lost = random.nextInt(3); lost > 0; lost--) {
                sender.flush = true;
                sender.send(Datagrams.numbered(lost, 4, random));
            }
            sender.flush = true;
            assertThat(receiver.decode(sender.send(Datagrams.numbered(1, 4, random)), 0))
                    .isEqualTo(Result.OK);
            assertThat(receiver.decode(sender.send(Datagrams.numbered(2, 4, random)), 0))
                    .isEqualTo(Result.OK);
        }
    }

    /** The count of a flushed packet, which nothing protects, is damaged; the peer flushes when it is asked to. */
    @ParameterizedTest
    @CsvSource({
        "RFC,             40,  80", "RFC,             40, 250", "RFC,             700,   1",
                "RFC,             700, 300",
        "RFC_MARKING_ALL, 40,  80", "RFC_MARKING_ALL, 40, 250", "RFC_MARKING_ALL, 700,   1",
                "RFC_MARKING_ALL, 700, 300",
        "LINUX,           40,  80", "LINUX,           40, 250", "LINUX,           700,   1", "LINUX,           700, 300"
    })
    void aDamagedCountIsRecoveredFrom(Peer peer, int lost, int damaged) {
        PeerSender sender = new PeerSender(peer);
        MppeDecryptor receiver = new MppeDecryptor(MASTER_KEY, MppeStrength.BITS_40, MppeMode.STATEFUL);
        for (int i = 0; i < lost; i++) {
            sender.send(Datagrams.numbered(i, 4, random));
        }
        sender.flush = true;
        ByteBuf frame = sender.send(Datagrams.numbered(lost, 4, random));
        frame.setShort(frame.readerIndex(), 0x9000 | damaged);
        receiver.decode(frame, 0);
        int failed = 0;
        int last = 0;
        for (int i = lost + 1; i < lost + 2000; i++) {
            frame = sender.send(Datagrams.numbered(i, 4, random));
            if (receiver.decode(frame, 0) == Result.OK) {
                assertThat(Datagrams.number(frame)).isEqualTo(i);
            } else {
                sender.flush = receiver.resetWanted();
                failed++;
                last = i;
            }
        }
        // At the latest where the peer has come to the damaged count, they are in step again, and stay so.
        assertThat(failed).isBetween(1, 256);
        assertThat(last).isLessThan(lost + 300);
    }

    /** As above, with our own encryptor, which answers a reset with the next flag packet: at once, not when it gets there. */
    @ParameterizedTest
    @CsvSource({"40, 0", "40, 80", "40, 254", "40, 256", "40, 510", "40, 511", "700, 1", "700, 300", "700, 1000"})
    void aDamagedCountIsRecoveredFromWithinAFewPackets(int lost, int damaged) {
        for (int i = 0; i < lost; i++) {
            sealed(i);
        }
        encryptor.resetRequested();
        ByteBuf frame = sealed(lost);
        frame.setShort(frame.readerIndex(), 0x9000 | damaged);
        decryptor.decode(frame, 0);
        int failed = 0;
        for (int i = 0; i < 2000; i++) {
            frame = sealed(i);
            if (decryptor.decode(frame, 0) == Result.OK) {
                assertThat(Datagrams.number(frame)).isEqualTo(i);
            } else {
                failed++;
                if (decryptor.resetWanted()) {
                    encryptor.resetRequested();
                }
            }
        }
        assertThat(failed).isLessThan(7);
    }

    @Test
    void aResetIsAnsweredByTheNextFlagPacket() {
        for (int i = 0; i < 5; i++) {
            assertThat(decryptor.decode(sealed(i), 0)).isEqualTo(Result.OK);
        }
        sealed(5);
        assertThat(decryptor.decode(sealed(6), 0)).isEqualTo(Result.AWAITING_RESET);
        assertThat(decryptor.resetWanted()).isTrue();
        assertThat(decryptor.decode(sealed(7), 0)).isEqualTo(Result.AWAITING_RESET);
        encryptor.resetRequested();
        ByteBuf flushed = sealed(8);
        assertThat(flushed.getUnsignedShort(flushed.readerIndex())).isEqualTo(0x90ff);
        assertThat(decryptor.decode(flushed, 0)).isEqualTo(Result.OK);
        assertThat(decryptor.resetWanted()).isFalse();
        ByteBuf next = sealed(9);
        assertThat(next.getUnsignedShort(next.readerIndex())).isEqualTo(0x1100);
        assertThat(decryptor.decode(next, 0)).isEqualTo(Result.OK);
    }

    /** docs/threats.md row 10: whoever sends Reset-Requests must not make us repeat ourselves. */
    @Test
    void noKeyStreamIsRepeatedThroughForgedResets() {
        Set<Long> streams = new HashSet<>();
        ByteBuf zeros = Unpooled.buffer();
        for (int i = 0; i < 100_000; i++) {
            if (random.nextBoolean()) {
                encryptor.resetRequested();
            }
            zeros.clear().writeZero(12).readerIndex(2);
            encryptor.encode(zeros);
            assertThat(streams.add(zeros.getLong(2))).isTrue();
        }
    }

    @Test
    void forgedPacketsOfEveryCountCostNoGenuineOne() {
        for (int i = 0; i < 300; i++) {
            assertThat(decryptor.decode(sealed(i), 0)).isEqualTo(Result.OK);
        }
        for (int offset = 0; offset < 4096; offset++) {
            for (int bits : new int[] {0x1000, 0x9000}) {
                byte[] octets = new byte[60];
                random.nextBytes(octets);
                ByteBuf forged = Unpooled.wrappedBuffer(octets);
                forged.setShort(0, bits | ((300 + offset + offset) & 0xfff));
                byte[] before = Datagrams.octets(forged);
                assertThat(decryptor.decode(forged, 0)).isNotEqualTo(Result.OK);
                assertThat(Datagrams.octets(forged)).isEqualTo(before);
            }
            assertThat(decryptor.decode(sealed(offset), 0)).isEqualTo(Result.OK);
            assertThat(decryptor.resetWanted()).isFalse();
        }
    }

    /** Sixteen flushed packets go around once. */
    @Test
    void theCountWrapsAThousandTimes() {
        for (int i = 0; i < 16 * 1000; i++) {
            encryptor.resetRequested();
            ByteBuf frame = sealed(i);
            assertThat(frame.getUnsignedShort(frame.readerIndex())).isEqualTo(0x90ff | ((i & 15) << 8));
            assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.OK);
        }
    }

    @Test
    void repeatedPacketsAreLate() {
        for (int i = 0; i < 1000; i++) {
            ByteBuf frame = sealed(i);
            ByteBuf again = Datagrams.copy(frame);
            assertThat(decryptor.decode(frame, 0)).isEqualTo(Result.OK);
            assertThat(decryptor.decode(again, 0)).isEqualTo(Result.LATE);
        }
    }

    private ByteBuf sealed(int number) {
        ByteBuf frame = Datagrams.numbered(number, 4, random);
        encryptor.encode(frame);
        return frame;
    }
}
