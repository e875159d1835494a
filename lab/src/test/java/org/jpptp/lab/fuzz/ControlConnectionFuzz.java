package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jpptp.control.ControlConfig;
import org.jpptp.control.ControlConnection;
import org.jpptp.control.ControlEvent;
import org.jpptp.control.ControlOutput;
import org.jpptp.control.ControlServer;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.ServerTraits;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageText;
import org.jpptp.control.wire.MessageType;

/**
 * The control connection of a client or a server as a sequence of messages, octets, commands and time: first an octet
 * that chooses the side, then an octet for each step and what it takes.
 */
public final class ControlConnectionFuzz {
    private static final int STEPS = 128;
    private static final ControlConfig CONFIG = ControlConfig.standard("here");

    private ControlConnectionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        Recorder recorder = new Recorder();
        Machine machine = input.choice() ? server(input, recorder) : client(recorder);
        long now = 1_000_000_000L;
        for (int step = 0; step < STEPS && !input.isEmpty(); step++) {
            recorder.calls++;
            switch (input.below(10)) {
                case 0, 1, 2, 3, 4 -> machine.receive(Unpooled.wrappedBuffer(message(input)), now);
                case 5 -> machine.receive(Unpooled.wrappedBuffer(input.chunk()), now);
                case 6 -> now += Duration.ofMillis(input.number16()).toNanos();
                case 7 -> {
                    now = Math.max(now, machine.deadlineNanos() == Long.MAX_VALUE ? now : machine.deadlineNanos());
                    machine.onDeadline(now);
                }
                case 8 -> machine.command(input, now);
                default -> machine.onDeadline(now);
            }
        }
        machine.close(now);
        // Call-Clear and Stop each wait for their answers once, and the end of TCP is the last thing to happen.
        for (int wake = 0; wake < 4 && machine.deadlineNanos() != Long.MAX_VALUE; wake++) {
            now = Math.max(now, machine.deadlineNanos());
            machine.onDeadline(now);
        }
        kept(recorder.ended, "a connection that is closed ends in bounded time");
        kept(machine.deadlineNanos() == Long.MAX_VALUE, "nothing is waited for after the end");
    }

    /** A message with a right header; its type and the octets of its body are the input's. */
    static byte[] message(Input input) {
        MessageType[] types = MessageType.values();
        MessageType type = types[input.below(types.length)];
        byte[] body = input.chunk();
        byte[] message = new byte[type.length()];
        ByteBuf header = Unpooled.wrappedBuffer(message).writerIndex(0);
        header.writeShort(type.length()).writeShort(1).writeInt(0x1A2B3C4D).writeShort(type.code());
        System.arraycopy(body, 0, message, 10, Math.min(body.length, message.length - 10));
        return message;
    }

    /** What both sides have in common. */
    private interface Machine {
        void receive(ByteBuf octets, long now);

        void onDeadline(long now);

        long deadlineNanos();

        void command(Input input, long now);

        void close(long now);
    }

    private static Machine client(Recorder recorder) {
        ControlConnection client = new ControlConnection(CONFIG, new SplittableRandom(1), recorder, recorder);
        return new Machine() {
            @Override
            public void receive(ByteBuf octets, long now) {
                client.receive(octets, now);
            }

            @Override
            public void onDeadline(long now) {
                client.onDeadline(now);
            }

            @Override
            public long deadlineNanos() {
                return client.deadlineNanos();
            }

            @Override
            public void command(Input input, long now) {
                switch (input.below(5)) {
                    case 0 -> client.open(now);
                    case 1 -> client.placeCall(0x4A50, now);
                    case 2 -> client.linkEstablished(now);
                    case 3 -> client.close(now);
                    default -> client.transportClosed(TransportEnd.CLOSED, now);
                }
            }

            @Override
            public void close(long now) {
                client.close(now);
            }
        };
    }

    private static Machine server(Input input, Recorder recorder) {
        ServerTraits traits = new ServerTraits(input.below(6), input.below(8), 0, 0, !input.choice(), !input.choice());
        ControlServer server =
                new ControlServer(CONFIG, traits, new SplittableRandom(2), id -> true, recorder, recorder);
        return new Machine() {
            @Override
            public void receive(ByteBuf octets, long now) {
                server.receive(octets, now);
            }

            @Override
            public void onDeadline(long now) {
                server.onDeadline(now);
            }

            @Override
            public long deadlineNanos() {
                return server.deadlineNanos();
            }

            @Override
            public void command(Input choice, long now) {
                switch (choice.below(3)) {
                    case 0 -> server.disconnectCall(choice.octet(), now);
                    case 1 -> server.close(now);
                    default -> server.transportClosed(now);
                }
            }

            @Override
            public void close(long now) {
                server.close(now);
            }
        };
    }

    private static final class Recorder implements ControlOutput, ControlTrace {
        private int calls;
        private int sent;
        private long received;
        private boolean ended;

        @Override
        public void send(ByteBuf octets) {
            kept(!ended, "nothing is sent after the end");
            sent++;
            // Each message is answered by two at most, and each wake-up or command likewise.
            kept(sent <= 16 + 2 * (calls + received), "what is sent is bounded by what came");
        }

        @Override
        public void event(ControlEvent event, long now) {
            kept(!ended, "nothing is told after the end");
            ended = event instanceof ControlEvent.Ended;
        }

        @Override
        public void sent(ControlMessage message, ByteBuf octets) {
            MessageText.describe(message);
        }

        @Override
        public void received(ControlMessage message, ByteBuf octets) {
            received++;
            MessageText.describe(message);
        }

        @Override
        public void note(String why) {
            kept(why.length() <= 2000 && why.chars().allMatch(c -> c >= ' ' && c <= '~'), "a note is a printable line");
        }
    }
}
