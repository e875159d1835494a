package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.HostChangeException;

/**
 * The name servers of a link, in systemd-resolved. Line: {@code resolved INDEX LINK}.
 *
 * @param index of the interface: if another interface has its name by now, resolved has forgotten this one
 * @param link the interface
 * @param servers empty when read from a journal
 * @param domains as {@code resolvectl domain} takes them; empty when read from a journal
 */
record ResolvedChange(int index, String link, List<Inet4Address> servers, List<String> domains) implements Change {
    static final String KIND = "resolved";

    /** The domain that every name is in, to be looked up here and nowhere else. */
    static final String ALL = "~.";

    private static final Pattern LINE = Pattern.compile(KIND + " ([1-9]\\d{0,8}) (" + FilterChange.LINK + ")");

    ResolvedChange {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
    }

    static Optional<ResolvedChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(
                        new ResolvedChange(Integer.parseInt(matcher.group(1)), matcher.group(2), List.of(), List.of()))
                : Optional.empty();
    }

    @Override
    public String line() {
        return KIND + " " + index + " " + link;
    }

    @Override
    public boolean isOf(int interfaceNumber) {
        return index == interfaceNumber;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        List<String> addresses = new ArrayList<>(List.of("dns", link));
        servers.forEach(server -> addresses.add(server.getHostAddress()));
        host.make(HostCommands.Program.RESOLVECTL, addresses);
        List<String> names = new ArrayList<>(List.of("domain", link));
        names.addAll(domains.isEmpty() ? List.of("") : domains); // an empty one takes back those from before
        host.make(HostCommands.Program.RESOLVECTL, names);
        host.make(HostCommands.Program.RESOLVECTL, List.of("default-route", link, answersForTheRest() ? "yes" : "no"));
    }

    /** Whether the servers are asked about names that no interface has a domain for. */
    private boolean answersForTheRest() {
        return domains.isEmpty() || domains.contains(ALL);
    }

    @Override
    public boolean undo(HostCommands host) {
        LinkState.Fate fate = LinkState.fate(host, List.of(), link, index);
        return fate == LinkState.Fate.SAME ? revert(host) : fate == LinkState.Fate.GONE;
    }

    /** What may not be taken back could not be made either, and resolved forgets the rest with the interface. */
    private boolean revert(HostCommands host) {
        CommandResult result = host.change(HostCommands.Program.RESOLVECTL, List.of("revert", link));
        if (result.isSuccess() || result.isGone() || result.isForbiddenByPolkit()) {
            return true;
        }
        host.trace(result.refusal().failure().sentence());
        return false;
    }
}
