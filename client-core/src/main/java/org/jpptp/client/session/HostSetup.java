package org.jpptp.client.session;

import java.util.List;
import java.util.Optional;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** Has the host configured once, after what the link came to. */
final class HostSetup {
    private final SessionConfig config;
    private final ClientConfig client;
    private final SessionEdge edge;
    private final LinkReport report;
    private final SessionTrace trace;
    private int peerMru;
    private NetworkAgreement.Payload payload = NetworkAgreement.Payload.PLAIN;
    private PppEvent.@Nullable NetworkUp agreed;
    private @Nullable NetworkPlan plan;

    HostSetup(SessionConfig config, SessionEdge edge, LinkReport report, SessionTrace trace) {
        this.config = config;
        this.client = config.client();
        this.edge = edge;
        this.report = report;
        this.trace = trace;
    }

    /** What LCP came to: the peer's MRU, in octets. */
    void receivesAtMost(int octets) {
        peerMru = octets;
    }

    /** What CCP came to: what becomes of our datagrams. */
    void sends(NetworkAgreement.Payload datagrams) {
        payload = datagrams;
    }

    /** What the host was asked for; null before. */
    @Nullable
    NetworkPlan plan() {
        return plan;
    }

    /** The addresses are agreed on for the first time. Returns why they cannot be used. */
    Optional<Failure> configure(PppEvent.NetworkUp network) {
        agreed = network;
        NetworkAgreement agreement = NetworkAgreement.of(
                client.network(),
                config.server(),
                edge.interfaceName(),
                network,
                peerMru,
                payload,
                client.network().namespace() == null ? edge.attachedNetworks() : List.of());
        return agreement.fold(this::configure, refused -> Optional.of(refused.failure()));
    }

    private Optional<Failure> configure(NetworkAgreement.Usable usable) {
        NetworkPlan wanted = usable.plan();
        plan = wanted;
        usable.warnings().forEach(report::warn);
        if (wanted.mtu() < client.network().mtu()) {
            trace.note("MTU " + wanted.mtu() + " instead of " + client.network().mtu()
                    + ": the server receives at most " + peerMru + " octets, encryption included");
        }
        edge.configureHost(wanted);
        return Optional.empty();
    }

    /** Addresses are agreed on again. Returns why that ends the tunnel, where they are others. */
    Optional<Failure> renegotiated(PppEvent.NetworkUp network) {
        return network.equals(agreed) ? Optional.empty() : Optional.of(NetworkAgreement.changed(agreed, network));
    }
}
