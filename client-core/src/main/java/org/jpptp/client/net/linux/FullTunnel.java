package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.Routing;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;

/**
 * What makes everything go through one tunnel, and nothing past it. No route of the host's is replaced: a table of our own
 * comes before the main one, for all packets but those of outer connections, which carry a mark. It has the way through
 * the interface, and behind that one that leads nowhere, for the time when there is no interface. The rules take no route of the main table
 * but those into tunnels of ours: whoever tells the host routes, or numbers its network, leads nothing past the tunnel.
 * Packet filters say the same once more.
 */
final class FullTunnel {
    private static final Pattern RULE = Pattern.compile("(?m)^(\\d+):\\s+(.*)$");
    private static final Pattern OTHERS = Pattern.compile("not from all fwmark (0x[0-9a-f]{1,8}) lookup (\\S+).*");
    /** How many rules we put in front of all others, at most, but for those about other tunnels. */
    private static final int RULES = 3;

    private final IpCommand ip;
    private final UndoJournal journal;
    private final int table;
    private List<String> others = List.of();
    private List<IpChange> lanRoutes = List.of();
    /** What leads everything into the table, and there nowhere. */
    private final List<IpChange> made = new ArrayList<>();

    private List<Inet4Address> servers = List.of();

    private FullTunnel(IpCommand ip, UndoJournal journal, int table) {
        this.ip = ip;
        this.journal = journal;
        this.table = table;
    }

    /**
     * Closes the host, under the lock.
     *
     * @param servers who may be talked to outside
     */
    static FullTunnel close(IpCommand ip, UndoJournal journal, NetworkPlan plan, List<Inet4Address> servers)
            throws HostChangeException {
        String rules = ip.query(List.of("rule", "show")).output();
        String rules6 = ip.query(List.of("-6", "rule", "show")).output();
        FullTunnel tunnel = new FullTunnel(ip, journal, freeTable(rules + rules6));
        tunnel.others = others(rules + "\n" + rules6);
        tunnel.begin(plan, servers, lowest(rules + "\n" + rules6));
        return tunnel;
    }

    /** The table that the way through the interface belongs into. */
    int table() {
        return table;
    }

    private void begin(NetworkPlan plan, List<Inet4Address> servers, int lowest) throws HostChangeException {
        boolean hasIpv6 = hasIpv6();
        makeAndKeep(unreachable("0.0.0.0/0"));
        if (hasIpv6) {
            makeAndKeep(unreachable("::/0"));
        }
        SysctlChange heed = new SysctlChange();
        if (SysctlChange.isOff()) {
            make(heed);
        } else if (journal.isSharedWithOthers(heed)) {
            journal.note(heed);
        }
        follow(plan, servers);
        int last = lowest - RULES - others.size();
        if (last <= 0) {
            throw new HostChangeException(HostDiagnosis.noRoomForRules(lowest));
        }
        for (String family : hasIpv6 ? List.of("", "-6") : List.of("")) {
            int next = lowest;
            // The last first: from then on nothing leaves.
            rule(family, --next, "not", "fwmark", "" + OuterMark.NUMBER, "table", "" + table);
            rule(family, --next, "table", "main", "suppress_ifgroup", "default");
            if (family.isEmpty()) {
                rule(family, --next, "ipproto", "udp", "sport", "68", "dport", "67", "table", "main");
            }
            for (String mark : others) {
                rule(family, --next, "fwmark", mark, "table", "main");
            }
        }
    }

    /**
     * Makes anew what somebody else has taken away of rules, ways that lead nowhere, and filters.
     *
     * @return whether something was
     */
    boolean restore(NetworkPlan plan) throws HostChangeException {
        boolean restored = false;
        String rules = ip.query(List.of("rule", "show")).output();
        String rules6 = ip.query(List.of("-6", "rule", "show")).output();
        for (IpChange each : made) {
            if (!isThere(each, rules, rules6)) {
                ip.host().make(HostCommands.Program.IP, each.command());
                restored = true;
            }
        }
        if (!ip.host()
                .query(HostCommands.Program.NFT, FilterChange.question(plan.interfaceName()))
                .isSuccess()) {
            follow(plan, servers);
            restored = true;
        }
        return restored;
    }

    private boolean isThere(IpChange each, String rules, String rules6) {
        List<String> words = each.inverse();
        int at = words.indexOf("priority");
        if (at >= 0) {
            String all = words.get(0).equals("-6") ? rules6 : rules;
            return all.lines().anyMatch(line -> line.startsWith(words.get(at + 1) + ":"));
        }
        String family = words.contains("::/0") ? "-6" : "-4";
        return ip.query(List.of(family, "route", "show", "table", "" + table, "type", "unreachable"))
                .output()
                .contains("default");
    }

    /** The same with another address, other servers, other networks of this host. */
    void follow(NetworkPlan plan, List<Inet4Address> reachable) throws HostChangeException {
        servers = List.copyOf(reachable);
        List<HostLan> lans = plan.routing().lan() == Routing.Lan.OPEN ? HostLan.of(ip) : List.of();
        List<IpChange> routes = lans.stream().map(lan -> lan.route(table)).toList();
        for (IpChange route : lanRoutes) {
            if (!routes.contains(route)) {
                journal.takeBack(route, ip.host());
            }
        }
        for (IpChange route : routes) {
            if (!lanRoutes.contains(route)) {
                make(route);
            }
        }
        lanRoutes = routes;
        make(new FilterChange(
                plan.interfaceName(),
                FilterText.fullTunnel(plan.interfaceName(), plan.local(), servers, others, lans)));
    }

    private IpChange unreachable(String everything) {
        String[] words = {"unreachable", everything, "table", "" + table, "metric", Backstops.METRIC};
        return new IpChange(0, arguments("", "route", "del", words), arguments("", "route", "add", words));
    }

    private void rule(String family, int priority, String... words) throws HostChangeException {
        List<String> selector = new ArrayList<>(List.of("priority", "" + priority));
        selector.addAll(List.of(words));
        String[] all = selector.toArray(String[]::new);
        makeAndKeep(new IpChange(0, arguments(family, "rule", "del", all), arguments(family, "rule", "add", all)));
    }

    private static List<String> arguments(String family, String object, String verb, String... words) {
        List<String> arguments = new ArrayList<>();
        if (!family.isEmpty()) {
            arguments.add(family);
        }
        arguments.addAll(List.of(object, verb));
        arguments.addAll(List.of(words));
        return arguments;
    }

    private void makeAndKeep(IpChange change) throws HostChangeException {
        make(change);
        made.add(change);
    }

    private void make(Change change) throws HostChangeException {
        journal.make(change, ip.host());
    }

    private static int freeTable(String rules) throws HostChangeException {
        for (int table = OuterMark.NUMBER; table < OuterMark.NUMBER + OuterMark.TABLES; table++) {
            if (!rules.contains("lookup " + table)) {
                return table;
            }
        }
        throw new HostChangeException(HostDiagnosis.noRoutingTable(OuterMark.TABLES));
    }

    /** The rule that is asked first, but for the one about the host's own addresses. */
    static int lowest(String rules) {
        int lowest = Integer.MAX_VALUE;
        Matcher matcher = RULE.matcher(rules);
        while (matcher.find()) {
            int priority = Integer.parseInt(matcher.group(1));
            if (priority > 0) {
                lowest = Math.min(lowest, priority);
            }
        }
        return Math.min(lowest, 32766);
    }

    /** What carries another tunnel that everything goes through must not go through this one: it may be what carries us. */
    static List<String> others(String rules) {
        Set<String> marks = new LinkedHashSet<>();
        Matcher matcher = RULE.matcher(rules);
        while (matcher.find()) {
            Matcher other = OTHERS.matcher(matcher.group(2).strip());
            if (other.matches() && !other.group(1).equals("0x" + Integer.toHexString(OuterMark.NUMBER))) {
                marks.add(other.group(1));
            }
        }
        return List.copyOf(marks);
    }

    private static boolean hasIpv6() {
        Path setting = Path.of("/proc/sys/net/ipv6/conf/lo/disable_ipv6");
        try {
            return Files.readString(setting).startsWith("0");
        } catch (IOException e) {
            return false;
        }
    }
}
