package org.jpptp.lab.host;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.net.Surroundings;
import org.jpptp.lab.simulation.Ipv4Packets;

/** What a {@link MemoryHost} has beside the tunnel: networks it is attached to, addresses of its own, routes. */
public final class MemoryWays {
    private final Set<Inet4Address> own = new HashSet<>(Set.of(Ipv4Packets.address("192.0.2.2")));
    private final List<Cidr> attached = new ArrayList<>();
    private final List<Surroundings.Route> routes = new ArrayList<>();

    MemoryWays() {
        attachTo("192.0.2.0/24");
    }

    /** Attaches the host to one more network. */
    public void attachTo(String cidr) {
        Cidr network = Cidr.parse(cidr).orElseThrow();
        attached.add(network);
        routes.add(new Surroundings.Route(network, "eth0", null));
    }

    /** Gives the host one more address of its own. */
    public void own(String address) {
        own.add(Ipv4Packets.address(address));
    }

    /** Gives the host one more route. */
    public void route(String cidr, String router) {
        routes.add(new Surroundings.Route(Cidr.parse(cidr).orElseThrow(), "eth0", Ipv4Packets.address(router)));
    }

    /** Another route leads where this one did. */
    void reroute(String cidr, String router) {
        routes.removeIf(route -> route.network().equals(Cidr.parse(cidr).orElseThrow()));
        route(cidr, router);
    }

    Surroundings surroundings() {
        return new Surroundings(own, attached, Set.of(), routes);
    }
}
