package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.net.NamePlan;

/** The text of a resolver's file, resolv.conf(5). */
final class ResolverFile {
    /** The first words of one that we wrote. */
    static final String MARK = "# Written by jpptp for the tunnel ";

    /** The C library asks no more. */
    private static final int MOST_SERVERS = 3;

    private static final Pattern SERVER = Pattern.compile("(?m)^nameserver[ \\t]+(\\S+)[ \\t]*$");
    private static final Pattern SEARCH = Pattern.compile("(?m)^(?:search|domain)[ \\t]+(\\S.*)$");
    private static final Pattern OTHER = Pattern.compile("(?m)^(?:options|sortlist)[ \\t]+\\S.*$");

    private ResolverFile() {}

    /**
     * How a file is to look that serves a tunnel.
     *
     * @param link the tunnel's interface
     * @param before the text that was there, empty for none; what sets up anything else than servers stays
     */
    static String of(NamePlan plan, String link, String before) {
        Set<String> servers = new LinkedHashSet<>();
        plan.servers().forEach(server -> servers.add(server.getHostAddress()));
        if (plan.scope() != NameScope.EVERYTHING) {
            servers.addAll(servers(before));
        }
        Set<String> search = new LinkedHashSet<>(plan.domains());
        last(SEARCH, before)
                .forEach(line -> search.addAll(List.of(line.group(1).strip().split("\\s+", -1))));
        List<String> lines = new ArrayList<>();
        lines.add(MARK + link + ", whose end restores what was here.");
        servers.stream()
                .limit(MOST_SERVERS)
                .map(server -> "nameserver " + server)
                .forEach(lines::add);
        if (!search.isEmpty()) {
            lines.add("search " + String.join(" ", search));
        }
        OTHER.matcher(before).results().map(MatchResult::group).forEach(lines::add);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The name servers in a file, IPv6 addresses too. */
    static List<String> servers(String text) {
        return SERVER.matcher(text).results().map(line -> line.group(1)).toList();
    }

    /** Those of them with an IPv4 address. */
    static List<Inet4Address> ipv4(String text) {
        return servers(text).stream()
                .flatMap(server -> Cidr.parse(server).stream())
                .map(Cidr::address)
                .toList();
    }

    /** Of several lines the last one counts. */
    private static List<MatchResult> last(Pattern pattern, String text) {
        List<MatchResult> lines = pattern.matcher(text).results().toList();
        return lines.subList(Math.max(0, lines.size() - 1), lines.size());
    }
}
