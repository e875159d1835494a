package org.jpptp.client.session;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * Has the host configured after what the link came to, and again when it comes to something else. The host makes one change
 * at a time; what was agreed on meanwhile is its next.
 */
final class HostSetup {
    /** A server that renegotiates more often than this keeps the host busy, and nothing more. */
    private static final int MOST_CHANGES = 50;

    private final SessionConfig config;
    private final ClientConfig client;
    private final SessionEdge edge;
    private final LinkReport report;
    private final SessionTrace trace;
    /** What the user was told already: a renegotiation is no reason to say it once more. */
    private final Set<String> warnings = new HashSet<>();

    private int ownMru;
    private int peerMru;
    private NetworkAgreement.Payload sent = NetworkAgreement.Payload.PLAIN;
    private NetworkAgreement.Payload received = NetworkAgreement.Payload.PLAIN;
    private PppEvent.@Nullable NetworkUp agreed;
    /** What the host is to look like. */
    private @Nullable NetworkPlan wanted;
    /** What it is being made to look like. */
    private @Nullable NetworkPlan asked;
    /** What it looks like. */
    private @Nullable NetworkPlan ready;

    private int changes;

    HostSetup(SessionConfig config, SessionEdge edge, LinkReport report, SessionTrace trace) {
        this.config = config;
        this.client = config.client();
        this.edge = edge;
        this.report = report;
        this.trace = trace;
    }

    /** Whether LCP was open before. */
    boolean linkWasOpen() {
        return peerMru != 0;
    }

    /** Whether addresses were agreed on before. */
    boolean wasAgreed() {
        return agreed != null;
    }

    /** What LCP came to: what we and the peer receive at most, in octets. Returns why the tunnel has to end. */
    Optional<Failure> receiveAtMost(int here, int there) {
        ownMru = here;
        peerMru = there;
        return agreed == null ? Optional.empty() : configure(agreed);
    }

    /** What CCP came to: what becomes of our datagrams, and of the peer's. */
    void settled(NetworkAgreement.Payload ours, NetworkAgreement.Payload peers) {
        sent = ours;
        received = peers;
    }

    /**
     * The largest datagram that passes both ways, in octets: a peer that encrypts has less room in our MRU than the interface
     * has, and who is behind it may never be told.
     */
    int fitsBothWays(NetworkPlan plan) {
        return Math.min(plan.mtu(), received.within(ownMru));
    }

    /** Addresses are agreed on. Returns why they cannot be used. */
    Optional<Failure> configure(PppEvent.NetworkUp network) {
        agreed = network;
        NetworkAgreement agreement = NetworkAgreement.of(
                client.network(),
                config.server(),
                edge.interfaceName(),
                network,
                peerMru,
                sent,
                client.network().isApart() ? Surroundings.NOTHING : edge.surroundings());
        return agreement.fold(this::configure, refused -> Optional.of(refused.failure()));
    }

    private Optional<Failure> configure(NetworkAgreement.Usable usable) {
        NetworkPlan before = wanted;
        NetworkPlan next = usable.plan();
        usable.warnings().stream().filter(warnings::add).forEach(report::warn);
        if (Objects.equals(before, next)) {
            return Optional.empty();
        }
        wanted = next;
        if ((before == null || before.mtu() != next.mtu())
                && next.mtu() < client.network().mtu()) {
            trace.note("MTU " + next.mtu() + " instead of " + client.network().mtu() + ": the server receives at most "
                    + peerMru + " octets, encryption included");
        }
        if (before != null && ++changes > MOST_CHANGES) {
            return Optional.of(NetworkDiagnosis.neverSettles(changes));
        }
        ask();
        return Optional.empty();
    }

    private void ask() {
        NetworkPlan next = wanted;
        if (asked == null && next != null && !Objects.equals(ready, next)) {
            asked = next;
            edge.configureHost(next);
        }
    }

    /**
     * The host looks as it was asked to. What was agreed on meanwhile is asked for now.
     *
     * @return whether it is the first time, and traffic may flow
     */
    boolean hostIsReady() {
        NetworkPlan now = asked;
        if (now == null) {
            return false;
        }
        NetworkPlan before = ready;
        ready = now;
        asked = null;
        ask();
        if (before != null) {
            report.changed(before, now);
        }
        return before == null;
    }

    /** What the host looks like; null before. */
    @Nullable
    NetworkPlan plan() {
        return ready;
    }
}
