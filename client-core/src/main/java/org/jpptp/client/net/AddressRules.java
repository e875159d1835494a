package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.net.AddressObjection.Kind;

/**
 * Which inner addresses are believed. A server may push any four octets; some of them would turn the host's own traffic,
 * or the tunnel's, into the tunnel.
 *
 * <p>{@code attached} are the networks that the host reaches without a router, where the tunnel interface will be: none
 * when it goes into a namespace of its own. An empty answer means that nothing speaks against the address.
 */
public final class AddressRules {
    private static final Map<Cidr, Kind> SPECIAL = Map.of(
            cidr("0.0.0.0/8"), Kind.THIS_NETWORK,
            cidr("127.0.0.0/8"), Kind.LOOPBACK,
            cidr("224.0.0.0/4"), Kind.MULTICAST,
            cidr("240.0.0.0/4"), Kind.RESERVED);

    private AddressRules() {}

    /** What speaks against the address that is to be ours: without it there is no tunnel. */
    public static Optional<AddressObjection> objectionToLocal(
            Inet4Address local, Inet4Address server, List<Cidr> attached) {
        if (local.equals(server)) {
            return Optional.of(new AddressObjection(local, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        return objection(local, attached);
    }

    /** What speaks against a route to the peer's inner address: the tunnel does without. */
    public static Optional<AddressObjection> objectionToRemote(
            Inet4Address remote, Inet4Address local, Inet4Address server, List<Cidr> attached) {
        if (remote.equals(server)) {
            return Optional.of(new AddressObjection(remote, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        if (remote.equals(local)) {
            return Optional.of(new AddressObjection(remote, Kind.OUR_INNER_ADDRESS, null));
        }
        return objection(remote, attached);
    }

    private static Optional<AddressObjection> objection(Inet4Address address, List<Cidr> attached) {
        for (Map.Entry<Cidr, Kind> special : SPECIAL.entrySet()) {
            if (special.getKey().contains(address)) {
                return Optional.of(new AddressObjection(address, special.getValue(), special.getKey()));
            }
        }
        return attached.stream()
                .filter(network -> network.contains(address))
                .findFirst()
                .map(network -> new AddressObjection(address, Kind.ATTACHED, network));
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
