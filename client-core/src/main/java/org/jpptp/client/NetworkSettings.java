package org.jpptp.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tunnel is to this host.
 *
 * @param routing which traffic goes through the tunnel
 * @param ipv6 whether the tunnel carries IPv6, too
 * @param mtu of the tunnel interface in octets, 576…1456; also the MRU that we ask for
 * @param interfaceName of the tunnel interface, null for the first free pptp0, pptp1, …
 * @param namespace the network namespace that the interface is moved to, null for ours; the outer connection stays
 * @param offload the most that the tunnel interface takes over of the kernel's work on packets
 * @param names where names are looked up meanwhile
 * @param mss what a segment of TCP may have through the tunnel
 * @param hooks the programs that are run as it comes and goes
 * @param proxy where this host finds the proxy that leads into the tunnel, which is in a network namespace made for it; null
 *     for a tunnel without one
 */
public record NetworkSettings(
        Routing routing,
        Ipv6 ipv6,
        int mtu,
        @Nullable String interfaceName,
        @Nullable String namespace,
        Offload offload,
        NameSettings names,
        Mss mss,
        HookSettings hooks,
        @Nullable ProxySettings proxy) {
    /** An MTU that is safe on nearly every path. */
    public static final int DEFAULT_MTU = 1400;

    /** IPv4 to the server's own inner address, with all offload that the kernel gives. */
    public static final NetworkSettings DEFAULT =
            new NetworkSettings(Routing.NONE, Ipv6.NONE, DEFAULT_MTU, null, null, Offload.USO);

    /** Names are looked up as before, segments fit, and nothing is run. */
    public NetworkSettings(
            Routing routing,
            Ipv6 ipv6,
            int mtu,
            @Nullable String interfaceName,
            @Nullable String namespace,
            Offload offload) {
        this(
                routing,
                ipv6,
                mtu,
                interfaceName,
                namespace,
                offload,
                NameSettings.NONE,
                Mss.CLAMP,
                HookSettings.NONE,
                null);
    }

    /** Networks to be reached through the tunnel. */
    public List<Cidr> routes() {
        return routing.networks();
    }

    /** The same with other routes. */
    public NetworkSettings withRoutes(List<Cidr> others) {
        return with(routing.with(others));
    }

    /** The same for other traffic. */
    public NetworkSettings with(Routing other) {
        return new NetworkSettings(other, ipv6, mtu, interfaceName, namespace, offload, names, mss, hooks, proxy);
    }

    /** The same with another MTU. */
    public NetworkSettings withMtu(int octets) {
        return new NetworkSettings(routing, ipv6, octets, interfaceName, namespace, offload, names, mss, hooks, proxy);
    }

    /** The same with IPv6, or without. */
    public NetworkSettings with(Ipv6 other) {
        return new NetworkSettings(routing, other, mtu, interfaceName, namespace, offload, names, mss, hooks, proxy);
    }

    /** The same with less offload, or more. */
    public NetworkSettings with(Offload other) {
        return new NetworkSettings(routing, ipv6, mtu, interfaceName, namespace, other, names, mss, hooks, proxy);
    }

    /** The same with names looked up elsewhere. */
    public NetworkSettings with(NameSettings other) {
        return new NetworkSettings(routing, ipv6, mtu, interfaceName, namespace, offload, other, mss, hooks, proxy);
    }

    /** The same with other programs. */
    public NetworkSettings with(HookSettings other) {
        return new NetworkSettings(routing, ipv6, mtu, interfaceName, namespace, offload, names, mss, other, proxy);
    }

    /** The same with other segments. */
    public NetworkSettings with(Mss other) {
        return new NetworkSettings(routing, ipv6, mtu, interfaceName, namespace, offload, names, other, hooks, proxy);
    }

    /** The same behind a proxy. */
    public NetworkSettings with(ProxySettings other) {
        return new NetworkSettings(routing, ipv6, mtu, interfaceName, namespace, offload, names, mss, hooks, other);
    }

    /** Whether the interface is where nothing else of this host's is. */
    public boolean isApart() {
        return namespace != null || proxy != null;
    }
}
