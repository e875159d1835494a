package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.Optional;
import org.jpptp.client.net.AddressObjection.Kind;

/** Which addresses a tunnel leads to, and which it must not be made to lead to for a server's sake. */
record Reach(NetworkPlan plan, Surroundings host) {
    /** Whether the tunnel leads there without more. */
    boolean isCovered(Inet4Address address) {
        return plan.routing().isFull()
                || address.equals(plan.remote())
                || plan.routes().stream().anyMatch(route -> route.contains(address));
    }

    /** What speaks against asking a name server that a peer has named: a route to it is made where there is none. */
    Optional<AddressObjection> objection(Inet4Address server) {
        if (server.equals(plan.server())) {
            return Optional.of(new AddressObjection(server, Kind.OUTER_ADDRESS_OF_SERVER, null));
        }
        if (server.equals(plan.local())) {
            return Optional.of(new AddressObjection(server, Kind.OUR_INNER_ADDRESS, null));
        }
        return AddressRules.objection(server, host)
                .or(() -> isCovered(server) ? Optional.empty() : AddressRules.objectionOfUse(server, host));
    }
}
