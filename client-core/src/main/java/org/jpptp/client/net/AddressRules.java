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
 * <p>{@link Surroundings} are those of the tunnel interface: nothing when it goes into a namespace of its own. An empty
 * answer means that nothing speaks against the address.
 */
public final class AddressRules {
    private static final Map<Cidr, Kind> SPECIAL = Map.of(
            cidr("0.0.0.0/8"), Kind.THIS_NETWORK,
            cidr("127.0.0.0/8"), Kind.LOOPBACK,
            cidr("224.0.0.0/4"), Kind.MULTICAST,
            cidr("240.0.0.0/4"), Kind.RESERVED);

    /** Two addresses that begin with so many equal bits are neighbours, in the least of the networks that are common. */
    private static final int NEIGHBOURS = 24;

    private AddressRules() {}

    /**
     * What speaks against the address that is to be ours: without it there is no tunnel. A pool inside one of the host's own
     * networks does not, for two private networks often have the same numbers.
     */
    public static Optional<AddressObjection> objectionToLocal(
            Inet4Address local, Inet4Address server, Surroundings host) {
        if (local.equals(server)) {
            return Optional.of(new AddressObjection(local, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        return objection(local, host);
    }

    /**
     * What speaks against a route to the peer's inner address: the tunnel does without. Nothing but the server says that it
     * is its own, so that it has to be near ours, or in a network that the user wants to reach through the tunnel.
     *
     * @param routes the user's
     */
    public static Optional<AddressObjection> objectionToRemote(
            Inet4Address remote, Inet4Address local, Inet4Address server, List<Cidr> routes, Surroundings host) {
        if (remote.equals(server)) {
            return Optional.of(new AddressObjection(remote, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        if (remote.equals(local)) {
            return Optional.of(new AddressObjection(remote, Kind.OUR_INNER_ADDRESS, null));
        }
        return objection(remote, host)
                .or(() -> objectionOfUse(remote, host))
                .or(() -> Cidr.around(local, NEIGHBOURS).contains(remote)
                                || routes.stream().anyMatch(route -> route.contains(remote))
                        ? Optional.empty()
                        : Optional.of(new AddressObjection(remote, Kind.FAR, null)));
    }

    /** What speaks against any use of an address, whoever names it. */
    static Optional<AddressObjection> objection(Inet4Address address, Surroundings host) {
        for (Map.Entry<Cidr, Kind> special : SPECIAL.entrySet()) {
            if (special.getKey().contains(address)) {
                return Optional.of(new AddressObjection(address, special.getValue(), special.getKey()));
            }
        }
        return host.own().contains(address)
                ? Optional.of(new AddressObjection(address, Kind.OF_THIS_HOST, null))
                : Optional.empty();
    }

    /** The host needs it where it is. */
    static Optional<AddressObjection> objectionOfUse(Inet4Address address, Surroundings host) {
        if (host.resolvers().contains(address)) {
            return Optional.of(new AddressObjection(address, Kind.RESOLVER, null));
        }
        if (host.isRouter(address)) {
            return Optional.of(new AddressObjection(address, Kind.ROUTER, null));
        }
        return host.routeTo(address, NEIGHBOURS).map(network -> new AddressObjection(address, Kind.ROUTED, network));
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
