package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one address each that keep a tunnel's own packets out of it: no network that is routed into a tunnel takes
 * precedence over them, whoever routes it there. They follow the host's own routes. Used under {@link JournalLock}, for
 * tunnels to the same server share theirs.
 */
final class ServerPins {
    private static final String MARK = Integer.toString(OuterMark.NUMBER);

    private final String interfaceName;
    private final IpCommand ip;
    private final UndoJournal journal;
    private final Map<Inet4Address, Pin> pins = new LinkedHashMap<>();

    ServerPins(String interfaceName, IpCommand ip, UndoJournal journal) {
        this.interfaceName = interfaceName;
        this.ip = ip;
        this.journal = journal;
    }

    /**
     * An address that is taken care of.
     *
     * @param change null where nothing had to be added
     * @param basis what the host says about the address otherwise, when it was pinned
     */
    private record Pin(@Nullable IpChange change, String basis) {}

    /** What the main table says about an address. */
    private record Way(List<String> lines, String basis) {}

    /**
     * Sees to it that packets to the server take the way that this host has for them now.
     *
     * @throws HostChangeException when it has none
     */
    void pin(Inet4Address server) throws HostChangeException {
        Way way = way(server);
        Pin before = pins.get(server);
        if (before != null) {
            IpChange change = before.change();
            if (before.basis().equals(way.basis()) && (change == null || isThere(change, way))) {
                return;
            }
            // Only without it does the host tell the way that it would take otherwise.
            pins.remove(server);
            if (change != null) {
                journal.takeBack(change, ip.host());
            }
        }
        pins.put(server, new Pin(add(server, way), way.basis()));
    }

    /** Lets go of all others: nobody there is talked to any more. */
    void keepOnly(Inet4Address server) throws HostChangeException {
        for (Inet4Address each : List.copyOf(pins.keySet())) {
            if (!each.equals(server)) {
                Pin pin = pins.get(each);
                if (pin != null && pin.change() != null) {
                    release(pin.change());
                }
                pins.remove(each);
            }
        }
    }

    private void release(IpChange change) throws HostChangeException {
        if (journal.isSharedWithOthers(change)) {
            journal.forget(change);
        } else {
            journal.takeBack(change, ip.host());
        }
    }

    private @Nullable IpChange add(Inet4Address server, Way way) throws HostChangeException {
        CommandResult answer = ip.query(List.of("route", "get", server.getHostAddress(), "mark", MARK));
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
        OuterRoute told = OuterRoute.parse(answer.output())
                .orElseThrow(() -> new HostChangeException(
                        HostDiagnosis.routeNotUnderstood(server, IpCommand.printable(answer.output()))));
        if (!told.leavesHost()) {
            return null;
        }
        // What the tunnel itself leads there takes precedence until the pin is there.
        OuterRoute route = told.dev().equals(interfaceName)
                ? OuterRoute.best(way.basis())
                        .orElseThrow(
                                () -> new HostChangeException(HostDiagnosis.routeThroughTunnel(server, interfaceName)))
                : told;
        IpChange pin = new IpChange(0, route.removal(server), route.addition(server));
        if (!pin.isReadable()) {
            throw new HostChangeException(HostDiagnosis.unusualInterface(IpCommand.printable(route.dev())));
        }
        boolean isThere = ip.query(List.of("route", "show", "exact", server.getHostAddress() + "/32"))
                .output()
                .lines()
                .flatMap(line -> OuterRoute.parse(line).stream())
                .anyMatch(route::isPinnedBy);
        if (!isThere) {
            journal.make(pin, ip.host());
            return pin;
        }
        if (journal.isSharedWithOthers(pin)) {
            journal.note(pin); // whichever tunnel ends last removes it
            return pin;
        }
        return null;
    }

    /** All routes of the main table that the address is within, less those that tunnels made. */
    private Way way(Inet4Address server) {
        List<String> lines = ip.query(List.of("route", "show", "match", server.getHostAddress()))
                .output()
                .lines()
                .map(String::strip)
                .toList();
        List<String> others = new ArrayList<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            boolean isOfTunnels = follows("proto", IpChange.PROTOCOL, words) || follows("dev", interfaceName, words);
            if (!isOfTunnels) {
                others.add(line);
            }
        }
        return new Way(lines, String.join("\n", others));
    }

    private static boolean follows(String keyword, String value, List<String> words) {
        int at = words.indexOf(keyword);
        return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(value);
    }

    /** What was asked for is what is listed, word for word in some order. */
    private static boolean isThere(IpChange pin, Way way) {
        List<String> words = pin.inverse().subList(2, pin.inverse().size());
        String prefix = words.get(0);
        String address = prefix.substring(0, prefix.indexOf('/'));
        return way.lines().stream()
                .map(line -> List.of(line.split(" ", -1)))
                .anyMatch(line -> line.get(0).equals(address) && line.containsAll(words.subList(1, words.size())));
    }
}
