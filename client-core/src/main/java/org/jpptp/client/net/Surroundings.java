package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * Where on a host a tunnel interface is, or is to be: what else has addresses and routes there at this moment.
 *
 * @param own addresses of the host's, whatever the interface and whether it is up: nobody else's traffic may go to them
 * @param attached networks that the host reaches without a router
 * @param resolvers the servers that names are looked up at
 * @param routes of the main table
 */
public record Surroundings(
        Set<Inet4Address> own, List<Cidr> attached, Set<Inet4Address> resolvers, List<Route> routes) {
    /** A network namespace in which there is nothing else. */
    public static final Surroundings NOTHING = new Surroundings(Set.of(), List.of(), Set.of(), List.of());

    /**
     * A route.
     *
     * @param router the next one, null where the network is on the link
     */
    public record Route(
            Cidr network, String interfaceName, @Nullable Inet4Address router) {
        /** Written out, as those of {@link Cidr} are. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Route route
                    && network.equals(route.network)
                    && interfaceName.equals(route.interfaceName)
                    && Objects.equals(router, route.router);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * network.hashCode() + interfaceName.hashCode()) + Objects.hashCode(router);
        }
    }

    public Surroundings {
        own = Set.copyOf(own);
        attached = List.copyOf(attached);
        resolvers = Set.copyOf(resolvers);
        routes = List.copyOf(routes);
    }

    /** The same but for servers that are asked for a tunnel's own sake. */
    public Surroundings withoutResolvers(Collection<Inet4Address> others) {
        Set<Inet4Address> rest = new HashSet<>(resolvers);
        rest.removeAll(Set.copyOf(others));
        return new Surroundings(own, attached, rest, routes);
    }

    /** The network of the host's that an address lies in; empty for none. */
    public Optional<Cidr> networkOf(Inet4Address address) {
        return attached.stream().filter(network -> network.contains(address)).findFirst();
    }

    /** Whether packets to others go there first. */
    boolean isRouter(Inet4Address address) {
        return routes.stream().anyMatch(route -> address.equals(route.router()));
    }

    /** The narrowest network with a route that an address lies in, where it has a prefix of so many bits at least. */
    Optional<Cidr> routeTo(Inet4Address address, int bits) {
        Cidr narrowest = null;
        for (Route route : routes) {
            Cidr network = route.network();
            if (network.prefix() >= Math.max(bits, narrowest == null ? 0 : narrowest.prefix())
                    && network.contains(address)) {
                narrowest = network;
            }
        }
        return Optional.ofNullable(narrowest);
    }
}
