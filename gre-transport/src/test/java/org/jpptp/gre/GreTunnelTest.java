package org.jpptp.gre;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending, and acknowledgements both ways. */
class GreTunnelTest {
    private static final long MILLI = RecordedTunnel.MILLI;

    private final RecordedTunnel recorded = new RecordedTunnel();
    private final List<String> events = recorded.events;
    private final GreTunnel tunnel = recorded.tunnel;
    private final GreStats stats = recorded.stats;

    // ---- sending

    @Test
    void numbersPayloadsFromZero() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.send(GrePackets.frame("b"), 0);
        assertThat(events).containsExactly("> seq 0", "> seq 1");
        assertThat(stats.sent).isEqualTo(2);
    }

    /** As some servers do; the number before 0 that they acknowledge was never sent. */
    @Test
    void numbersFromOneWhereItIsToldSo() {
        GreTunnel fromOne = new GreTunnel(RecordedTunnel.config(4).with(GreConfig.Numbering.FROM_ONE), recorded.output);
        assertThat(fromOne.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        fromOne.send(GrePackets.frame("a"), 0);
        fromOne.send(GrePackets.frame("b"), 0);
        assertThat(events).containsExactly("> seq 1 ack 4294967295", "> seq 2");
    }

    /** What such a peer acknowledges before it has got anything is no number of ours. */
    @Test
    void anAcknowledgementOfNothingAcknowledgesNothing() {
        tunnel.send(GrePackets.frame("x"), 0);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(-1), MILLI);
        assertThat(stats.bogusAcknowledgements).isEqualTo(1);
        assertThat(tunnel.unacknowledged()).isEqualTo(1);
    }

    @Test
    void writesTheHeaderInPlaceAndLeavesTheIndices() {
        ByteBuf frame = GrePackets.frame("abc");
        tunnel.send(frame, 0);
        assertThat(frame.readerIndex()).isEqualTo(64);
        assertThat(frame.toString(US_ASCII)).isEqualTo("abc");
        assertThat(frame.getInt(52)).isEqualTo(0x3001880B);
    }

    @Test
    void refusesAFrameWithoutHeadRoomOrBeyondTheLengthField() {
        assertThatThrownBy(() -> tunnel.send(Unpooled.buffer().writeZero(20).readerIndex(15), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        tunnel.send(Unpooled.buffer().writeZero(16 + 65_536).readerIndex(16), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void neverWaitsForAWindow() {
        for (int i = 0; i < 10_000; i++) {
            tunnel.send(GrePackets.frame("x"), i);
        }
        assertThat(events).hasSize(10_000);
    }

    // ---- acknowledging

    @Test
    void anAcknowledgementRidesOnTheNextPayloadOnce() {
        recorded.receive(0, 0);
        tunnel.send(GrePackets.frame("a"), 1);
        tunnel.send(GrePackets.frame("b"), 1);
        assertThat(events).containsExactly("p0", "> seq 0 ack 0", "> seq 1");
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneGoesAloneWhenItsTimeIsOver() {
        recorded.receive(7, 0);
        tunnel.batchEnd(7 * MILLI);
        assertThat(tunnel.deadlineNanos()).isEqualTo(107 * MILLI);
        tunnel.onDeadline(107 * MILLI - 1);
        assertThat(events).containsExactly("p0");
        tunnel.onDeadline(107 * MILLI);
        assertThat(events).containsExactly("p0", "> ack 0");
        tunnel.onDeadline(500 * MILLI);
        assertThat(events).hasSize(2);
        assertThat(stats.acknowledgementsSent).isEqualTo(1);
        assertThat(stats.sent).isEqualTo(1);
    }

    @Test
    void twoGoAtTheEndOfTheBatchAsOne() {
        recorded.receive(0, 0, 1, 2);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p0", "p1", "p2", "> ack 2");
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsHeldIsAcknowledgedToo() {
        recorded.receive(0, 0, 2);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p0", "> ack 2");
    }

    @Test
    void clocksMayStandNearTheEndOfTheirNumbers() {
        long now = Long.MAX_VALUE - 10;
        GrePackets.receive(tunnel, GrePackets.payload(0, "p0"), now);
        tunnel.onDeadline(now + 99 * MILLI);
        assertThat(events).containsExactly("p0");
        tunnel.onDeadline(now + 100 * MILLI);
        assertThat(events).containsExactly("p0", "> ack 0");
    }

    // ---- being acknowledged

    @Test
    void acknowledgementsGiveTheRoundTripTime() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.send(GrePackets.frame("b"), 3 * MILLI);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(1), 11 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(8 * MILLI);
        tunnel.send(GrePackets.frame("c"), 20 * MILLI);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(2), 44 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(10 * MILLI);
        assertThat(stats.acknowledgementsReceived).isEqualTo(2);
    }

    @Test
    void acknowledgementZeroIsOne() {
        tunnel.send(GrePackets.frame("a"), 0);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(0), 5 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(5 * MILLI);
        assertThat(stats.bogusAcknowledgements).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "1, 0", "2, 0", "3, 1", "4, 1", "2147483647, 1", "-2147483648, 1"})
    void whatWasNeverSentCannotBeAcknowledged(int number, int bogus) {
        for (int i = 0; i < 3; i++) {
            tunnel.send(GrePackets.frame("x"), 0);
        }
        GrePackets.receive(tunnel, GrePackets.acknowledgement(number), MILLI);
        assertThat(stats.bogusAcknowledgements).isEqualTo(bogus);
        assertThat(stats.smoothedRttNanos).isEqualTo(bogus == 1 ? 0 : MILLI);
    }

    @Test
    void anOldAcknowledgementTellsNothing() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.send(GrePackets.frame("b"), 0);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(1), MILLI);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(0), 900 * MILLI);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(1), 900 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(MILLI);
        assertThat(stats.bogusAcknowledgements).isZero();
    }

    @Test
    void countsAcknowledgementsThatAreOverdue() {
        tunnel.send(GrePackets.frame("a"), 0);
        GrePackets.receive(tunnel, GrePackets.acknowledgement(0), MILLI);
        tunnel.send(GrePackets.frame("b"), 2 * MILLI);
        tunnel.send(GrePackets.frame("c"), 11 * MILLI);
        assertThat(stats.acknowledgementTimeouts).isZero();
        tunnel.send(GrePackets.frame("d"), 13 * MILLI);
        assertThat(stats.acknowledgementTimeouts)
                .as("after the least time-out, 10 ms")
                .isEqualTo(1);
        tunnel.send(GrePackets.frame("e"), 24 * MILLI);
        assertThat(stats.acknowledgementTimeouts).as("backed off to 20 ms").isEqualTo(1);
    }

    /** A peer that stops at its window until it is acknowledged, and gives up a packet only after a second (IOS). */
    @ParameterizedTest(name = "window {0}, every {1}th lost")
    @CsvSource({"2, 1000000", "4, 1000000", "4, 50", "16, 20", "64, 5"})
    void aPeerThatWaitsForItsWindowIsNeverStalled(int peerWindow, int lossEvery) {
        GreTunnel standard =
                new GreTunnel(GreConfig.standard(GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), recorded.output);
        int packets = 5_000;
        int next = 0;
        int acknowledged = -1;
        long now = 0;
        while (next < packets) {
            for (; next < packets && next - acknowledged <= peerWindow; next++) {
                if (next % lossEvery != lossEvery - 1) {
                    GrePackets.receive(standard, GrePackets.payload(next, "x"), now);
                }
            }
            now += MILLI;
            standard.batchEnd(now);
            for (String event : events) {
                acknowledged = event.startsWith("> ack ") ? Integer.parseInt(event.substring(6)) : acknowledged;
            }
            events.clear();
            assertThat(now).as("at packet %d", next).isLessThan(1000 * MILLI + next * 50L * MILLI);
        }
    }
}
