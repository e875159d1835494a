package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.linux.HostCommands.Program;

/**
 * Takes changes back in their order, with few processes: what {@code ip} has to do in a row, one does. A host under load takes
 * a tenth of a second for each, and whoever stops a service does not wait for long.
 */
final class Undoing {
    private static final Pattern FAILED = Pattern.compile("Command failed -:(\\d{1,5})\\s*");

    private final HostCommands host;
    private final List<Change> refused = new ArrayList<>();
    /** What the next process does, all of one family of addresses. */
    private final List<IpChange> row = new ArrayList<>();

    private final Map<String, LinkState.Fate> fates = new HashMap<>();

    private Undoing(HostCommands host) {
        this.host = host;
    }

    /**
     * Takes them back; what is gone already is no error.
     *
     * @return what the host has refused, which is traced
     */
    static List<Change> of(List<Change> changes, HostCommands host) {
        Undoing undoing = new Undoing(host);
        for (Change change : changes) {
            if (change instanceof IpChange next && next.fitsInBatch()) {
                if (!undoing.row.isEmpty() && !undoing.row.get(0).family().equals(next.family())) {
                    undoing.finishRow();
                }
                undoing.row.add(next);
            } else {
                undoing.finishRow();
                undoing.undo(change);
            }
        }
        undoing.finishRow();
        return undoing.refused;
    }

    private void undo(Change change) {
        if (!change.undo(host)) {
            refused.add(change);
        }
    }

    private void finishRow() {
        List<IpChange> all = List.copyOf(row);
        row.clear();
        if (all.size() == 1) {
            undo(all.get(0));
            return;
        }
        List<IpChange> there = new ArrayList<>();
        for (IpChange each : all) {
            switch (fate(each)) {
                case SAME -> there.add(each);
                case GONE -> {}
                case UNKNOWN -> refused.add(each);
            }
        }
        if (!there.isEmpty()) {
            batch(there);
        }
    }

    private LinkState.Fate fate(IpChange change) {
        return change.index() == 0
                ? LinkState.Fate.SAME
                : fates.computeIfAbsent(
                        change.index() + " " + change.interfaceName(),
                        key -> LinkState.fate(host, List.of(), change.interfaceName(), change.index()));
    }

    private void batch(List<IpChange> changes) {
        StringBuilder lines = new StringBuilder();
        for (IpChange each : changes) {
            host.trace("[#] ip " + String.join(" ", each.inverse()));
            lines.append(String.join(" ", each.withoutFamily())).append('\n');
        }
        List<String> arguments = new ArrayList<>(changes.get(0).family());
        arguments.addAll(List.of("-force", "-batch", "-"));
        CommandResult result = host.query(Program.IP, arguments, lines.toString());
        if (result.isSuccess()) {
            return;
        }
        Set<Integer> told = new HashSet<>();
        Matcher failed = FAILED.matcher(result.output());
        int from = 0;
        while (failed.find()) {
            int line = Integer.parseInt(failed.group(1));
            String why = result.output().substring(from, failed.start()).strip();
            from = failed.end();
            if (line < 1 || line > changes.size()) {
                break;
            }
            told.add(line);
            IpChange change = changes.get(line - 1);
            CommandResult one = new CommandResult(Program.IP.toString(), change.inverse(), 2, why);
            if (!one.isGone()) {
                host.trace(one.refusal().failure().sentence());
                refused.add(change);
            }
        }
        if (told.isEmpty()) {
            changes.forEach(this::undo); // it did not begin, or was stopped: what is done is gone
        }
    }
}
