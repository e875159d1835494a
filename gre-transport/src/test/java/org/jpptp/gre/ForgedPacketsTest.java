package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Somebody who can send us datagrams but does not see ours. */
class ForgedPacketsTest {
    private static final int GENUINE = 20_000;
    private static final int FORGED_EACH = 100;
    private static final long MICRO = 1_000L;

    private final Random random = new Random(13);
    private int next;
    private int forgedDelivered;
    private final GreTunnel tunnel = new GreTunnel(
            GreConfig.standard(GrePackets.RIGHT, GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), new GreOutput() {
                @Override
                public void transmit(ByteBuf packet) {}

                @Override
                public void deliver(ByteBuf frame) {
                    if (frame.getInt(frame.readerIndex()) == next) {
                        next++;
                    } else {
                        forgedDelivered++;
                    }
                }
            });

    /** Genuine number {@code i} between {@code FORGED_EACH} forged ones; all genuine ones must arrive. */
    private void run(Runnable forge) {
        long now = 0;
        for (int i = 0; i < GENUINE; i++) {
            ByteBuf payload = GrePackets.payload(i, "0000");
            payload.setInt(payload.writerIndex() - 4, i);
            tunnel.receive(payload, now);
            for (int j = 0; j < FORGED_EACH; j++) {
                forge.run();
                tunnel.receive(forged, now);
            }
            now += 100 * MICRO;
            tunnel.batchEnd(now);
        }
        assertThat(next).as("genuine ones delivered").isEqualTo(GENUINE);
        assertThat(forgedDelivered).isZero();
        assertThat(tunnel.stats().received).isEqualTo((long) GENUINE * (FORGED_EACH + 1));
    }

    private final ByteBuf forged = Unpooled.buffer(64);

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
                .writeZero(12);
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
        assertThat(tunnel.stats().implausible + tunnel.stats().duplicate).isEqualTo(2_000_000);
    }

    @Test
    void numbersCountUpFarAway() {
        int[] sequence = {1 << 30};
        int[] count = {0};
        // At most three in a row agree, for the genuine ones come between.
        run(() -> forge(GrePackets.LEFT_CALL, count[0]++ % FORGED_EACH < 3 ? sequence[0]++ : random.nextInt()));
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
        assertThat(stats.foreignAddress).isPositive();
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
