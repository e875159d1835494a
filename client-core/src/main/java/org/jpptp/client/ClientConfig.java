package org.jpptp.client;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a tunnel is told before it starts.
 *
 * @param server a name or an IPv4 address
 * @param port the server's TCP port, 1723
 * @param credentials whom to connect as
 * @param auth the authentication methods that policy allows
 * @param mppe the encryption that policy allows
 * @param mtu of the tunnel interface in octets, 576…1456; also the MRU that we ask for
 * @param interfaceName of the tunnel interface, null for the first free pptp0, pptp1, …
 * @param namespace the network namespace that the interface is moved to, null for ours; the outer connection stays
 * @param routes networks to be reached through the tunnel
 * @param timeout how long the tunnel may take to come up, without the time that the user takes to answer
 * @param ipv6 whether IPv6 is asked for, with link-local addresses
 * @param offload the most that the tunnel interface takes over of the kernel's work on packets
 */
public record ClientConfig(
        String server,
        int port,
        Credentials credentials,
        Set<AuthMethod> auth,
        MppePolicy mppe,
        int mtu,
        @Nullable String interfaceName,
        @Nullable String namespace,
        List<Cidr> routes,
        Duration timeout,
        boolean ipv6,
        Offload offload) {
    /** The port of PPTP. */
    public static final int DEFAULT_PORT = 1723;

    /** Safe on nearly every path. */
    public static final int DEFAULT_MTU = 1400;

    /** Long enough for every time-out below it to explain itself. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** IPv4 only, with all offload that the kernel gives. */
    public ClientConfig(
            String server,
            int port,
            Credentials credentials,
            Set<AuthMethod> auth,
            MppePolicy mppe,
            int mtu,
            @Nullable String interfaceName,
            @Nullable String namespace,
            List<Cidr> routes,
            Duration timeout) {
        this(server, port, credentials, auth, mppe, mtu, interfaceName, namespace, routes, timeout, false, Offload.USO);
    }

    public ClientConfig {
        auth = Set.copyOf(auth);
        routes = List.copyOf(routes);
    }
}
