package org.jpptp.control;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jpptp.control.ClientTable.State;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.OutgoingCallReply;
import org.jpptp.control.wire.OutgoingCallRequest;
import org.jpptp.control.wire.Samples;
import org.jpptp.control.wire.StartControlConnectionReply;
import org.jpptp.control.wire.StartControlConnectionRequest;

/** Machines brought into a state. */
final class Machines {
    static final ControlConfig CONFIG = ControlConfig.standard("here");
    static final int SERVER_CALL_ID = 0x7800;
    static final int CLIENT_CALL_ID = 0x1111;
    static final StartControlConnectionReply START_REPLY =
            new StartControlConnectionReply(0x0100, 1, 0, 3, 3, 1, 7, "there", "linux");

    private Machines() {}

    static long seconds(double seconds) {
        return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    }

    static RandomGenerator random() {
        return new SplittableRandom(2637);
    }

    static ControlConfig withSetLinkInfo(boolean setLinkInfo) {
        return new ControlConfig("here", "jpptp", 1, 64, 100_000_000, setLinkInfo, ControlConfig.Waits.STANDARD);
    }

    static OutgoingCallReply callReply(ControlConnection client, int result, int error, int cause) {
        return new OutgoingCallReply(SERVER_CALL_ID, client.localCallId(), result, error, cause, 10_000_000, 16, 0, 0);
    }

    static void receive(ControlConnection client, ControlMessage message, long now) {
        client.receive(Samples.encode(message), now);
    }

    static void receive(ControlServer server, ControlMessage message, long now) {
        server.receive(Samples.encode(message), now);
    }

    /** A client at time {@code start}; what it did on the way is forgotten. */
    static ControlConnection client(State state, Recorder recorder, long start) {
        ControlConnection client = new ControlConnection(CONFIG, random(), recorder, recorder);
        if (state != State.IDLE) {
            client.open(start);
            switch (state) {
                case IDLE, WAIT_CTL_REPLY -> {}
                case ESTABLISHED -> accept(client, start);
                case WAIT_REPLY -> call(client, start);
                case CONNECTED -> connect(client, start);
                case WAIT_DISCONNECT -> {
                    connect(client, start);
                    client.close(start);
                }
                case WAIT_STOP_REPLY -> {
                    accept(client, start);
                    client.close(start);
                }
                case ENDED -> client.transportClosed(TransportEnd.CLOSED, start);
            }
        }
        recorder.forget();
        return client;
    }

    private static void accept(ControlConnection client, long start) {
        receive(client, START_REPLY, start);
    }

    private static void call(ControlConnection client, long start) {
        accept(client, start);
        client.placeCall(0x4A50, start);
    }

    private static void connect(ControlConnection client, long start) {
        call(client, start);
        receive(client, callReply(client, 1, 0, 0), start);
    }

    /** A server at time {@code start}; what it did on the way is forgotten. */
    static ControlServer server(ServerTable.State state, Recorder recorder, long start) {
        ControlServer server =
                new ControlServer(CONFIG, ServerTraits.ACCEPTING, random(), id -> true, recorder, recorder);
        if (state != ServerTable.State.IDLE) {
            receive(server, new StartControlConnectionRequest(0x0100, 3, 3, 0, 7, "client", "jpptp"), start);
        }
        if (state == ServerTable.State.CONNECTED) {
            receive(server, new OutgoingCallRequest(CLIENT_CALL_ID, 1, 300, 100_000_000, 3, 3, 64, 0, "", ""), start);
        } else if (state == ServerTable.State.WAIT_STOP_REPLY) {
            server.close(start);
        } else if (state == ServerTable.State.ENDED) {
            server.transportClosed(start);
        }
        recorder.forget();
        return server;
    }
}
