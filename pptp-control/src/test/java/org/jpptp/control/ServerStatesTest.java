package org.jpptp.control;

import java.util.Locale;
import org.jpptp.control.ServerTable.State;
import org.jpptp.control.wire.MessageType;
import org.jpptp.control.wire.Samples;
import org.junit.jupiter.api.Test;

/** The total table: what a server sends, tells and becomes for every message in every state. */
class ServerStatesTest {
    @Test
    void everyMessageInEveryStateHasItsOutcome() {
        StringBuilder table = new StringBuilder();
        for (State state : State.values()) {
            table.append(state.name().toLowerCase(Locale.ROOT)).append('\n');
            for (MessageType type : MessageType.values()) {
                Recorder recorder = new Recorder();
                ControlServer server = Machines.server(state, recorder, 0);
                Machines.receive(server, Samples.of(type), 1);
                table.append(String.format("  %-32s %s%n", type.rfcName(), ClientStatesTest.outcome(recorder)));
            }
        }
        Golden.check("server-states.txt", table.toString());
    }
}
