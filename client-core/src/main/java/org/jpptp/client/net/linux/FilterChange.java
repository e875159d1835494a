package org.jpptp.client.net.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.HostChangeException;

/**
 * Packet filters in a table of our own, which outlives the interface and goes as a whole: {@code inet jpptp-LINK}. Line:
 * {@code nft LINK}.
 *
 * @param link the tunnel's interface
 * @param chains what is in the table, in the language of nft(8), on one line, each ended by a semicolon; empty when read from a journal
 */
record FilterChange(String link, String chains) implements Change {
    static final String KIND = "nft";

    /** The names of interfaces that are also good in the name of a table and of a record, and are no option. */
    static final String LINK = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}";

    private static final Pattern LINE = Pattern.compile(KIND + " (" + LINK + ")");

    static Optional<FilterChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? Optional.of(new FilterChange(matcher.group(1), "")) : Optional.empty();
    }

    /** The arguments that ask whether it is there. */
    static List<String> question(String link) {
        return List.of("list", "table", "inet", "jpptp-" + link);
    }

    @Override
    public String line() {
        return KIND + " " + link;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        // In one step, also in the place of what is there already.
        String here = "table inet " + table();
        host.make(HostCommands.Program.NFT, List.of(here + "; delete " + here + "; " + here + " { " + chains + " }"));
    }

    @Override
    public boolean undo(HostCommands host) {
        return host.remove(HostCommands.Program.NFT, List.of("delete", "table", "inet", table()));
    }

    private String table() {
        return "jpptp-" + link;
    }
}
