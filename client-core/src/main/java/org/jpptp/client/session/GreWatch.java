package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.GRE_SILENCE;
import static org.jpptp.client.session.Deadlines.Timer.GRE_UNREACHABLE;

import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.Timing;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;

/** Tells soon that no GRE comes, and what ICMP said about ours. */
final class GreWatch {
    private final Timing timing;
    private final String server;
    private final Deadlines deadlines;
    private @Nullable IcmpError icmp;

    /**
     * @param server as the user knows it
     */
    GreWatch(Timing timing, String server, Deadlines deadlines) {
        this.timing = timing;
        this.server = server;
        this.deadlines = deadlines;
    }

    /** The call is accepted: from now on the server is expected to send. */
    void start(long now) {
        deadlines.set(GRE_SILENCE, now + timing.greSilence().toNanos());
    }

    void icmp(IcmpError error, long now) {
        icmp = error;
        if (error.isProtocolUnreachable() && deadlines.isSet(GRE_SILENCE) && !deadlines.isSet(GRE_UNREACHABLE)) {
            deadlines.set(GRE_UNREACHABLE, now + timing.unreachableGrace().toNanos());
        }
    }

    /** Empty while nothing speaks against GRE. */
    Optional<Failure> onDeadline(TunneledLink link, long now) {
        if (deadlines.expired(GRE_UNREACHABLE, now) && link.isSilent() && icmp != null) {
            return Optional.of(GreDiagnosis.unreachable(icmp, link.greStats(), server));
        }
        if (deadlines.expired(GRE_SILENCE, now) && link.isSilent()) {
            return Optional.of(GreDiagnosis.blocked(
                    link.greStats(), server, timing.greSilence().toSeconds(), icmp));
        }
        return Optional.empty();
    }
}
