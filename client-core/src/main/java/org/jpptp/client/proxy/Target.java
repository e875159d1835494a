package org.jpptp.client.proxy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client wants to reach.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Target(String host, int port) {
    private static final int MOST_OF_A_NAME = 255;
    private static final int MOST_PORTS = 65535;
    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+))(?::(\\d{1,5}))?");

    /** Judges a host and a port; empty where nothing can be there. */
    public static Optional<Target> of(String host, int port) {
        boolean printable = host.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return printable && !host.isEmpty() && host.length() <= MOST_OF_A_NAME && port > 0 && port <= MOST_PORTS
                ? Optional.of(new Target(host, port))
                : Optional.empty();
    }

    /**
     * Reads {@code HOST:PORT} (RFC 9112 §3.2.3, RFC 3986 §3.2).
     *
     * @param usual the port where none is named, 0 where one must be
     */
    public static Optional<Target> parse(String authority, int usual) {
        Matcher matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group(3);
        String literal = matcher.group(1);
        return of(literal == null ? matcher.group(2) : literal, port == null ? usual : Integer.parseInt(port));
    }
}
