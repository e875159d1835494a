package org.jpptp.client;

/** What a user may set, whatever it is set with: an option of the command, a key of a profile, a field of a form. */
public enum Setting {
    /** The methods of authentication that are allowed, each by its word of {@link AuthWords}. */
    AUTH,
    /** That a method is allowed which does not prove the server, by its word. */
    ALLOW_WEAK,
    /** The encryption: none, or key lengths. */
    MPPE,
    /** The modes of encryption: any, or one. */
    MPPE_MODE,
    /** The largest datagram that the tunnel carries in one piece, in octets. */
    MTU,
    /** That an expired password is changed; has no value. */
    CHANGE_PASSWORD,
    /** How long a tunnel may take to come up. */
    TIMEOUT,
    /** That IPv6 is carried too; has no value. */
    IPV6,
    /** How many LCP Echo-Requests may stay unanswered. */
    ECHO_FAILURES,
    /** The network namespace that the tunnel is put into. */
    NAMESPACE,
    /** Where the proxy into the tunnel listens, a port or an address with one. */
    PROXY,
    /** Where names are looked up: {@code accept} for whom the server names, {@code none}, or an address. */
    DNS,
    /** The program that is run once the tunnel is up. */
    ON_UP,
    /** The program that is run before it is taken down. */
    ON_DOWN,
    /** The program that is run once it is up again. */
    ON_RECONNECT,
    /** The directory that native libraries are unpacked to. */
    LIBRARY_DIRECTORY,
    /** The name to log on with. */
    USER,
    /** How much is told: 1 each step, 2 each packet, 3 each octet. */
    VERBOSE
}
