package org.jpptp.client;

import java.net.Inet4Address;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where names are to be looked up while the tunnel is up.
 *
 * @param pushed what becomes of the name servers that the server of the tunnel names
 * @param servers name servers of the user's own choice, which come first
 * @param domains the only ones that these are asked about; none where they are asked about every name
 */
public record NameSettings(Pushed pushed, List<Inet4Address> servers, List<String> domains) {
    /** This host's names are none of the tunnel's business. */
    public static final NameSettings NONE = new NameSettings(Pushed.IGNORED, List.of(), List.of());

    private static final int MAX_NAME = 253;
    private static final Pattern NAME = Pattern.compile(
            "(?!.*\\.\\d+$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

    /** What becomes of name servers that are not of the user's choice. */
    public enum Pushed {
        /** They are shown. */
        IGNORED,
        /** They are asked. */
        ACCEPTED
    }

    public NameSettings {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
    }

    /** Whether this host's resolver is to be told anything. */
    public boolean isWanted() {
        return pushed == Pushed.ACCEPTED || !servers.isEmpty();
    }

    /** Whether this is the name of a domain, in letters that no resolver's file takes for anything else. */
    public static boolean isDomain(String text) {
        return text.length() <= MAX_NAME && NAME.matcher(text).matches();
    }
}
