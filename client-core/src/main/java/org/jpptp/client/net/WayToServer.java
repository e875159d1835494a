package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.Optional;
import java.util.Set;

/**
 * How a host reaches a server beside a tunnel to it.
 *
 * @param route the narrowest that leads there, the first of its like; empty for none. A route for the server alone does not
 *     count: tunnels make it, of the others
 * @param own the host's addresses
 */
public record WayToServer(Optional<Surroundings.Route> route, Set<Inet4Address> own) {
    private static final int HOST = 32;

    /**
     * Finds it.
     *
     * @param tunnel the interface of the tunnel, whose routes do not count
     */
    public static WayToServer of(Inet4Address server, String tunnel, Surroundings host) {
        Surroundings.Route narrowest = null;
        for (Surroundings.Route route : host.routes()) {
            int prefix = route.network().prefix();
            if (!route.interfaceName().equals(tunnel)
                    && prefix < HOST
                    && route.network().contains(server)
                    && (narrowest == null || prefix > narrowest.network().prefix())) {
                narrowest = route;
            }
        }
        return new WayToServer(Optional.ofNullable(narrowest), host.own());
    }

    /**
     * Whether what went by the way of before may not go any more: it is another, or an address is gone that packets may have
     * carried.
     */
    public boolean differsFrom(WayToServer before) {
        return !route.equals(before.route) || !own.containsAll(before.own);
    }
}
