package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.Routing;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;

/** Plans of the tests, changed a part at a time. */
final class Plans {
    private Plans() {}

    /** An interface of this namespace with the address 10.9.0.2, and a server at 203.0.113.7. */
    static NetworkPlan of(String interfaceName, String... routes) {
        return new NetworkPlan(
                new NetworkPlan.Link(interfaceName, null, 1400),
                new NetworkPlan.Addresses(address("10.9.0.2"), null, null),
                address("203.0.113.7"),
                Routing.split(Stream.of(routes)
                        .map(route -> Cidr.parse(route).orElseThrow())
                        .toList()));
    }

    static NetworkPlan within(@Nullable String namespace, NetworkPlan plan) {
        return new NetworkPlan(
                new NetworkPlan.Link(plan.interfaceName(), namespace, plan.mtu()),
                plan.addresses(),
                plan.server(),
                plan.routing());
    }

    static NetworkPlan withMtu(int mtu, NetworkPlan plan) {
        return new NetworkPlan(
                new NetworkPlan.Link(plan.interfaceName(), plan.namespace(), mtu),
                plan.addresses(),
                plan.server(),
                plan.routing());
    }

    static NetworkPlan withAddresses(
            String local, @Nullable String remote, @Nullable LinkLocalAddress ipv6, NetworkPlan plan) {
        return new NetworkPlan(
                plan.link(),
                new NetworkPlan.Addresses(address(local), remote == null ? null : address(remote), ipv6),
                plan.server(),
                plan.routing());
    }

    static NetworkPlan to(String server, NetworkPlan plan) {
        return new NetworkPlan(plan.link(), plan.addresses(), address(server), plan.routing());
    }

    static NetworkPlan with(Routing routing, NetworkPlan plan) {
        return new NetworkPlan(plan.link(), plan.addresses(), plan.server(), routing);
    }

    static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }
}
