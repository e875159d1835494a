package org.jpptp.client.probe;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.GreDiagnosis;
import org.jpptp.client.probe.ProbeReport.Gre;
import org.jpptp.client.probe.ProbeReport.Passage;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.IcmpError;
import org.jspecify.annotations.Nullable;

/** Tells whether GRE of a call passes, and where it does not, what speaks for whose fault. */
final class GreSilence {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LOOK = Duration.ofSeconds(2).toNanos();
    /** A server sends its first packet at once, and again after three seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private final Inet4Address server;
    private final int callId;
    private final int peerCallId;
    private final ProbeEdge edge;
    /** When to look at what comes for the call. */
    private long lookAt;
    /** When to take the silence for an answer. */
    private long endsAt;

    private GreArrivals arrivals = GreArrivals.NONE;
    private @Nullable IcmpError icmp;

    GreSilence(Inet4Address server, int callId, int peerCallId, ProbeEdge edge, long now) {
        this.server = server;
        this.callId = callId;
        this.peerCallId = peerCallId;
        this.edge = edge;
        lookAt = now + LOOK;
        endsAt = now + PATIENCE.toNanos();
    }

    void icmp(IcmpError error) {
        if (error.quotes(peerCallId)) {
            icmp = error;
        }
    }

    long deadlineNanos() {
        return Math.min(lookAt, endsAt);
    }

    /** Whether the time is over in which something should have come. */
    boolean isOver(Talk talk, long now) {
        boolean silent = !isHeardFrom(talk.stats()) || !talk.isHeard();
        if (silent && lookAt != NEVER && now - lookAt >= 0) {
            arrivals = edge.arrivals(server, callId);
        }
        lookAt = lookAt != NEVER && now - lookAt >= 0 ? NEVER : lookAt;
        boolean over = endsAt != NEVER && now - endsAt >= 0;
        endsAt = over ? NEVER : endsAt;
        return over && silent;
    }

    /** Nobody waits any more. */
    void stop() {
        lookAt = NEVER;
        endsAt = NEVER;
        arrivals.close();
        arrivals = GreArrivals.NONE;
    }

    private static boolean isHeardFrom(GreStats stats) {
        return stats.delivered > 0 || stats.acknowledgementsReceived > 0;
    }

    /** What there is to say of it by now. */
    Gre found(Talk talk) {
        GreStats stats = talk.stats();
        Map<Inet4Address, Integer> came = arrivals.bySource();
        return new Gre(passage(talk, came), stats.sent, stats.received, came);
    }

    private Passage passage(Talk talk, Map<Inet4Address, Integer> came) {
        if (isHeardFrom(talk.stats())) {
            return talk.isHeard() ? Passage.BOTH_WAYS : Passage.INWARDS_ONLY;
        }
        if (talk.stats().receivedOfCall() == 0 && came.containsKey(server)) {
            return Passage.DROPPED_HERE;
        }
        if (came.keySet().stream().anyMatch(source -> !source.equals(server))) {
            return Passage.FROM_ELSEWHERE;
        }
        return icmp != null && icmp.isProtocolUnreachable() && icmp.offender().equals(server)
                ? Passage.UNREACHABLE
                : Passage.BLOCKED;
    }

    /** Why a tunnel would fail; null where GRE passes. */
    @Nullable
    Failure failure(Talk talk, String name) {
        Gre found = found(talk);
        long seconds = PATIENCE.toSeconds();
        return switch (found.passage()) {
            case INWARDS_ONLY -> GreDiagnosis.inwardsOnly(talk.stats(), name, seconds);
            case BLOCKED -> GreDiagnosis.blocked(talk.stats(), name, seconds, icmp);
            case DROPPED_HERE -> GreDiagnosis.droppedHere(talk.stats(), name, seconds);
            case FROM_ELSEWHERE -> {
                Map<Inet4Address, Integer> others = new LinkedHashMap<>(found.sources());
                others.remove(server);
                yield GreDiagnosis.fromElsewhere(
                        server, others.keySet().iterator().next(), others, seconds);
            }
            case UNREACHABLE ->
                icmp == null
                        ? GreDiagnosis.blocked(talk.stats(), name, seconds, null)
                        : GreDiagnosis.unreachable(icmp, talk.stats(), name);
            case NOT_TRIED, NOT_ALLOWED, BOTH_WAYS, FORBIDDEN -> null;
        };
    }
}
