package org.jpptp.client.session;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.AddressRules;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.ppp.PppEvent;

/** What of the addresses that a peer named is believed, and how the host is to look after it. */
sealed interface NetworkAgreement {
    /**
     * The host may be made so.
     *
     * @param warnings for the user: what was left out, and why
     */
    record Usable(NetworkPlan plan, List<String> warnings) implements NetworkAgreement {}

    /** Our own address cannot be used. */
    record Refused(Failure failure) implements NetworkAgreement {}

    /** What MPPE takes of the peer's MRU: its header and the inner protocol field. */
    int MPPE_OCTETS = 4;

    /**
     * Judges the addresses.
     *
     * @param network what IPCP came to
     * @param peerMru what the peer receives at most, in octets
     * @param encrypted whether our datagrams are encrypted
     * @param attached networks that the host reaches without a router
     */
    static NetworkAgreement of(
            ClientConfig client,
            Inet4Address server,
            String interfaceName,
            PppEvent.NetworkUp network,
            int peerMru,
            boolean encrypted,
            List<Cidr> attached) {
        Inet4Address local = network.local();
        Optional<String> objection = AddressRules.objectionToLocal(local, server, attached);
        if (objection.isPresent()) {
            return new Refused(Failure.of(
                    FailureReason.ADDRESSES_REFUSED,
                    "The address that the server gives us cannot be used: " + objection.get() + ".",
                    "Change the address pool of the server, or keep the two networks apart with --namespace."));
        }
        Inet4Address remote = network.remote();
        Optional<String> doubt =
                remote == null ? Optional.empty() : AddressRules.objectionToRemote(remote, local, server, attached);
        NetworkPlan plan = new NetworkPlan(
                interfaceName,
                client.namespace(),
                Math.min(client.mtu(), peerMru - (encrypted ? MPPE_OCTETS : 0)),
                local,
                doubt.isPresent() ? null : remote,
                server,
                client.routes());
        return new Usable(
                plan,
                doubt.map(why -> List.of("The server's inner address is not routed into the tunnel: " + why + "."))
                        .orElse(List.of()));
    }
}
