package org.jpptp.client.net;

import java.util.List;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.Routing;

/** Which networks may be routed into a tunnel: none that the host reaches by a route of its own for the very same one. */
public final class RouteRules {
    /** No route of that many bits is looked at in pieces: it takes more than this many to cover everything. */
    private static final int MOST_BITS = 8;

    private RouteRules() {}

    /**
     * The route of the host's that one of the user's would take the place of, or be refused for. A full tunnel, and routes
     * with a metric of their own, have a place beside it.
     *
     * @param wanted the user's
     * @param host the tunnel interface aside
     */
    public static Optional<Surroundings.Route> conflict(Routing wanted, Surroundings host) {
        if (wanted.isFull() || wanted.metric() > 0) {
            return Optional.empty();
        }
        return host.routes().stream()
                .filter(route -> wanted.networks().contains(route.network()))
                .findFirst();
    }

    /** Whether routes lead everything into the tunnel, if only in pieces. */
    public static boolean coverEverything(List<Cidr> routes) {
        return cover(routes, 0, 0);
    }

    private static boolean cover(List<Cidr> routes, int bits, int prefix) {
        Cidr part = Cidr.around(Cidr.address(bits), prefix);
        if (routes.stream().anyMatch(route -> route.prefix() <= prefix && route.contains(part.address()))) {
            return true;
        }
        int half = Integer.MIN_VALUE >>> prefix; // the first bit behind the prefix
        return prefix < MOST_BITS && cover(routes, bits, prefix + 1) && cover(routes, bits | half, prefix + 1);
    }
}
