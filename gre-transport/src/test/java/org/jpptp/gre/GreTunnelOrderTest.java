package org.jpptp.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.List;
import org.jpptp.gre.wire.GreDatagram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives: its order, and what is not taken. */
class GreTunnelOrderTest {
    private static final long MILLI = RecordedTunnel.MILLI;

    private final RecordedTunnel recorded = new RecordedTunnel();
    private final List<String> events = recorded.events;
    private final GreTunnel tunnel = recorded.tunnel;
    private final GreStats stats = recorded.stats;

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
            recorded.receive(0, Integer.parseInt(number));
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
        recorded.receive(0, 0, 2);
        recorded.receive(20, 4);
        recorded.receive(30, 1);
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
        recorded.receive(0, 0, 2, 1);
        tunnel.onDeadline(100 * MILLI); // the acknowledgement
        recorded.receive(400, 4, 3);
        tunnel.onDeadline(500 * MILLI);
        events.clear();
        assertThat(tunnel.deadlineNanos()).isEqualTo(1400 * MILLI);
        tunnel.onDeadline(1400 * MILLI);
        assertThat(events).isEmpty();
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        recorded.receive(2000, 6, 5);
        assertThat(events).containsExactly("p5", "p6");
    }

    @Test
    void whatIsLostIsWaitedForLessAndLess() {
        recorded.receive(0, 0);
        long millis = 0;
        int sequence = 0;
        for (long wait : new long[] {50, 25, 13, 7, 5, 5}) {
            millis += 1000;
            sequence += 2;
            recorded.receive(millis, sequence); // the one before it is lost
            assertThat(tunnel.deadlineNanos()).isLessThanOrEqualTo((millis + wait) * MILLI);
            tunnel.onDeadline((millis + wait - 1) * MILLI);
            assertThat(events).as("after %d ms", wait - 1).doesNotContain("p" + sequence);
            tunnel.onDeadline((millis + wait) * MILLI);
            assertThat(events).as("after %d ms", wait).contains("p" + sequence);
        }
        recorded.receive(millis + 20, sequence - 1);
        assertThat(stats.duplicate).as("it was late, not lost").isEqualTo(1);
        recorded.receive(millis + 1000, sequence + 2);
        tunnel.onDeadline((millis + 1049) * MILLI);
        assertThat(events).as("all the time again").doesNotContain("p" + (sequence + 2));
        tunnel.onDeadline((millis + 1050) * MILLI);
        assertThat(events).contains("p" + (sequence + 2));
    }

    @Test
    void whatComesLateIsWaitedForFourTimesAsLong() {
        recorded.receive(0, 0);
        int sequence = 0;
        for (long millis = 1000; millis < 9000; millis += 1000) {
            sequence += 2;
            recorded.receive(millis, sequence);
            tunnel.onDeadline((millis + 50) * MILLI);
        }
        recorded.receive(10_000, sequence + 2);
        recorded.receive(10_004, sequence + 1); // after 4 ms
        recorded.receive(11_000, sequence + 4);
        tunnel.onDeadline(11_015 * MILLI);
        assertThat(events).doesNotContain("p" + (sequence + 4));
        tunnel.onDeadline(11_016 * MILLI);
        assertThat(events).contains("p" + (sequence + 4));
    }

    @Test
    void aPayloadBehindALongerWaitingOneGoesWithIt() {
        recorded.receive(0, 0, 4);
        recorded.receive(40, 2);
        tunnel.onDeadline(50 * MILLI);
        assertThat(events).containsExactly("p0", "p2", "p4");
    }

    @Test
    void withoutABufferGapsAreGivenUpAtOnce() {
        GreTunnel unbuffered = new GreTunnel(RecordedTunnel.config(0), recorded.output);
        for (int sequence : new int[] {0, 2, 1, 3}) {
            GrePackets.receive(unbuffered, GrePackets.payload(sequence, "p" + sequence), 0);
        }
        assertThat(events).containsExactly("p0", "p2", "p3");
        assertThat(unbuffered.stats().lost).isEqualTo(1);
        assertThat(unbuffered.stats().duplicate).isEqualTo(1);
    }

    @Test
    void aPeerThatCountsAnewIsFollowedAfterASilence() {
        recorded.receive(0, 3000, 3001);
        recorded.receive(999, 0, 1, 2, 3, 4);
        assertThat(events).as("this soon they are late ones").containsExactly("p3000", "p3001");
        recorded.receive(1001, 5);
        assertThat(events).containsExactly("p3000", "p3001", "p5");
        recorded.receive(1002, 6, 7);
        assertThat(events).containsExactly("p3000", "p3001", "p5", "p6", "p7");
    }

    /** On a quiet link there may be no other packet that proves itself for hours. */
    @Test
    void anAnswerOfThePeersShowsWhereItsNumbersAre() {
        recorded.receive(0, 0, 2, 999);
        assertThat(events).as("2 waits for 1").containsExactly("p0");
        recorded.receiveAnswer(1, 1000);
        recorded.receive(2, 1001, 1003, 1002, 1000, 3);
        assertThat(events).containsExactly("p0", "p2", "answer1000", "p1001", "p1002", "p1003");
        assertThat(stats.lost).as("1, and 3 to 999").isEqualTo(998);
        assertThat(stats.implausible).isEqualTo(1);
        assertThat(stats.delivered).isEqualTo(6);
        tunnel.batchEnd(2 * MILLI);
        assertThat(events).endsWith("> ack 1003");
    }

    @Test
    void anAnswerThatComesLateMovesNothingBack() {
        recorded.receive(0, 0, 1, 2);
        recorded.receiveAnswer(1, 1);
        recorded.receive(1, 2, 3);
        assertThat(events).containsExactly("p0", "p1", "p2", "p3");
    }

    /** One that comes before anything was proven says nothing of other packets: on a link without encryption none ever is. */
    @Test
    void anAnswerDoesNotMakeOthersNeedAProof() {
        recorded.receive(0, 0);
        recorded.receiveAnswer(0, 1000);
        recorded.receive(0, 1001, 1002);
        recorded.receive(1, 5000, 5001, 5002, 5003, 5004);
        assertThat(events).containsExactly("p0", "answer1000", "p1001", "p1002", "p5003", "p5004");
    }

    @Test
    void countsGoPastTheEndOfTheNumbers() {
        recorded.receive(0, -2, 0, -1, 1);
        assertThat(events).containsExactly("p4294967294", "p4294967295", "p0", "p1");
        tunnel.batchEnd(0);
        assertThat(events).endsWith("> ack 1");
    }

    // ---- what is dropped

    @Test
    void paddingIsNoPayload() {
        GrePackets.receive(tunnel, GrePackets.payload(0, "p0").writeZero(20), 0);
        assertThat(events).containsExactly("p0");
    }

    @Test
    void aNumberWithoutAPayloadCountsButDeliversNothing() {
        GrePackets.receive(tunnel, GrePackets.payload(0, ""), 0);
        recorded.receive(0, 1);
        tunnel.batchEnd(0);
        assertThat(events).containsExactly("p1", "> ack 1");
    }

    @Test
    void onlyThePeersPacketsOfThisCallAreTaken() {
        assertThat(GrePackets.receive(tunnel, GrePackets.payload(0, "x").setByte(15, 9), 0))
                .isEqualTo(GreDatagram.Result.FOREIGN);
        GrePackets.receive(tunnel, GrePackets.payload(0, "x").setShort(26, 0x3333), 0);
        assertThat(stats.foreignCall).isEqualTo(1);
        assertThat(GrePackets.receive(tunnel, GrePackets.payload(0, "x").setByte(9, 17), 0))
                .isEqualTo(GreDatagram.Result.MALFORMED);
        assertThat(GrePackets.receive(tunnel, Unpooled.EMPTY_BUFFER, 0)).isEqualTo(GreDatagram.Result.MALFORMED);
        GrePackets.receive(tunnel, GrePackets.payload(0, "x").setByte(21, 0), 0);
        GrePackets.receive(tunnel, GrePackets.payload(0, "x").setShort(24, 2), 0);
        tunnel.receive(Unpooled.EMPTY_BUFFER, -1, 0);
        assertThat(stats.malformed).isEqualTo(3);
        tunnel.batchEnd(0);
        assertThat(tunnel.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(events).isEmpty();
        assertThat(stats.received).isEqualTo(4);
    }
}
