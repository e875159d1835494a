package org.jpptp.client.doctor;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the PPTP servers that a machine is connected to, or is connecting to, in its table of TCP connections. */
public final class ControlConnections {
    /** A row of /proc/net/tcp: local and remote address, each word of the machine's order, and the state. */
    private static final Pattern ROW =
            Pattern.compile("\\s*\\d+: [0-9A-F]{8}:[0-9A-F]{4} ([0-9A-F]{8}):([0-9A-F]{4}) ([0-9A-F]{2}) .*");

    private static final int PORT = 1723;
    private static final int ESTABLISHED = 1;
    private static final int SYN_SENT = 2;

    private ControlConnections() {}

    /** Their addresses, in what a little-endian machine's {@code /proc/net/tcp} says. */
    public static Set<String> servers(String table) {
        Set<String> servers = new LinkedHashSet<>();
        for (String line : table.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && Integer.parseInt(row.group(2), 16) == PORT) {
                int state = Integer.parseInt(row.group(3), 16);
                long address = Long.parseLong(row.group(1), 16);
                if (state == ESTABLISHED || state == SYN_SENT) {
                    servers.add((address & 0xff) + "." + (address >> 8 & 0xff) + "." + (address >> 16 & 0xff) + "."
                            + (address >> 24));
                }
            }
        }
        return servers;
    }
}
