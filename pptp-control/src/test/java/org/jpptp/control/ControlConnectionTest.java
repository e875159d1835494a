package org.jpptp.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.ControlFailure.Cause;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.Hex;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.Samples;
import org.jpptp.control.wire.SetLinkInfo;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ControlConnectionTest {
    private final Recorder recorder = new Recorder();

    private void endsWith(Cause cause, ControlFailure expected) {
        assertThat(recorder.ended()).isEqualTo(expected);
        assertThat(expected.cause()).isEqualTo(cause);
    }

    @Test
    void theCallIsAskedForAsWindowsDoes() {
        ControlConnection client = Machines.client(State.WAIT_CTL_REPLY, recorder, 0);
        Machines.receive(client, Machines.START_REPLY, 1);
        assertThat(recorder.events).isEqualTo(List.of(new ControlEvent.Accepted("there", "linux", 7)));
        client.placeCall(0x4A50, 2);
        OutgoingCallRequest request = (OutgoingCallRequest) recorder.sent.get(0);
        assertThat(request)
                .isEqualTo(new OutgoingCallRequest(
                        client.localCallId(), request.serialNumber(), 300, 100_000_000, 3, 3, 64, 0, "", ""));
        Machines.receive(client, Machines.callReply(client, 1, 0, 0), 3);
        assertThat(recorder.sent.get(1)).isEqualTo(new SetLinkInfo(0x7800, 0xFFFFFFFFL, 0xFFFFFFFFL));
        assertThat(recorder.events.get(1))
                .isEqualTo(new ControlEvent.CallConnected(client.localCallId(), 0x7800, 10_000_000, 16));
        client.linkEstablished(4);
        assertThat(recorder.sent).hasSize(3).last().isEqualTo(recorder.sent.get(1));
    }

    @Test
    void setLinkInfoCanBeSwitchedOff() {
        ControlConnection client =
                new ControlConnection(Machines.withSetLinkInfo(false), Machines.random(), recorder, recorder);
        client.open(0);
        Machines.receive(client, Machines.START_REPLY, 0);
        client.placeCall(0x4A50, 0);
        Machines.receive(client, Machines.callReply(client, 1, 0, 0), 0);
        client.linkEstablished(0);
        assertThat(recorder.sent).hasSize(2).noneMatch(SetLinkInfo.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 4 | 0100 | CONTROL_REFUSED
            3 | 0 | 0100 | ALREADY_CONNECTED
            4 | 0 | 0100 | CONTROL_REFUSED
            5 | 0 | 0100 | CONTROL_REFUSED
            9 | 0 | 0100 | CONTROL_REFUSED
            1 | 0 | 0200 | CONTROL_REFUSED
            0 | 0 | 00ff | CONTROL_REFUSED
            """)
    void refusedStarts(int result, int error, String version, Cause cause) {
        ControlConnection client = Machines.client(State.WAIT_CTL_REPLY, recorder, 0);
        int protocolVersion = Integer.parseInt(version, 16);
        Machines.receive(
                client, new StartControlConnectionReply(protocolVersion, result, error, 0, 0, 0, 0, "", ""), 1);
        endsWith(cause, new ControlFailure.StartRefused(result, error, protocolVersion, 0x0100));
        if (protocolVersion != 0x0100) {
            assertThat(recorder.sent).isEqualTo(List.of(new StopControlConnectionRequest(2)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 6 | 0
            3 | 0 | 27
            4 | 0 | 17
            7 | 0 | 0
            0 | 0 | 0
            """)
    void refusedCalls(int result, int error, int cause) {
        ControlConnection client = Machines.client(State.WAIT_REPLY, recorder, 0);
        Machines.receive(client, Machines.callReply(client, result, error, cause), 1);
        endsWith(Cause.CALL_REFUSED, new ControlFailure.CallRefused(result, error, cause));
        assertThat(recorder.sent).isEqualTo(List.of(new StopControlConnectionRequest(1)));
    }

    @Test
    void aDisconnectTellsItsStatisticsEscaped() {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, 0);
        Machines.receive(client, new CallDisconnectNotify(0xFFFF, 2, 6, 16, "rx=1\r\n\u001b[2J"), 1);
        endsWith(
                Cause.PEER_ENDED,
                new ControlFailure.Disconnected(ControlFailure.Phase.UP, 2, 6, 16, "\"rx=1\\x0d\\x0a\\x1b[2J\""));
    }

    @Test
    void whatIsNotPptpIsARefusalAtFirstAndAnErrorLater() {
        ByteBuf banner = Unpooled.copiedBuffer("SSH-2.0-OpenSSH_9.2\r\n", US_ASCII);
        Machines.client(State.WAIT_CTL_REPLY, recorder, 0).receive(banner.duplicate(), 1);
        endsWith(
                Cause.CONTROL_REFUSED,
                new ControlFailure.NotPptp(ControlFailure.Phase.SETTING_UP, "\"SSH-2.0-OpenSSH_9.2\\x0d\\x0a\""));
        recorder.forget();
        Machines.client(State.CONNECTED, recorder, 0).receive(banner.duplicate(), 1);
        endsWith(
                Cause.PROTOCOL_ERROR,
                new ControlFailure.NotPptp(ControlFailure.Phase.UP, "\"SSH-2.0-OpenSSH_9.2\\x0d\\x0a\""));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"IDLE", "ENDED"},
            mode = EnumSource.Mode.EXCLUDE)
    void malformedLengthsEndIt(State state) {
        ControlConnection client = Machines.client(state, recorder, 0);
        client.receive(Hex.octets("ffff 0001 1a2b3c4d 0005 0000"), 1);
        endsWith(
                Cause.PROTOCOL_ERROR,
                new ControlFailure.BrokenMessage("Echo-Request with length 65535 where it has 16"));
        assertThat(recorder.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IDLE            | CONTROL_REFUSED | WAITING_FOR_START_REPLY
            WAIT_CTL_REPLY  | CONTROL_REFUSED | WAITING_FOR_START_REPLY
            ESTABLISHED     | LOST            | BEFORE_CALL
            WAIT_REPLY      | CALL_REFUSED    | WAITING_FOR_CALL_REPLY
            CONNECTED       | LOST            | CALL
            WAIT_DISCONNECT | CLOSED          |
            WAIT_STOP_REPLY | CLOSED          |
            """)
    void aTransportThatCloses(State state, Cause cause, ControlFailure.@Nullable Stage stage) {
        ControlConnection client = Machines.client(state, recorder, 0);
        client.transportClosed(TransportEnd.CLOSED, 1);
        endsWith(
                cause,
                stage == null
                        ? new ControlFailure.Closed(ControlFailure.Ending.PEER_HUNG_UP)
                        : new ControlFailure.TransportLost(stage, 0, TransportEnd.CLOSED));
        client.transportClosed(TransportEnd.CLOSED, 2);
        client.close(2);
        client.onDeadline(Machines.seconds(1000));
        assertThat(recorder.events).hasSize(1);
        assertThat(recorder.sent).isEmpty();
    }

    @Test
    void aTransportThatClosesInsideAMessageSaysSo() {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, 0);
        client.receive(Samples.encode(Machines.START_REPLY).copy(0, 100), 1);
        client.transportClosed(TransportEnd.CLOSED, 1);
        endsWith(Cause.LOST, new ControlFailure.TransportLost(ControlFailure.Stage.CALL, 100, TransportEnd.CLOSED));
    }

    @Test
    void closingIsBoundedWhateverTheServerDoes() {
        ControlConnection client = Machines.client(State.CONNECTED, recorder, 0);
        client.close(0);
        client.onDeadline(client.deadlineNanos());
        client.onDeadline(client.deadlineNanos());
        endsWith(Cause.CLOSED, new ControlFailure.Closed(ControlFailure.Ending.UNANSWERED));
        assertThat(client.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void commandsOutOfStateHaveNoEffect() {
        for (State state : State.values()) {
            ControlConnection client = Machines.client(state, recorder, 0);
            if (state != State.IDLE) {
                client.open(1);
            }
            if (state != State.ESTABLISHED) {
                client.placeCall(0x4A50, 1);
            }
            if (state != State.CONNECTED) {
                client.linkEstablished(1);
            }
            client.onDeadline(1);
            assertThat(recorder.sent).as("%s", state).isEmpty();
            assertThat(recorder.events).as("%s", state).isEmpty();
        }
    }

    @Test
    void aClosedClientReadsNothing() {
        ControlConnection client = Machines.client(State.ENDED, recorder, 0);
        client.receive(Unpooled.copiedBuffer("garbage garbage garbage", US_ASCII), 1);
        assertThat(recorder.notes).isEmpty();
    }
}
