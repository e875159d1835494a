package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/** A client and a server, and a line that loses what a test says, in virtual time. */
final class ChapPair {
    private static final boolean TO_CLIENT = true;
    private static final long DELAY = 10_000_000L;

    private record InFlight(long at, int number, boolean toClient, ByteBuf packet) {}

    final Recorder clientSide = new Recorder();
    final Recorder serverSide = new Recorder();
    long now;

    private final PriorityQueue<InFlight> wire = new PriorityQueue<>(
            (a, b) -> a.at == b.at ? Integer.compare(a.number, b.number) : Long.compare(a.at, b.at));
    private int clientSent;
    private int serverSent;
    private int number;

    /**
     * Runs until nothing more happens.
     *
     * @param lost whether the packet of a number, counted over both directions, is lost
     */
    void run(Authentication client, Authentication server, IntPredicate lost) {
        for (int steps = 0; steps < 10_000; steps++) {
            clientSent = post(clientSide.sent, clientSent, !TO_CLIENT, lost);
            serverSent = post(serverSide.sent, serverSent, TO_CLIENT, lost);
            InFlight next = wire.peek();
            long wake = Math.min(client.deadlineNanos(), server.deadlineNanos());
            if (next == null && (wake == Long.MAX_VALUE || waitsForUser())) {
                return;
            }
            if (next != null && next.at <= wake) {
                wire.remove();
                now = next.at;
                (next.toClient ? client : server).receive(next.packet.duplicate(), now);
            } else {
                now = wake;
                client.onDeadline(now);
                server.onDeadline(now);
            }
        }
        throw new AssertionError("still not quiet");
    }

    private int asked;

    /** Whether the client has asked since this was last true. */
    private boolean waitsForUser() {
        boolean waits = clientSide.wanted.size() > asked;
        asked = clientSide.wanted.size();
        return waits;
    }

    private int post(List<ByteBuf> sent, int from, boolean toClient, IntPredicate lost) {
        for (ByteBuf packet : sent.subList(from, sent.size())) {
            if (!lost.test(number++)) {
                wire.add(new InFlight(now + DELAY, number, toClient, packet));
            }
        }
        return sent.size();
    }
}
