package org.jpptp.client.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what drops GRE in the text of a packet filter's rules. */
public final class FilterRules {
    private static final Pattern TABLE = Pattern.compile("table (\\w+) (\\S+) \\{");
    private static final Pattern CHAIN = Pattern.compile("\\s+chain (\\S+) \\{");
    private static final Pattern HOOK = Pattern.compile("type filter hook (input|output|prerouting|postrouting)\\b.*");
    private static final Pattern GRE = Pattern.compile(".*(protocol|l4proto|-p) (gre|47)\\b.*");
    private static final Pattern ANY_PACKET =
            Pattern.compile("(counter packets \\d+ bytes \\d+ )?(drop|reject\\b.*|accept)( comment .*)?");
    private static final Pattern DROPS = Pattern.compile(".*\\b(drop|reject|DROP|REJECT)\\b.*");
    private static final Pattern ACCEPTS = Pattern.compile(".*\\b(accept|ACCEPT)\\b.*");
    private static final Pattern ESTABLISHED = Pattern.compile(".*(established|ESTABLISHED).*");
    private static final Pattern POLICY = Pattern.compile(":(INPUT|OUTPUT) (\\w+) .*");
    private static final Pattern APPENDED = Pattern.compile("-A (INPUT|OUTPUT) (.*)");

    private FilterRules() {}

    /**
     * A rule, or a chain's policy, that drops GRE.
     *
     * @param where the chain as its program names it
     * @param rule as it is listed
     * @param command puts a rule before it that lets GRE pass
     */
    public record Drop(String where, String rule, String command) {}

    /** What drops GRE in what {@code nft list ruleset} prints: base chains of this host's own packets. */
    public static List<Drop> ofNft(String text) {
        List<Drop> drops = new ArrayList<>();
        String table = "";
        String chain = "";
        boolean decided = true;
        String policy = "";
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher named = TABLE.matcher(line);
            Matcher begun = CHAIN.matcher(raw);
            Matcher hook = HOOK.matcher(line);
            if (named.matches()) {
                table = named.group(1) + " " + named.group(2);
            } else if (begun.matches()) {
                chain = begun.group(1);
                decided = true; // no base chain yet
                policy = "";
            } else if (hook.matches()) {
                decided = false;
                policy = line.contains("policy drop") ? "policy drop" : "";
            } else if (line.equals("}")) {
                add(drops, !decided && !policy.isEmpty(), table, chain, policy);
                decided = true;
            } else if (!decided && isAboutGre(line)) {
                add(drops, DROPS.matcher(line).matches(), table, chain, line);
                decided = true;
            }
        }
        return drops;
    }

    /** Whether it decides on a GRE packet of a call: names it, takes every packet, or what belongs to a known flow. */
    private static boolean isAboutGre(String line) {
        boolean verdict = DROPS.matcher(line).matches() || ACCEPTS.matcher(line).matches();
        return verdict
                && (GRE.matcher(line).matches()
                        || ANY_PACKET.matcher(line).matches()
                        || (ESTABLISHED.matcher(line).matches()
                                && ACCEPTS.matcher(line).matches()));
    }

    private static void add(List<Drop> drops, boolean dropped, String table, String chain, String rule) {
        if (dropped) {
            drops.add(new Drop(
                    "chain " + chain + " of table " + table,
                    rule,
                    "nft insert rule " + table + " " + chain + " meta l4proto gre accept"));
        }
    }

    /** What drops GRE in what {@code iptables-save} prints. */
    public static List<Drop> ofIptables(String text) {
        List<Drop> drops = new ArrayList<>();
        for (String chain : List.of("INPUT", "OUTPUT")) {
            String policy = "";
            String decision = "";
            boolean filter = false;
            for (String line : text.lines().toList()) {
                Matcher said = POLICY.matcher(line);
                Matcher rule = APPENDED.matcher(line);
                filter = line.startsWith("*") ? line.equals("*filter") : filter;
                if (filter && said.matches() && said.group(1).equals(chain)) {
                    policy = said.group(2);
                } else if (filter
                        && decision.isEmpty()
                        && rule.matches()
                        && rule.group(1).equals(chain)
                        && decides(rule.group(2))) {
                    decision = line;
                }
            }
            String cause = decision.isEmpty() ? "policy " + policy : decision;
            if (DROPS.matcher(cause).matches()) {
                drops.add(new Drop("chain " + chain, cause, "iptables -I " + chain + " -p gre -j ACCEPT"));
            }
        }
        return drops;
    }

    private static boolean decides(String rule) {
        boolean any = rule.matches("-j (DROP|REJECT|ACCEPT)\\b.*");
        return any
                || (GRE.matcher(rule).matches()
                        && (DROPS.matcher(rule).matches()
                                || ACCEPTS.matcher(rule).matches()))
                || (ESTABLISHED.matcher(rule).matches() && ACCEPTS.matcher(rule).matches());
    }
}
