package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import org.jpptp.client.Cidr;
import org.jpptp.client.LinkLocalAddress;
import org.jspecify.annotations.Nullable;

/**
 * How the host is to look while the tunnel is up.
 *
 * @param interfaceName the tunnel interface, which exists already
 * @param namespace where it is moved to, null for nowhere
 * @param mtu its MTU in octets
 * @param local its address
 * @param remote the peer's inner address, null where there is none, or where it equals the server's outer address
 *     (routing that inward would send the tunnel's own packets into the tunnel)
 * @param server the server's outer address, pinned to the route that it has now
 * @param routes networks to be reached through the interface
 * @param ipv6 its link-local IPv6 address, null for none
 */
public record NetworkPlan(
        String interfaceName,
        @Nullable String namespace,
        int mtu,
        Inet4Address local,
        @Nullable Inet4Address remote,
        Inet4Address server,
        List<Cidr> routes,
        @Nullable LinkLocalAddress ipv6) {
    /** IPv4 only. */
    public NetworkPlan(
            String interfaceName,
            @Nullable String namespace,
            int mtu,
            Inet4Address local,
            @Nullable Inet4Address remote,
            Inet4Address server,
            List<Cidr> routes) {
        this(interfaceName, namespace, mtu, local, remote, server, routes, null);
    }

    public NetworkPlan {
        routes = List.copyOf(routes);
    }
}
