package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.GRE_LOOK;
import static org.jpptp.client.session.Deadlines.Timer.GRE_SILENCE;
import static org.jpptp.client.session.Deadlines.Timer.GRE_UNREACHABLE;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.Timing;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;

/** Tells soon that no GRE comes, what ICMP said about ours, and where else GRE for us has come to. */
final class GreWatch {
    /** A server that is there has sent something by then: whoever hears nothing looks beside the socket. */
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
    /** ICMP has to be said twice, of packets so far apart: a server opens its socket in between, a forger guesses once. */
    private static final long APART_NANOS = Duration.ofSeconds(1).toNanos();

    private final Timing timing;
    private final String server;
    private final Inet4Address address;
    private final SessionEdge edge;
    private final Deadlines deadlines;
    private int localCallId = -1;
    private int peerCallId = -1;
    /** The last of all. */
    private @Nullable IcmpError icmp;
    /** The first that the server itself has sent about a packet of this call. */
    private @Nullable IcmpError refusal;

    private long refusedNanos;
    private boolean confirmed;
    private boolean heard;
    private GreArrivals arrivals = GreArrivals.NONE;

    /**
     * @param server as the user knows it
     * @param address where it was found
     */
    GreWatch(Timing timing, String server, Inet4Address address, SessionEdge edge, Deadlines deadlines) {
        this.timing = timing;
        this.server = server;
        this.address = address;
        this.edge = edge;
        this.deadlines = deadlines;
    }

    /** The call is accepted: from now on the server is expected to send. */
    void start(int localCall, int peerCall, long now) {
        localCallId = localCall;
        peerCallId = peerCall;
        deadlines.set(GRE_SILENCE, now + timing.greSilence().toNanos());
        deadlines.set(GRE_LOOK, now + LOOK_NANOS);
    }

    /** Nobody waits for GRE any more. */
    void stop() {
        arrivals.close();
        arrivals = GreArrivals.NONE;
    }

    /** Anybody may send one: it counts where it quotes what only the server and those on the way have seen. */
    void icmp(IcmpError error, long now) {
        icmp = error;
        if (!error.isProtocolUnreachable()
                || !error.quotes(peerCallId)
                || !error.offender().equals(address)) {
            return;
        }
        if (refusal == null) {
            refusal = error;
            refusedNanos = now;
            if (deadlines.isSet(GRE_SILENCE)) {
                deadlines.set(GRE_UNREACHABLE, now + timing.unreachableGrace().toNanos());
            }
        } else {
            confirmed |= now - refusedNanos >= APART_NANOS;
        }
    }

    /** Empty while nothing speaks against GRE. */
    Optional<Failure> onDeadline(TunneledLink link, long now) {
        if (deadlines.expired(GRE_LOOK, now) && link.isSilent()) {
            arrivals = edge.arrivals(localCallId);
        }
        if (deadlines.expired(GRE_UNREACHABLE, now) && confirmed && link.isSilent() && refusal != null) {
            return Optional.of(GreDiagnosis.unreachable(refusal, link.greStats(), server));
        }
        if (deadlines.expired(GRE_SILENCE, now)) {
            Map<Inet4Address, Integer> came = arrivals.bySource();
            stop();
            return link.isSilent() ? Optional.of(silence(link.greStats(), came)) : deafServer(link.greStats());
        }
        return Optional.empty();
    }

    /** LCP is open: the server hears us. */
    void heard() {
        heard = true;
    }

    /** It sends, and in all this time it has neither answered nor acknowledged anything. */
    private Optional<Failure> deafServer(GreStats stats) {
        return heard || stats.acknowledgementsReceived > 0
                ? Optional.empty()
                : Optional.of(GreDiagnosis.inwardsOnly(
                        stats, server, timing.greSilence().toSeconds()));
    }

    private Failure silence(GreStats stats, Map<Inet4Address, Integer> came) {
        long seconds = timing.greSilence().toSeconds();
        if (stats.receivedOfCall() == 0 && came.containsKey(address)) {
            return GreDiagnosis.droppedHere(stats, server, seconds);
        }
        Map<Inet4Address, Integer> others = new LinkedHashMap<>(came);
        others.remove(address);
        if (!others.isEmpty()) {
            return GreDiagnosis.fromElsewhere(
                    address, others.keySet().iterator().next(), others, seconds);
        }
        return refusal == null
                ? GreDiagnosis.blocked(stats, server, seconds, icmp)
                : GreDiagnosis.unreachable(refusal, stats, server);
    }
}
