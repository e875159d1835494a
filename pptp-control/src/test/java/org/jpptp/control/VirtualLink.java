package org.jpptp.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageText;

/**
 * A client and a server with 10 ms of wire between them, in virtual time. Does what an owner does: places the call when
 * the control connection is accepted, closes the transport when a machine ends. Writes a trace of all of it.
 */
final class VirtualLink {
    private static final long LATENCY = Machines.seconds(0.010);

    private record Event(long time, long order, Runnable action) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
    private final StringBuilder trace = new StringBuilder();
    final ControlConnection client;
    final ControlServer server;
    long now;
    private long order;

    VirtualLink(ControlConfig config, ServerTraits traits) {
        End clientEnd = new End("client");
        End serverEnd = new End("server");
        client = new ControlConnection(config, Machines.random(), clientEnd, clientEnd);
        server = new ControlServer(
                ControlConfig.standard("there"), traits, new SplittableRandom(7), id -> true, serverEnd, serverEnd);
    }

    void at(double seconds, Runnable action) {
        queue.add(new Event(Machines.seconds(seconds), order++, action));
    }

    /** Runs until nothing is left to happen before the given time. */
    String run(double seconds) {
        long end = Machines.seconds(seconds);
        while (true) {
            long next = queue.isEmpty() ? Long.MAX_VALUE : queue.peek().time();
            long wake = Math.min(client.deadlineNanos(), server.deadlineNanos());
            if (Math.min(next, wake) > end) {
                return trace.toString();
            }
            if (next <= wake) {
                now = next;
                queue.remove().action().run();
            } else {
                now = wake;
                client.onDeadline(now);
                server.onDeadline(now);
            }
        }
    }

    private void line(String who, String what) {
        trace.append(String.format(Locale.ROOT, "%7.3f %s %s%n", now / 1e9, who, what));
    }

    private final class End implements ControlOutput, ControlTrace {
        private final String name;

        End(String name) {
            this.name = name;
        }

        private boolean isClient() {
            return name.equals("client");
        }

        @Override
        public void send(ByteBuf octets) {
            ByteBuf copy = Unpooled.copiedBuffer(octets);
            later(() -> {
                if (isClient()) {
                    server.receive(copy, now);
                } else {
                    client.receive(copy, now);
                }
            });
        }

        @Override
        public void event(ControlEvent event, long now) {
            line(name, "event " + event);
            if (event instanceof ControlEvent.Ended) {
                later(() -> {
                    if (isClient()) {
                        server.transportClosed(now);
                    } else {
                        client.transportClosed(TransportEnd.CLOSED, now);
                    }
                });
            } else if (event instanceof ControlEvent.Accepted && isClient()) {
                client.placeCall(0x4A50, now);
            }
        }

        private void later(Runnable action) {
            queue.add(new Event(now + LATENCY, order++, action));
        }

        @Override
        public void sent(ControlMessage message, ByteBuf octets) {
            line(name, "sent [" + MessageText.describe(message) + "]");
        }

        @Override
        public void received(ControlMessage message, ByteBuf octets) {
            line(name, "rcvd [" + MessageText.describe(message) + "]");
        }

        @Override
        public void note(String why) {
            line(name, "note " + why);
        }
    }
}
