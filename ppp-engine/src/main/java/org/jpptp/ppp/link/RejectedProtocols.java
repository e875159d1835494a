package org.jpptp.ppp.link;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.Deadlines;

/** The protocols of the peer that we have rejected lately: a peer that insists on one ends the link soon after. */
final class RejectedProtocols {
    private static final Duration SOON = Duration.ofSeconds(5);
    /** More than a peer has that wants something of us; they are told in a sentence. */
    private static final int MOST = 8;

    private final Set<Integer> protocols = new LinkedHashSet<>();
    /** When to forget them all. */
    private long forgottenAt = Deadlines.NEVER;

    /** One of them was rejected, by its PPP number. */
    void add(int protocol, long now) {
        if (Deadlines.passed(forgottenAt, now)) {
            protocols.clear();
        }
        if (protocols.size() < MOST) {
            protocols.add(protocol);
        }
        forgottenAt = Deadlines.after(SOON, now);
    }

    /** Those that count. */
    List<Integer> recent(long now) {
        return Deadlines.passed(forgottenAt, now) ? List.of() : List.copyOf(protocols);
    }
}
