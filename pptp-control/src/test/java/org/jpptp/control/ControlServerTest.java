package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.control.ControlFailure.Cause;
import org.jpptp.control.ServerTable.State;
import org.jpptp.control.wire.CallClearRequest;
import org.jpptp.control.wire.CallDisconnectNotify;
import org.jpptp.control.wire.Hex;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;
import org.jpptp.control.wire.StopControlConnectionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTest {
    private static final OutgoingCallRequest CALL =
            new OutgoingCallRequest(0x4444, 1, 300, 100_000_000, 3, 3, 64, 0, "", "");

    private final Recorder recorder = new Recorder();

    @ParameterizedTest
    @CsvSource({"0, 5, false", "255, 5, false", "256, 1, true", "257, 1, true", "512, 1, true"})
    void versionsAreAnsweredWithOurs(int version, int result, boolean accepted) {
        ControlServer server = Machines.server(State.IDLE, recorder, 0);
        Machines.receive(server, new StartControlConnectionRequest(version, 3, 3, 0, 1, "", ""), 1);
        assertThat(recorder.sent)
                .isEqualTo(List.of(new StartControlConnectionReply(0x0100, result, 0, 3, 3, 1, 1, "here", "jpptp")));
        assertThat(recorder.ended() == null).isEqualTo(accepted);
    }

    @Test
    void aSecondCallIsRefusedAndTheFirstLives() {
        ControlServer server = Machines.server(State.CONNECTED, recorder, 0);
        Machines.receive(server, CALL, 1);
        assertThat(recorder.sent).isEqualTo(List.of(new OutgoingCallReply(0, 0x4444, 2, 4, 0, 0, 0, 0, 0)));
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void aClearedCallLeavesRoomForTheNext() {
        ControlServer server = Machines.server(State.CONNECTED, recorder, 0);
        Machines.receive(server, new CallClearRequest(Machines.CLIENT_CALL_ID), 1);
        assertThat(recorder.events).isEqualTo(List.of(new ControlEvent.CallEnded(ControlEvent.Side.CLIENT)));
        recorder.forget();
        Machines.receive(server, CALL, 2);
        assertThat(recorder.events)
                .hasOnlyElementsOfType(ControlEvent.CallConnected.class)
                .hasSize(1);
    }

    @Test
    void theServerCanDisconnectACall() {
        ControlServer server = Machines.server(State.CONNECTED, recorder, 0);
        server.disconnectCall(1, 1);
        server.disconnectCall(1, 1);
        assertThat(recorder.sent)
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        CallDisconnectNotify.class,
                        notify -> assertThat(notify.resultCode()).isEqualTo(1));
        assertThat(recorder.events).isEqualTo(List.of(new ControlEvent.CallEnded(ControlEvent.Side.SERVER)));
    }

    /** RFC 2637 §2.13 names the server's call id; some servers send the client's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDisconnectNamesTheCallOfEitherSide(boolean clients) {
        ServerTraits traits =
                clients ? ServerTraits.ACCEPTING.disconnectingByTheClientsCallId() : ServerTraits.ACCEPTING;
        ControlServer server =
                new ControlServer(Machines.CONFIG, traits, Machines.random(), id -> true, recorder, recorder);
        Machines.receive(server, new StartControlConnectionRequest(0x0100, 3, 3, 0, 7, "client", "jpptp"), 0);
        Machines.receive(server, CALL, 0);
        int servers = ((OutgoingCallReply) recorder.sent.get(1)).callId();
        server.disconnectCall(1, 1);
        assertThat(recorder.sent.get(2))
                .isInstanceOfSatisfying(
                        CallDisconnectNotify.class,
                        notify -> assertThat(notify.callId()).isEqualTo(clients ? CALL.callId() : servers));
    }

    @Test
    void closingDisconnectsStopsAndIsBounded() {
        ControlServer server = Machines.server(State.CONNECTED, recorder, 0);
        server.close(0);
        assertThat(recorder.sent.get(0)).isInstanceOf(CallDisconnectNotify.class);
        assertThat(recorder.sent.get(1)).isEqualTo(new StopControlConnectionRequest(3));
        server.onDeadline(server.deadlineNanos());
        assertThat(recorder.ended()).isEqualTo(new ControlFailure.Closed(ControlFailure.Ending.UNANSWERED));
    }

    @Test
    void aClientThatNeverStartsIsNotWaitedForForEver() {
        ControlServer server = Machines.server(State.IDLE, recorder, 0);
        server.receive(Hex.octets("009c"), 0);
        server.receive(Hex.octets("0001"), Machines.seconds(9));
        server.onDeadline(server.deadlineNanos());
        assertThat(recorder.ended())
                .isEqualTo(new ControlFailure.Unanswered(ControlFailure.Awaited.START, Duration.ofSeconds(10), 4));
    }

    @Test
    void garbageEndsIt() {
        ControlServer server = Machines.server(State.IDLE, recorder, 0);
        server.receive(Hex.octets("474554202f20485454502f312e310d0a"), 1);
        assertThat(recorder.ended()).isEqualTo(new ControlFailure.BrokenMessage("\"GET / HTTP/1.1\\x0d\\x0a\""));
    }

    @ParameterizedTest
    @CsvSource({"IDLE, LOST", "ESTABLISHED, LOST", "CONNECTED, LOST", "WAIT_STOP_REPLY, CLOSED"})
    void aTransportThatCloses(State state, Cause cause) {
        ControlServer server = Machines.server(state, recorder, 0);
        server.transportClosed(1);
        server.transportClosed(1);
        assertThat(recorder.events).hasSize(1);
        assertThat(recorder.ended()).extracting(ControlFailure::cause).isEqualTo(cause);
    }
}
