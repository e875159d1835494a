package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.Routing;
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

    private static final Cidr LINK_LOCAL = cidr("169.254.0.0/16");
    /** Of RFC 1918, and of RFC 6598: nobody has one of these for the whole Internet. */
    private static final List<Cidr> PRIVATE =
            List.of(cidr("10.0.0.0/8"), cidr("100.64.0.0/10"), cidr("172.16.0.0/12"), cidr("192.168.0.0/16"));

    /** A network with a longer prefix has no address but those of hosts (RFC 3021). */
    private static final int MOST_WITH_BROADCAST = 30;

    /** Two addresses that begin with so many equal bits are neighbours, in the least of the networks that are common. */
    private static final int NEIGHBOURS = 24;

    private AddressRules() {}

    /**
     * What speaks against the address that is to be ours: without it there is no tunnel. A pool inside one of the host's own
     * networks does not, for two private networks often have the same numbers; a resolver or a router in use does, for what this
     * host sends to its own address never leaves it.
     */
    public static Optional<AddressObjection> objectionToLocal(
            Inet4Address local, Inet4Address server, Surroundings host) {
        if (local.equals(server)) {
            return Optional.of(new AddressObjection(local, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        return objection(local, host).or(() -> objectionOfNeed(local, host));
    }

    /**
     * Who else may have the address that is to be ours, and cannot be reached meanwhile: a warning, and no more. What the user
     * wants to reach through the tunnel is nobody else's.
     */
    public static Optional<AddressObjection> doubtOfLocal(Inet4Address local, Routing wanted, Surroundings host) {
        Optional<AddressObjection> routed = objectionOfRoute(local, host);
        if (routed.isPresent()
                || wanted.isFull()
                || wanted.networks().stream().anyMatch(route -> route.contains(local))
                || PRIVATE.stream().anyMatch(network -> network.contains(local))) {
            return routed;
        }
        return Optional.of(
                LINK_LOCAL.contains(local)
                        ? new AddressObjection(local, Kind.LINK_LOCAL, LINK_LOCAL)
                        : new AddressObjection(local, Kind.PUBLIC, null));
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
        if (host.own().contains(address)) {
            return Optional.of(new AddressObjection(address, Kind.OF_THIS_HOST, null));
        }
        return host.attached().stream()
                .filter(network -> network.prefix() <= MOST_WITH_BROADCAST)
                .filter(network -> address.equals(network.address()) || address.equals(network.last()))
                .findFirst()
                .map(network -> new AddressObjection(address, Kind.BROADCAST, network));
    }

    /** The host needs it where it is. */
    static Optional<AddressObjection> objectionOfUse(Inet4Address address, Surroundings host) {
        return objectionOfNeed(address, host).or(() -> objectionOfRoute(address, host));
    }

    private static Optional<AddressObjection> objectionOfNeed(Inet4Address address, Surroundings host) {
        if (host.resolvers().contains(address)) {
            return Optional.of(new AddressObjection(address, Kind.RESOLVER, null));
        }
        return host.isRouter(address)
                ? Optional.of(new AddressObjection(address, Kind.ROUTER, null))
                : Optional.empty();
    }

    private static Optional<AddressObjection> objectionOfRoute(Inet4Address address, Surroundings host) {
        return host.routeTo(address, NEIGHBOURS).map(network -> new AddressObjection(address, Kind.ROUTED, network));
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
