package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.ControlFailure.Cause;
import org.jpptp.control.wire.EchoReply;
import org.jpptp.control.wire.EchoRequest;
import org.jpptp.control.wire.Samples;
import org.jpptp.control.wire.SetLinkInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keep-alive of RFC 2637 §3.1.4 in virtual time, whose origin does not matter. */
class EchoTest {
    private static final int FLOOD = 1_000_000;

    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MAX_VALUE - 30_000_000_000L, Long.MIN_VALUE, -1})
    void asksAfterSixtySecondsOfSilenceAndGivesUpAfterSixtyMore(long start) {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, start);
        assertThat(client.deadlineNanos() - start).isEqualTo(Machines.seconds(60));
        client.onDeadline(start + Machines.seconds(59.9));
        assertThat(recorder.sent).isEmpty();

        client.onDeadline(start + Machines.seconds(60));
        assertThat(recorder.sent).hasOnlyElementsOfType(EchoRequest.class).hasSize(1);
        assertThat(client.deadlineNanos() - start).isEqualTo(Machines.seconds(120));
        client.onDeadline(start + Machines.seconds(119.9));
        assertThat(recorder.events).isEmpty();

        client.onDeadline(start + Machines.seconds(121));
        assertThat(recorder.ended())
                .isEqualTo(new ControlFailure.EchoLost(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAnswerStartsTheSilenceAnew() {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, 0);
        for (int minute = 1; minute <= 100; minute++) {
            client.onDeadline(Machines.seconds(60 * minute));
            EchoRequest request = (EchoRequest) recorder.sent.get(minute - 1);
            Machines.receive(client, new EchoReply(request.identifier(), 1, 0), Machines.seconds(60 * minute));
        }
        assertThat(recorder.sent).hasSize(100).doesNotHaveDuplicates();
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void aPeerThatTalksButNeverAnswersIsAlive() {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, 0);
        client.onDeadline(Machines.seconds(60));
        Machines.receive(client, new SetLinkInfo(1, 0, 0), Machines.seconds(100));
        client.onDeadline(Machines.seconds(120));
        assertThat(recorder.events).isEmpty();
        assertThat(client.deadlineNanos()).isEqualTo(Machines.seconds(160));
    }

    @Test
    void theServerAsksToo() {
        ControlServer server = Machines.server(ServerTable.State.CONNECTED, recorder, 0);
        server.onDeadline(Machines.seconds(60));
        assertThat(recorder.sent).hasOnlyElementsOfType(EchoRequest.class).hasSize(1);
        server.onDeadline(Machines.seconds(120));
        assertThat(recorder.ended()).extracting(ControlFailure::cause).isEqualTo(Cause.LOST);
    }

    @Test
    void theIdentifierComesBack() {
        ControlConnection client = Machines.client(State.WAIT_REPLY, recorder, 0);
        Machines.receive(client, new EchoRequest(0xFFFFFFFFL), 1);
        assertThat(recorder.sent).isEqualTo(List.of(new EchoReply(0xFFFFFFFFL, 1, 0)));
    }

    @Test
    void aMillionEchoesAreAnsweredOneByOneWithoutGrowth() {
        int[] answers = new int[1];
        ControlOutput output = new ControlOutput() {
            @Override
            public void send(ByteBuf octets) {
                answers[0]++;
            }

            @Override
            public void event(ControlEvent event, long now) {}
        };
        ControlConnection client = new ControlConnection(Machines.CONFIG, Machines.random(), output, ControlTrace.NONE);
        client.open(0);
        Machines.receive(client, Machines.START_REPLY, 0);
        ByteBuf flood = Unpooled.buffer();
        for (int i = 0; i < 1000; i++) {
            flood.writeBytes(Samples.encode(new EchoRequest(i)));
        }
        answers[0] = 0;
        flood(client, flood);
        System.gc();
        long before = used();
        for (int i = 1; i < FLOOD / 1000; i++) {
            flood(client, flood);
        }
        System.gc();
        assertThat(answers[0]).isEqualTo(FLOOD);
        assertThat(used() - before).isLessThan(4 << 20);
    }

    private static void flood(ControlConnection client, ByteBuf flood) {
        client.receive(flood.readerIndex(0), 1);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
