package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.Cidr;

/**
 * A network that this host is in itself, by an interface that is no tunnel's.
 *
 * @param network of private addresses only: whoever runs a network chooses its numbers, and might choose those of a host in
 *     the Internet whose traffic he wants to see
 * @param source the address that packets carry, empty where not told
 */
record HostLan(Cidr network, String interfaceName, String source) {
    /** RFC 1918, RFC 3927, RFC 6598. */
    private static final List<Cidr> PRIVATE = List.of(
            Cidr.parse("10.0.0.0/8").orElseThrow(),
            Cidr.parse("172.16.0.0/12").orElseThrow(),
            Cidr.parse("192.168.0.0/16").orElseThrow(),
            Cidr.parse("169.254.0.0/16").orElseThrow(),
            Cidr.parse("100.64.0.0/10").orElseThrow());

    private static final Pattern LINE = Pattern.compile("(\\S+) dev (\\S+) .*?(?:src (\\S+).*)?");

    /** Those of the main table, as the kernel has put them there for the host's addresses. */
    static List<HostLan> of(IpCommand ip) {
        List<String> tunnels = new ArrayList<>();
        for (String line : ip.query(List.of("-o", "link", "show", "group", IpChange.GROUP))
                .output()
                .lines()
                .toList()) {
            tunnels.add(line.replaceFirst("^\\d+: ([^:@]+)[:@].*", "$1"));
        }
        String routes = ip.query(List.of("-4", "route", "show", "table", "main", "proto", "kernel", "scope", "link"))
                .output();
        return parse(routes).stream()
                .filter(lan -> !tunnels.contains(lan.interfaceName()))
                .toList();
    }

    static List<HostLan> parse(String routes) {
        List<HostLan> networks = new ArrayList<>();
        for (String line : routes.lines().toList()) {
            Matcher matcher = LINE.matcher(line.strip());
            if (matcher.matches()) {
                Cidr.parse(matcher.group(1))
                        .filter(HostLan::isPrivate)
                        .ifPresent(network -> networks.add(new HostLan(
                                network, matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3))));
            }
        }
        return networks;
    }

    private static boolean isPrivate(Cidr network) {
        return PRIVATE.stream().anyMatch(each -> each.prefix() <= network.prefix() && each.contains(network.address()));
    }

    /** As a route of a tunnel's own table. */
    IpChange route(int table) {
        List<String> inverse = List.of(
                "route",
                "del",
                network.toString(),
                "dev",
                interfaceName,
                "scope",
                "link",
                "table",
                "" + table,
                "proto",
                IpChange.PROTOCOL);
        List<String> command = new ArrayList<>(inverse);
        command.set(1, "add");
        if (!source.isEmpty()) {
            command.addAll(List.of("src", source));
        }
        return new IpChange(0, inverse, command);
    }
}
