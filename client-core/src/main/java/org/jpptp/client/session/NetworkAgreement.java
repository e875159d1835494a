package org.jpptp.client.session;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jpptp.client.Failure;
import org.jpptp.client.Ipv6;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.diagnosis.NameDiagnosis;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.diagnosis.ProxyDiagnosis;
import org.jpptp.client.net.AddressObjection;
import org.jpptp.client.net.AddressRules;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.ppp.PppEvent;

/** What of the addresses that a peer named is believed, and how the host is to look after it. */
sealed interface NetworkAgreement {
    /**
     * The host may be made so.
     *
     * @param warnings for the user: what was left out, and why
     */
    record Usable(NetworkPlan plan, List<String> warnings) implements NetworkAgreement {
        @Override
        public <R> R fold(Function<Usable, R> usable, Function<Refused, R> refused) {
            return usable.apply(this);
        }
    }

    /** Our own address cannot be used. */
    record Refused(Failure failure) implements NetworkAgreement {
        @Override
        public <R> R fold(Function<Usable, R> usable, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }

    /** What the function of this case makes of it. */
    <R> R fold(Function<Usable, R> usable, Function<Refused, R> refused);

    /** What becomes of our datagrams. */
    enum Payload {
        PLAIN(0),
        /** Encrypted, compressed, or both: the header and the inner protocol field take of the peer's MRU. */
        CODED(4);

        private final int overhead;

        Payload(int octets) {
            overhead = octets;
        }

        /** The largest datagram that a receiver of so many octets can be sent. */
        int within(int mru) {
            return mru - overhead;
        }
    }

    /**
     * Judges the addresses.
     *
     * @param wanted what the user asked for
     * @param network what IPCP came to
     * @param peerMru what the peer receives at most, in octets
     * @param payload what becomes of our datagrams
     * @param host what else has addresses and routes where the interface will be
     */
    static NetworkAgreement of(
            NetworkSettings wanted,
            Inet4Address server,
            String interfaceName,
            PppEvent.NetworkUp network,
            int peerMru,
            Payload payload,
            Surroundings host) {
        Inet4Address local = network.local();
        Optional<AddressObjection> objection = AddressRules.objectionToLocal(local, server, host);
        if (objection.isPresent()) {
            return new Refused(NetworkDiagnosis.addressUnusable(objection.get()));
        }
        Inet4Address remote = network.remote();
        Optional<AddressObjection> doubt = remote == null
                ? Optional.empty()
                : AddressRules.objectionToRemote(remote, local, server, wanted.routes(), host);
        List<String> warnings = new ArrayList<>();
        if (!wanted.isApart()) {
            host.networkOf(local)
                    .map(own -> NetworkDiagnosis.withinOwnNetwork(local, own))
                    .or(() -> AddressRules.doubtOfLocal(local, wanted.routing(), host)
                            .map(NetworkDiagnosis::maybeAnothers))
                    .ifPresent(warnings::add);
        }
        doubt.ifPresent(why -> warnings.add(NetworkDiagnosis.notRouted(why)));
        int mtu = Math.min(wanted.mtu(), payload.within(peerMru));
        LinkLocalAddress ipv6 = network.ipv6() == null
                ? null
                : new LinkLocalAddress(network.ipv6().local());
        if (wanted.ipv6() != Ipv6.NONE && ipv6 == null) {
            warnings.add(NetworkDiagnosis.NO_IPV6);
        } else if (ipv6 != null && mtu < Ipv6.LEAST_MTU) {
            warnings.add(NetworkDiagnosis.mtuTooSmallForIpv6(Ipv6.LEAST_MTU, mtu));
            ipv6 = null;
        }
        NetworkPlan plan = new NetworkPlan(
                new NetworkPlan.Link(interfaceName, wanted.namespace(), mtu),
                new NetworkPlan.Addresses(local, doubt.isPresent() ? null : remote, ipv6),
                server,
                wanted.routing());
        NamePlan.Decision names = NamePlan.of(wanted.names(), network.dns(), plan, host);
        names.refused().forEach(why -> warnings.add(NameDiagnosis.notAsked(why)));
        if (wanted.names().isWanted()
                && network.dns().isEmpty()
                && !names.plan().isApplied()) {
            warnings.add(wanted.proxy() == null ? NameDiagnosis.NO_SERVER : ProxyDiagnosis.NO_NAME_SERVER);
        }
        return new Usable(plan.with(names.plan().withWins(network.wins())), warnings);
    }
}
