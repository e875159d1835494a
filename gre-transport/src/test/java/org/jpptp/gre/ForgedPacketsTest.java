package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.jpptp.gre.wire.GreDatagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody who can send us datagrams. What the peer sends shows that it does: the receiver tells one from the other. */
class ForgedPacketsTest {
    private static final int GENUINE = 20_000;
    private static final int FORGED_EACH = 100;
    private static final long MICRO = 1_000L;

    private final Random random = new Random(13);
    private int next;
    private int delivered;
    private int outOfOrder;
    /** What the receiver makes of the forged ones: those of control protocols it cannot tell. */
    private Trust forgedTrust = Trust.REFUSED;

    private final GreTunnel tunnel =
            new GreTunnel(GreConfig.standard(GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), new GreOutput() {
                @Override
                public void transmit(ByteBuf packet) {}

                @Override
                public Trust deliver(ByteBuf frame, int sequence, long now) {
                    if (!isGenuine(frame)) {
                        return forgedTrust;
                    }
                    outOfOrder += frame.getInt(frame.readerIndex()) < next ? 1 : 0;
                    next = frame.getInt(frame.readerIndex()) + 1;
                    delivered++;
                    return Trust.PROVEN;
                }

                @Override
                public boolean early(ByteBuf frame, int sequence, long now) {
                    return isGenuine(frame) || forgedTrust != Trust.REFUSED;
                }
            });

    private static boolean isGenuine(ByteBuf frame) {
        return frame.readableBytes() == 4 && frame.getInt(frame.readerIndex()) >= 0;
    }

    /** Genuine number {@code i} between {@code FORGED_EACH} forged ones; all genuine ones must arrive. */
    private void run(Runnable forge) {
        long now = 0;
        for (int i = 0; i < GENUINE; i++) {
            ByteBuf payload = GrePackets.payload(i, "0000");
            payload.setInt(payload.writerIndex() - 4, i);
            receive(payload, now);
            for (int j = 0; j < FORGED_EACH; j++) {
                forge.run();
                receive(forged, now);
            }
            now += 100 * MICRO;
            tunnel.batchEnd(now);
        }
        assertThat(delivered).as("genuine ones delivered").isEqualTo(GENUINE);
        assertThat(outOfOrder).isZero();
        assertThat(tunnel.stats().received + dropped).isEqualTo((long) GENUINE * (FORGED_EACH + 1));
    }

    private final ByteBuf forged = Unpooled.buffer(64);
    /** Datagrams that the raw socket drops, and those of them with another address. */
    private int dropped;

    private int foreign;

    private void receive(ByteBuf datagram, long now) {
        GreDatagram.Result result = GrePackets.receive(tunnel, datagram, now);
        dropped += result == GreDatagram.Result.OK ? 0 : 1;
        foreign += result == GreDatagram.Result.FOREIGN ? 1 : 0;
    }

    private void forge(int callId, int sequence) {
        forged.clear()
                .writeInt(0x45000030)
                .writeInt(0)
                .writeInt(0x402F0000)
                .writeInt(0x0A000002)
                .writeInt(0)
                .writeInt(0x3001880B)
                .writeShort(16)
                .writeShort(callId)
                .writeInt(sequence)
                .writeInt(-1)
                .writeZero(11)
                .writeByte(random.nextInt(256));
    }

    private int farAway() {
        return 1 << 30 | random.nextInt(1 << 30);
    }

    @Test
    void theAddressIsKnown() {
        run(() -> forge(random.nextInt(1 << 16), random.nextInt()));
        assertThat(tunnel.stats().foreignCall).isGreaterThan(1_900_000);
    }

    @Test
    void theAddressAndTheCallIdAreKnown() {
        run(() -> forge(GrePackets.LEFT_CALL, random.nextInt()));
        assertThat(tunnel.stats().implausible + tunnel.stats().duplicate).isGreaterThan(1_990_000);
    }

    @Test
    void numbersCountUpFarAway() {
        int[] sequence = {1 << 30};
        run(() -> forge(GrePackets.LEFT_CALL, sequence[0]++));
        assertThat(tunnel.stats().refused).as("runs were tried").isGreaterThan(1_000_000);
    }

    /** He guesses well: numbers that come next, or have just been, or lie ahead within the window. */
    @ParameterizedTest
    @EnumSource(value = Trust.class, names = "PROVEN", mode = EnumSource.Mode.EXCLUDE)
    void numbersOfTheWindow(Trust trust) {
        forgedTrust = trust;
        int[] steps = {0, 1, 2, 3, 17, 255, 256, 257, 511, 512, 513, 1000, -1, -2, -500};
        run(() -> forge(GrePackets.LEFT_CALL, next + steps[random.nextInt(steps.length)]));
    }

    /** As many forged packets as genuine ones, of any number of the window, on a path that loses and reorders. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 5", "2, 10"})
    void numbersOfTheWindowOnABadPath(int percentLost, int percentLate) {
        int sent = 100_000;
        int arrived = 0;
        ByteBuf late = null;
        long now = 0;
        for (int i = 0; i < sent; i++) {
            forge(GrePackets.LEFT_CALL, next + random.nextInt(600) - 40);
            receive(forged, now);
            ByteBuf payload = GrePackets.payload(i, "0000");
            payload.setInt(payload.writerIndex() - 4, i);
            if (i > 0 && random.nextInt(100) < percentLost) {
                continue;
            }
            arrived++;
            if (late == null && i > 0 && random.nextInt(100) < percentLate) {
                late = payload;
                continue;
            }
            receive(payload, now);
            if (late != null && random.nextInt(3) == 0) {
                receive(late, now);
                late = null;
            }
            now += 1000 * MICRO;
            tunnel.batchEnd(now);
        }
        tunnel.onDeadline(now + 1_000_000 * MICRO);
        assertThat(outOfOrder).isZero();
        assertThat(delivered)
                .isGreaterThanOrEqualTo(arrived - arrived / (percentLost + percentLate == 0 ? 100_000 : 1000));
    }

    /** A quiet link: between two genuine packets lies more than the time that an early one is held for. */
    @Test
    void packetsHeldInVainMoveNothing() {
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            ByteBuf payload = GrePackets.payload(i, "0000");
            payload.setInt(payload.writerIndex() - 4, i);
            receive(payload, now);
            for (int ahead = 1; ahead < 20; ahead++) {
                forge(GrePackets.LEFT_CALL, next + ahead);
                receive(forged, now);
                now += 100_000 * MICRO;
                tunnel.onDeadline(now);
            }
        }
        assertThat(delivered).isEqualTo(1000);
    }

    /** The peer has begun to count anew; among it all are forged packets. */
    @Test
    void aRestartOfThePeerIsFollowedNevertheless() {
        long now = 0;
        for (int i = 0; i < 3000; i++) {
            // From 1000 on, the numbers go on from 5; the content tells what was delivered.
            ByteBuf payload = GrePackets.payload(i < 1000 ? i + 70_000 : i - 995, "0000");
            payload.setInt(payload.writerIndex() - 4, i);
            receive(payload, now);
            if (i % 5 == 0) {
                forge(GrePackets.LEFT_CALL, random.nextInt());
                receive(forged, now);
            }
            now += 1000 * MICRO;
            tunnel.batchEnd(now);
        }
        assertThat(delivered).as("but for about a second").isBetween(1950, 2050);
        assertThat(next).isEqualTo(3000);
    }

    @Test
    void everyOctetIsChangedAtRandom() {
        run(() -> {
            forge(GrePackets.LEFT_CALL, farAway());
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                forged.setByte(random.nextInt(32), random.nextInt(256));
            }
        });
        GreStats stats = tunnel.stats();
        assertThat(stats.malformed).isPositive();
        assertThat(foreign).isPositive();
        assertThat(stats.foreignCall).isPositive();
    }

    @Test
    void octetsAtRandomNeverMakeItThrow() {
        run(() -> {
            forge(GrePackets.LEFT_CALL, farAway());
            int known = random.nextInt(49);
            for (int index = known; index < 48; index++) {
                forged.setByte(index, random.nextInt(256));
            }
            forged.setIndex(0, random.nextInt(49));
        });
    }
}
