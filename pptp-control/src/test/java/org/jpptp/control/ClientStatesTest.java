package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageType;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.Samples;
import org.junit.jupiter.api.Test;

/** The total table: what a client sends, tells and becomes for every message in every state. */
class ClientStatesTest {
    @Test
    void everyMessageInEveryStateHasItsOutcome() {
        StringBuilder table = new StringBuilder();
        for (State state : State.values()) {
            table.append(state.name().toLowerCase(Locale.ROOT)).append('\n');
            for (MessageType type : MessageType.values()) {
                Recorder recorder = new Recorder();
                ControlConnection client = Machines.client(state, recorder, 0);
                ControlMessage message = sample(type, client);
                Machines.receive(client, message, 1);
                table.append(String.format("  %-32s %s%n", type.rfcName(), outcome(recorder)));
            }
        }
        Golden.check("client-states.txt", table.toString());
    }

    /** A message as a server sends it that accepts. */
    private static ControlMessage sample(MessageType type, ControlConnection client) {
        return switch (type) {
            case START_CONTROL_CONNECTION_REPLY -> Machines.START_REPLY;
            case OUTGOING_CALL_REPLY -> Machines.callReply(client, 1, 0, 0);
            default -> Samples.of(type);
        };
    }

    static String outcome(Recorder recorder) {
        List<String> outcome = new ArrayList<>();
        recorder.sent.forEach(sent -> outcome.add("sends " + sent.type().rfcName()));
        recorder.events.forEach(event -> outcome.add(
                event instanceof ControlEvent.Ended ended
                        ? ended.failure().cause() + ": " + ended.failure()
                        : event.getClass().getSimpleName()));
        if (!recorder.notes.isEmpty()) {
            outcome.add(recorder.notes.get(0).endsWith("ignored") ? "ignored" : "noted");
        }
        return outcome.isEmpty() ? "-" : String.join("; ", outcome);
    }

    @Test
    void callRepliesForAnotherCallAreNotTaken() {
        Recorder recorder = new Recorder();
        ControlConnection client = Machines.client(State.WAIT_REPLY, recorder, 0);
        for (int id = 0; id <= 0xFFFF; id++) {
            if (id != client.localCallId()) {
                Machines.receive(client, new OutgoingCallReply(1, id, 1, 0, 0, 0, 0, 0, 0), 1);
            }
        }
        assertThat(recorder.events).isEmpty();
        Machines.receive(client, Machines.callReply(client, 1, 0, 0), 2);
        assertThat(recorder.events).hasSize(1);
    }
}
