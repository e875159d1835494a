package org.jpptp.client;

import org.jpptp.ppp.Credentials;

/**
 * Everything that a tunnel is told before it starts, in groups. {@link #to} takes the defaults, which are written down
 * once, in the group that they belong to; whoever wants something else replaces that group.
 *
 * @param server where to connect to
 * @param identity whom to connect as
 * @param policy what may be agreed on with the server
 * @param network what the tunnel is to this host
 * @param timing how long everything may take
 * @param reconnect what becomes of a tunnel that is lost
 */
public record ClientConfig(
        ServerSettings server,
        Identity identity,
        PolicySettings policy,
        NetworkSettings network,
        Timing timing,
        ReconnectSettings reconnect) {
    /**
     * A tunnel with the defaults.
     *
     * @param host a name or an IPv4 address
     */
    public static ClientConfig to(String host, Credentials credentials) {
        return new ClientConfig(
                ServerSettings.of(host),
                new Identity(credentials),
                PolicySettings.DEFAULT,
                NetworkSettings.DEFAULT,
                Timing.DEFAULT,
                ReconnectSettings.OFF);
    }

    /** The same for somebody else. */
    public ClientConfig with(Identity other) {
        return new ClientConfig(server, other, policy, network, timing, reconnect);
    }

    /** The same under another policy. */
    public ClientConfig with(PolicySettings other) {
        return new ClientConfig(server, identity, other, network, timing, reconnect);
    }

    /** The same with other routes, another MTU, another interface. */
    public ClientConfig with(NetworkSettings other) {
        return new ClientConfig(server, identity, policy, other, timing, reconnect);
    }

    /** The same with other patience. */
    public ClientConfig with(Timing other) {
        return new ClientConfig(server, identity, policy, network, other, reconnect);
    }

    /** The same that comes back when it is lost, or does not. */
    public ClientConfig with(ReconnectSettings other) {
        return new ClientConfig(server, identity, policy, network, timing, other);
    }
}
