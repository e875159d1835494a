package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of nft(8) that close a host but for its tunnels: a second line behind the routes, which others may change. Each
 * is a chain, or a statement, on one line.
 */
final class FilterText {
    /** Above the tracking of connections, and before routing. */
    private static final int RAW = -300;

    private static final int MANGLE = -150;
    private static final String REFUSE = "counter reject with icmpx admin-prohibited;";

    private FilterText() {}

    /**
     * The table of a tunnel that everything goes through.
     *
     * @param link its interface
     * @param inner its address, null while it has none
     * @param servers who may be talked to outside
     * @param others marks of the outer packets of other tunnels, not ours
     */
    static String fullTunnel(
            String link,
            @Nullable Inet4Address inner,
            List<Inet4Address> servers,
            List<String> others,
            List<HostLan> lans) {
        StringJoiner chains = new StringJoiner(" ");
        if (inner != null) {
            // Whoever is beside us could find out by answers which connections are inside (CVE-2019-14899).
            chains.add("chain strays { type filter hook prerouting priority " + RAW + "; iifname != \"" + link
                    + "\" ip daddr " + inner.getHostAddress() + " fib saddr type != local counter drop; };");
        }
        // A host that is strict about senders looks up the way back to the server by this mark (src_valid_mark).
        chains.add("chain answers { type filter hook prerouting priority " + MANGLE + "; ip protocol { tcp, gre }"
                + " ip saddr { "
                + servers.stream().map(Inet4Address::getHostAddress).distinct().collect(Collectors.joining(", "))
                + " } fib daddr type local meta mark set " + OuterMark.NUMBER + "; };");
        chains.add(outChain("accept", others, lans));
        chains.add(forwardChain("accept", lans));
        return chains.toString();
    }

    /** The table that stays when no tunnel is there. */
    static String lockdown(List<HostLan> lans) {
        return outChain("drop", List.of(), lans) + " " + forwardChain("drop", lans);
    }

    private static String outChain(String policy, List<String> others, List<HostLan> lans) {
        StringJoiner text =
                new StringJoiner(" ", "chain out { type filter hook output priority 0; policy " + policy + "; ", " };");
        text.add("oifname \"lo\" accept;");
        text.add("oifgroup " + IpChange.GROUP + " accept;");
        text.add("meta mark " + OuterMark.NUMBER + " accept;");
        others.forEach(mark -> text.add("meta mark " + mark + " accept;"));
        // What keeps the host on its link: addresses and neighbours, on the link itself.
        text.add("udp sport 68 udp dport 67 accept;");
        text.add("udp sport 546 udp dport 547 accept;");
        text.add("icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept;");
        lans.forEach(lan -> text.add(exception(lan)));
        if (!lans.isEmpty()) {
            text.add(
                    "meta l4proto { tcp, udp } th dport != { 53, 853 } ip daddr { 224.0.0.0/24, 255.255.255.255 } accept;");
        }
        return text.add(REFUSE).toString();
    }

    private static String forwardChain(String policy, List<HostLan> lans) {
        StringJoiner text = new StringJoiner(
                " ", "chain through { type filter hook forward priority 0; policy " + policy + "; ", " };");
        text.add("oifgroup " + IpChange.GROUP + " accept;");
        lans.forEach(lan -> text.add(exception(lan)));
        return text.add(REFUSE).toString();
    }

    /** Names are not looked up there: whom the host wants to reach is nobody's business on the link. */
    private static String exception(HostLan lan) {
        String there = "oifname \"" + lan.interfaceName() + "\" ip daddr " + lan.network();
        return there + " meta l4proto { tcp, udp } th dport { 53, 853 } counter reject with icmpx admin-prohibited; "
                + there + " accept;";
    }
}
