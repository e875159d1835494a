package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.HostChangeException;

/**
 * The name servers of a link as a record of resolvconf's or openresolv's, which outlives the link. Line:
 * {@code resolvconf LINK}. The record has our name in its own, so that nobody else's is ever removed; it begins as those do that
 * both programs put first.
 *
 * @param link the interface
 * @param servers empty when read from a journal
 * @param domains that are searched; empty when read from a journal
 * @param claim whether others are asked, too, as far as the program can tell; any when read from a journal
 */
record ResolvconfChange(String link, List<Inet4Address> servers, List<String> domains, Claim claim) implements Change {
    static final String KIND = "resolvconf";

    /** Who else is asked. */
    enum Claim {
        FIRST,
        EXCLUSIVE
    }

    private static final Pattern LINE = Pattern.compile(KIND + " (" + FilterChange.LINK + ")");

    ResolvconfChange {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
    }

    static Optional<ResolvconfChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new ResolvconfChange(matcher.group(1), List.of(), List.of(), Claim.FIRST))
                : Optional.empty();
    }

    @Override
    public String line() {
        return KIND + " " + link;
    }

    @Override
    public boolean outlivesNamespace() {
        return true;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        StringBuilder record = new StringBuilder();
        servers.forEach(server ->
                record.append("nameserver ").append(server.getHostAddress()).append('\n'));
        if (!domains.isEmpty()) {
            record.append("search ").append(String.join(" ", domains)).append('\n');
        }
        List<String> arguments = new ArrayList<>(List.of("-a", name()));
        if (claim == Claim.EXCLUSIVE) {
            arguments.add("-x");
        }
        host.make(HostCommands.Program.RESOLVCONF, arguments, record.toString());
    }

    @Override
    public boolean undo(HostCommands host) {
        return host.remove(HostCommands.Program.RESOLVCONF, List.of("-d", name()));
    }

    private String name() {
        return "tun1723." + link + ".jpptp";
    }
}
