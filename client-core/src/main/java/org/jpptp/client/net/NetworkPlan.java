package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.Routing;
import org.jspecify.annotations.Nullable;

/**
 * How the host is to look while the tunnel is up.
 *
 * @param link the tunnel interface
 * @param addresses what the server and we have agreed on
 * @param server the server's outer address, pinned to the route that it has now
 * @param routing what is to be reached through the interface
 * @param names where names are looked up
 */
public record NetworkPlan(Link link, Addresses addresses, Inet4Address server, Routing routing, NamePlan names) {
    /** Names are looked up as before. */
    public NetworkPlan(Link link, Addresses addresses, Inet4Address server, Routing routing) {
        this(link, addresses, server, routing, NamePlan.NONE);
    }

    /**
     * A tunnel interface.
     *
     * @param name it exists already
     * @param namespace where it is moved to, null for nowhere
     * @param mtu its MTU in octets
     */
    public record Link(String name, @Nullable String namespace, int mtu) {}

    /**
     * What the interface is called by others.
     *
     * @param local its address
     * @param remote the peer's inner address, null where there is none, or where it equals the server's outer address
     *     (routing that inward would send the tunnel's own packets into the tunnel)
     * @param ipv6 its link-local IPv6 address, null for none
     */
    public record Addresses(
            Inet4Address local,
            @Nullable Inet4Address remote,
            @Nullable LinkLocalAddress ipv6) {}

    /** The name of the interface. */
    public String interfaceName() {
        return link.name();
    }

    /** Where the interface is moved to, null for nowhere. */
    public @Nullable String namespace() {
        return link.namespace();
    }

    /** The interface's MTU in octets. */
    public int mtu() {
        return link.mtu();
    }

    /** The interface's address. */
    public Inet4Address local() {
        return addresses.local();
    }

    /** The peer's inner address, null where it is not routed. */
    public @Nullable Inet4Address remote() {
        return addresses.remote();
    }

    /** The interface's link-local IPv6 address, null for none. */
    public @Nullable LinkLocalAddress ipv6() {
        return addresses.ipv6();
    }

    /** Networks to be reached through the interface. */
    public List<Cidr> routes() {
        return routing.networks();
    }

    /**
     * Whether its addresses and routes are there, as far as that can be told from what a host has: not for a tunnel that
     * everything goes through, whose routes are in a table of their own. Of an interface in a namespace nothing is heard.
     */
    public boolean isSeenIn(Surroundings host) {
        if (namespace() != null) {
            return true;
        }
        List<Cidr> there = host.routes().stream()
                .filter(route -> route.interfaceName().equals(interfaceName()))
                .map(Surroundings.Route::network)
                .toList();
        return !routing.isFull() && host.own().contains(local()) && there.containsAll(routes());
    }

    /** The same with names looked up elsewhere. */
    public NetworkPlan with(NamePlan other) {
        return new NetworkPlan(link, addresses, server, routing, other);
    }
}
