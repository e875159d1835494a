package org.jpptp.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tunnel is to this host.
 *
 * @param routes networks to be reached through the tunnel
 * @param ipv6 whether the tunnel carries IPv6, too
 * @param mtu of the tunnel interface in octets, 576…1456; also the MRU that we ask for
 * @param interfaceName of the tunnel interface, null for the first free pptp0, pptp1, …
 * @param namespace the network namespace that the interface is moved to, null for ours; the outer connection stays
 * @param offload the most that the tunnel interface takes over of the kernel's work on packets
 */
public record NetworkSettings(
        List<Cidr> routes,
        Ipv6 ipv6,
        int mtu,
        @Nullable String interfaceName,
        @Nullable String namespace,
        Offload offload) {
    /** An MTU that is safe on nearly every path. */
    public static final int DEFAULT_MTU = 1400;

    /** IPv4 to the server's own inner address, with all offload that the kernel gives. */
    public static final NetworkSettings DEFAULT =
            new NetworkSettings(List.of(), Ipv6.NONE, DEFAULT_MTU, null, null, Offload.USO);

    public NetworkSettings {
        routes = List.copyOf(routes);
    }

    /** The same with other routes. */
    public NetworkSettings withRoutes(List<Cidr> others) {
        return new NetworkSettings(others, ipv6, mtu, interfaceName, namespace, offload);
    }

    /** The same with another MTU. */
    public NetworkSettings withMtu(int octets) {
        return new NetworkSettings(routes, ipv6, octets, interfaceName, namespace, offload);
    }

    /** The same with IPv6, or without. */
    public NetworkSettings with(Ipv6 other) {
        return new NetworkSettings(routes, other, mtu, interfaceName, namespace, offload);
    }

    /** The same with less offload, or more. */
    public NetworkSettings with(Offload other) {
        return new NetworkSettings(routes, ipv6, mtu, interfaceName, namespace, other);
    }
}
