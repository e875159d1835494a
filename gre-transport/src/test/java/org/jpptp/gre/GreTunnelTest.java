package org.jpptp.gre;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.gre.wire.GreHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreTunnelTest {
    private static final long MILLI = 1_000_000L;

    /** What left the tunnel: ">" for the peer, and payloads as they are. */
    private final List<String> events = new ArrayList<>();

    private final GreOutput output = new GreOutput() {
        @Override
        public void transmit(ByteBuf packet) {
            GreHeader header = new GreHeader();
            assertThat(header.parse(packet, packet.readerIndex(), packet.writerIndex()))
                    .isEqualTo(GreHeader.Result.OK);
            assertThat(header.callId()).isEqualTo(GrePackets.RIGHT_CALL);
            events.add(">"
                    + (header.hasSequence() ? " seq " + Integer.toUnsignedString(header.sequence()) : "")
                    + (header.hasAcknowledgement()
                            ? " ack " + Integer.toUnsignedString(header.acknowledgement())
                            : ""));
        }

        @Override
        public Trust deliver(ByteBuf frame, int missing) {
            events.add(frame.toString(US_ASCII));
            return Trust.UNPROVEN;
        }
    };

    private final GreTunnel tunnel = new GreTunnel(config(4), output);
    private final GreStats stats = tunnel.stats();

    private static GreConfig config(int reorderPackets) {
        return new GreConfig(
                GrePackets.RIGHT,
                GrePackets.LEFT_CALL,
                GrePackets.RIGHT_CALL,
                Duration.ofMillis(100),
                reorderPackets,
                Duration.ofMillis(50));
    }

    private void receive(long millis, int... sequences) {
        for (int sequence : sequences) {
            tunnel.receive(GrePackets.payload(sequence, "p" + Integer.toUnsignedString(sequence)), millis * MILLI);
        }
    }

    // ---- sending

    @Test
    void numbersPayloadsFromZero() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.send(GrePackets.frame("b"), 0);
        assertThat(events).containsExactly("> seq 0", "> seq 1");
        assertThat(stats.sent).isEqualTo(2);
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
        receive(0, 0);
        tunnel.send(GrePackets.frame("a"), 1);
        tunnel.send(GrePackets.frame("b"), 1);
        assertThat(events).containsExactly("p0", "> seq 0 ack 0", "> seq 1");
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneGoesAloneWhenItsTimeIsOver() {
        receive(7, 0);
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
        receive(0, 0, 1, 2);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p0", "p1", "p2", "> ack 2");
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsHeldIsAcknowledgedToo() {
        receive(0, 0, 2);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p0", "> ack 2");
    }

    @Test
    void clocksMayStandNearTheEndOfTheirNumbers() {
        long now = Long.MAX_VALUE - 10;
        tunnel.receive(GrePackets.payload(0, "p0"), now);
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
        tunnel.receive(GrePackets.acknowledgement(1), 11 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(8 * MILLI);
        tunnel.send(GrePackets.frame("c"), 20 * MILLI);
        tunnel.receive(GrePackets.acknowledgement(2), 44 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(10 * MILLI);
        assertThat(stats.acknowledgementsReceived).isEqualTo(2);
    }

    @Test
    void acknowledgementZeroIsOne() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.receive(GrePackets.acknowledgement(0), 5 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(5 * MILLI);
        assertThat(stats.bogusAcknowledgements).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0", "1, 0", "2, 0", "3, 1", "4, 1", "2147483647, 1", "-2147483648, 1"})
    void whatWasNeverSentCannotBeAcknowledged(int number, int bogus) {
        for (int i = 0; i < 3; i++) {
            tunnel.send(GrePackets.frame("x"), 0);
        }
        tunnel.receive(GrePackets.acknowledgement(number), MILLI);
        assertThat(stats.bogusAcknowledgements).isEqualTo(bogus);
        assertThat(stats.smoothedRttNanos).isEqualTo(bogus == 1 ? 0 : MILLI);
    }

    @Test
    void anOldAcknowledgementTellsNothing() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.send(GrePackets.frame("b"), 0);
        tunnel.receive(GrePackets.acknowledgement(1), MILLI);
        tunnel.receive(GrePackets.acknowledgement(0), 900 * MILLI);
        tunnel.receive(GrePackets.acknowledgement(1), 900 * MILLI);
        assertThat(stats.smoothedRttNanos).isEqualTo(MILLI);
        assertThat(stats.bogusAcknowledgements).isZero();
    }

    @Test
    void countsAcknowledgementsThatAreOverdue() {
        tunnel.send(GrePackets.frame("a"), 0);
        tunnel.receive(GrePackets.acknowledgement(0), MILLI);
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
        GreTunnel standard = new GreTunnel(
                GreConfig.standard(GrePackets.RIGHT, GrePackets.LEFT_CALL, GrePackets.RIGHT_CALL), output);
        int packets = 5_000;
        int next = 0;
        int acknowledged = -1;
        long now = 0;
        while (next < packets) {
            for (; next < packets && next - acknowledged <= peerWindow; next++) {
                if (next % lossEvery != lossEvery - 1) {
                    standard.receive(GrePackets.payload(next, "x"), now);
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

    // ---- order

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // received        | delivered at once | delivered after the time to hold | duplicate, implausible,
                // reordered, lost
                "0 1 2             | p0 p1 p2          | -           | 0 0 0 0",
                "1 2 3             | p1 p2 p3          | -           | 0 0 0 0",
                "77 78             | p77 p78           | -           | 0 0 0 0",
                "1 0 2             | p1 p2             | -           | 1 0 0 0",
                "0 2 1 3           | p0 p1 p2 p3       | -           | 0 0 1 0",
                "0 4 3 2 1 5       | p0 p1 p2 p3 p4 p5 | -           | 0 0 3 0",
                "0 0 1 1 0         | p0 p1             | -           | 3 0 0 0",
                "0 2 2 1           | p0 p1 p2          | -           | 1 0 1 0",
                "0 2 3             | p0                | p2 p3       | 0 0 2 1",
                "0 2 4             | p0                | p2 p4       | 0 0 2 2",
                "0 2 4 1           | p0 p1 p2          | p4          | 0 0 2 1",
                // four may be held: the fifth gives the gap up
                "0 2 3 4 5         | p0                | p2 p3 p4 p5 | 0 0 4 1",
                "0 2 3 4 5 6       | p0 p2 p3 p4 p5 p6 | -           | 0 0 4 1",
                "0 2 3 4 5 6 1     | p0 p2 p3 p4 p5 p6 | -           | 1 0 4 1",
                "0 3 8             | p0 p3             | p8          | 0 0 2 6",
                "0 256             | p0                | p256        | 0 0 1 255",
                "0 257 1           | p0 p1             | -           | 0 1 0 0",
                "0 -5 1            | p0 p1             | -           | 1 0 0 0",
                // far away, but several agree
                "0 999 1000 1001   | p0                | -           | 0 3 0 0",
                "0 999 1000 1001 1002 1003 | p0 p1002 p1003 | -      | 0 3 0 1001",
                "0 999 1001 999 1000 1004  | p0 p1000  | p1004       | 0 3 1 1002",
                "0 999 1000 1 1001 1002 2  | p0 p1 p2  | -           | 0 4 0 0",
                "0 999 5000 1000 5001 2    | p0        | p2          | 0 4 1 1",
            })
    void deliversInOrderAndOnce(String received, String atOnce, String afterHolding, String counters) {
        for (String number : received.trim().split(" +", -1)) {
            receive(0, Integer.parseInt(number));
        }
        assertThat(String.join(" ", events)).isEqualTo(atOnce);
        events.clear();
        tunnel.onDeadline(50 * MILLI - 1);
        assertThat(events).isEmpty();
        tunnel.onDeadline(50 * MILLI);
        assertThat(String.join(" ", events)).isEqualTo(afterHolding == null ? "" : afterHolding);
        assertThat("%d %d %d %d".formatted(stats.duplicate, stats.implausible, stats.reordered, stats.lost))
                .isEqualTo(counters);
    }

    @Test
    void everyPayloadIsHeldForItsOwnTimeOnly() {
        receive(0, 0, 2);
        receive(20, 4);
        receive(30, 1);
        assertThat(events).containsExactly("p0", "p1", "p2");
        assertThat(tunnel.deadlineNanos()).isEqualTo(70 * MILLI);
        tunnel.onDeadline(69 * MILLI);
        assertThat(events).hasSize(3);
        tunnel.onDeadline(70 * MILLI);
        assertThat(events).containsExactly("p0", "p1", "p2", "p4");
        assertThat(tunnel.deadlineNanos()).as("the acknowledgement").isEqualTo(100 * MILLI);
    }

    @Test
    void theMemoryForEarlyPayloadsIsGivenBackWhenItWasNotUsedForASecond() {
        receive(0, 0, 2, 1);
        tunnel.onDeadline(100 * MILLI); // the acknowledgement
        receive(400, 4, 3);
        tunnel.onDeadline(500 * MILLI);
        events.clear();
        assertThat(tunnel.deadlineNanos()).isEqualTo(1400 * MILLI);
        tunnel.onDeadline(1400 * MILLI);
        assertThat(events).isEmpty();
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        receive(2000, 6, 5);
        assertThat(events).containsExactly("p5", "p6");
    }

    @Test
    void whatIsLostIsWaitedForLessAndLess() {
        receive(0, 0);
        long millis = 0;
        int sequence = 0;
        for (long wait : new long[] {50, 25, 13, 7, 5, 5}) {
            millis += 1000;
            sequence += 2;
            receive(millis, sequence); // the one before it is lost
            assertThat(tunnel.deadlineNanos()).isLessThanOrEqualTo((millis + wait) * MILLI);
            tunnel.onDeadline((millis + wait - 1) * MILLI);
            assertThat(events).as("after %d ms", wait - 1).doesNotContain("p" + sequence);
            tunnel.onDeadline((millis + wait) * MILLI);
            assertThat(events).as("after %d ms", wait).contains("p" + sequence);
        }
        receive(millis + 20, sequence - 1);
        assertThat(stats.duplicate).as("it was late, not lost").isEqualTo(1);
        receive(millis + 1000, sequence + 2);
        tunnel.onDeadline((millis + 1049) * MILLI);
        assertThat(events).as("all the time again").doesNotContain("p" + (sequence + 2));
        tunnel.onDeadline((millis + 1050) * MILLI);
        assertThat(events).contains("p" + (sequence + 2));
    }

    @Test
    void whatComesLateIsWaitedForFourTimesAsLong() {
        receive(0, 0);
        int sequence = 0;
        for (long millis = 1000; millis < 9000; millis += 1000) {
            sequence += 2;
            receive(millis, sequence);
            tunnel.onDeadline((millis + 50) * MILLI);
        }
        receive(10_000, sequence + 2);
        receive(10_004, sequence + 1); // after 4 ms
        receive(11_000, sequence + 4);
        tunnel.onDeadline(11_015 * MILLI);
        assertThat(events).doesNotContain("p" + (sequence + 4));
        tunnel.onDeadline(11_016 * MILLI);
        assertThat(events).contains("p" + (sequence + 4));
    }

    @Test
    void aPayloadBehindALongerWaitingOneGoesWithIt() {
        receive(0, 0, 4);
        receive(40, 2);
        tunnel.onDeadline(50 * MILLI);
        assertThat(events).containsExactly("p0", "p2", "p4");
    }

    @Test
    void withoutABufferGapsAreGivenUpAtOnce() {
        GreTunnel unbuffered = new GreTunnel(config(0), output);
        for (int sequence : new int[] {0, 2, 1, 3}) {
            unbuffered.receive(GrePackets.payload(sequence, "p" + sequence), 0);
        }
        assertThat(events).containsExactly("p0", "p2", "p3");
        assertThat(unbuffered.stats().lost).isEqualTo(1);
        assertThat(unbuffered.stats().duplicate).isEqualTo(1);
    }

    @Test
    void aPeerThatCountsAnewIsFollowedAfterASilence() {
        receive(0, 5000, 5001);
        receive(999, 0, 1, 2, 3, 4);
        assertThat(events).as("this soon they are late ones").containsExactly("p5000", "p5001");
        receive(1001, 5);
        assertThat(events).containsExactly("p5000", "p5001", "p5");
        receive(1002, 6, 7);
        assertThat(events).containsExactly("p5000", "p5001", "p5", "p6", "p7");
    }

    @Test
    void countsGoPastTheEndOfTheNumbers() {
        receive(0, -2, 0, -1, 1);
        assertThat(events).containsExactly("p4294967294", "p4294967295", "p0", "p1");
        tunnel.batchEnd(0);
        assertThat(events).endsWith("> ack 1");
    }

    // ---- what is dropped

    @Test
    void paddingIsNoPayload() {
        tunnel.receive(GrePackets.payload(0, "p0").writeZero(20), 0);
        assertThat(events).containsExactly("p0");
    }

    @Test
    void aNumberWithoutAPayloadCountsButDeliversNothing() {
        tunnel.receive(GrePackets.payload(0, ""), 0);
        receive(0, 1);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p1", "> ack 1");
    }

    @Test
    void onlyThePeersPacketsOfThisCallAreTaken() {
        tunnel.receive(GrePackets.payload(0, "x").setByte(15, 9), 0);
        assertThat(stats.foreignAddress).isEqualTo(1);
        tunnel.receive(GrePackets.payload(0, "x").setShort(26, 0x3333), 0);
        assertThat(stats.foreignCall).isEqualTo(1);
        tunnel.receive(GrePackets.payload(0, "x").setByte(9, 17), 0);
        tunnel.receive(GrePackets.payload(0, "x").setByte(21, 0), 0);
        tunnel.receive(GrePackets.payload(0, "x").setShort(24, 2), 0);
        tunnel.receive(Unpooled.EMPTY_BUFFER, 0);
        assertThat(stats.malformed).isEqualTo(4);
        tunnel.batchEnd(0);
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(events).isEmpty();
        assertThat(stats.received).isEqualTo(6);
    }
}
