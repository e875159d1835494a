package org.jpptp.client;

/**
 * Where to connect to.
 *
 * @param host a name or an IPv4 address
 * @param port the server's TCP port
 */
public record ServerSettings(String host, int port) {
    /** The port of PPTP (RFC 2637 §3.1). */
    public static final int DEFAULT_PORT = 1723;

    /** A server at the usual port. */
    public static ServerSettings of(String host) {
        return new ServerSettings(host, DEFAULT_PORT);
    }
}
