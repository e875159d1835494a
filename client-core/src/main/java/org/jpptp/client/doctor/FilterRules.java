package org.jpptp.client.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what drops GRE in the text of a packet filter's rules. Chains that a rule jumps to are followed. */
public final class FilterRules {
    private static final Pattern TABLE = Pattern.compile("table (\\w+) (\\S+) \\{");
    /** Of tunnels of ours and of lockdown: what is marked as theirs passes. */
    private static final Pattern OURS = Pattern.compile("inet jpptp(_lockdown|-\\S+)");

    private static final Pattern CHAIN = Pattern.compile("\\s+chain (\\S+) \\{");
    private static final Pattern HOOK = Pattern.compile("type filter hook (input|output|prerouting|postrouting)\\b.*");
    private static final Pattern GRE = Pattern.compile(".*(protocol|l4proto|-p) (gre|47)\\b.*");
    private static final Pattern ANY_PACKET =
            Pattern.compile("(counter packets \\d+ bytes \\d+ )?(drop|reject\\b.*|accept)( comment .*)?");
    private static final Pattern DROPS = Pattern.compile(".*\\b(drop|reject|DROP|REJECT)\\b.*");
    private static final Pattern ACCEPTS = Pattern.compile(".*\\b(accept|ACCEPT)\\b.*");
    private static final Pattern ESTABLISHED = Pattern.compile(".*(established|ESTABLISHED).*");

    /** To another chain: every packet, GRE, or what comes and goes by one interface. */
    private static final Pattern JUMP =
            Pattern.compile("(?:[io]ifname (?!\"lo\")\\S+ |(?:ip protocol|meta l4proto) (?:gre|47) )*"
                    + "(?:counter packets \\d+ bytes \\d+ )?(jump|goto) (\\S+)(?: comment .*)?");

    private static final Pattern POLICY = Pattern.compile(":(\\S+) (\\w+|-) .*");
    private static final Pattern APPENDED = Pattern.compile("-A (\\S+) (.*)");
    private static final Pattern TARGET =
            Pattern.compile("(?:-[io] (?!lo\\b)\\S+ |-p (?:gre|47) )*-([jg]) (\\S+)(?: .*)?");
    private static final Pattern IPTABLES_HELPER = Pattern.compile("-A \\S+ .*--dport 1723\\b.*--helper pptp\\b.*");
    private static final Pattern NFT_HELPER = Pattern.compile("type \"pptp\" protocol tcp");

    /** Nobody jumps deeper, but whoever goes round in circles. */
    private static final int DEEPEST = 16;

    private FilterRules() {}

    /**
     * A rule, or a chain's policy, that drops GRE.
     *
     * @param where the chain as its program names it
     * @param rule as it is listed
     * @param command puts a rule before it that lets GRE pass
     */
    public record Drop(String where, String rule, String command) {}

    /** Where a packet's fate is decided, and how. */
    private record Decision(String chain, String rule) {
        boolean drops() {
            return DROPS.matcher(rule).matches();
        }
    }

    /** Whether a rule gives control connections to the helper, in what nft or iptables-save prints. */
    public static boolean assignsTheHelper(String nft, String iptables) {
        boolean byNft = NFT_HELPER.matcher(nft).find() && nft.contains("ct helper set");
        return byNft
                || iptables.lines()
                        .anyMatch(line -> IPTABLES_HELPER.matcher(line).matches());
    }

    /**
     * What drops GRE in what {@code nft list ruleset} prints: base chains of this host's own packets, those of our own tables
     * aside. Whoever let all GRE pass there would let everybody's pass.
     */
    public static List<Drop> ofNft(String text) {
        List<Drop> drops = new ArrayList<>();
        Map<String, Map<String, List<String>>> tables = tables(text);
        tables.keySet().removeIf(table -> OURS.matcher(table).matches());
        tables.forEach((table, chains) -> chains.forEach((chain, lines) -> {
            String hook = lines.stream()
                    .filter(line -> HOOK.matcher(line).matches())
                    .findFirst()
                    .orElse("");
            if (hook.isEmpty()) {
                return; // only jumped to
            }
            Decision decision = ofNft(chains, chain, DEEPEST);
            if (decision == null && hook.contains("policy drop")) {
                decision = new Decision(chain, "policy drop");
            }
            if (decision != null && decision.drops()) {
                drops.add(new Drop(
                        "chain " + decision.chain() + " of table " + table,
                        decision.rule(),
                        "nft insert rule " + table + " " + chain + " meta l4proto gre accept"));
            }
        }));
        return drops;
    }

    private static Map<String, Map<String, List<String>>> tables(String text) {
        Map<String, Map<String, List<String>>> tables = new LinkedHashMap<>();
        String table = "";
        List<String> chain = null;
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher named = TABLE.matcher(line);
            Matcher begun = CHAIN.matcher(raw);
            if (named.matches()) {
                table = named.group(1) + " " + named.group(2);
                chain = null;
            } else if (begun.matches()) {
                chain = new ArrayList<>();
                tables.computeIfAbsent(table, key -> new LinkedHashMap<>()).put(begun.group(1), chain);
            } else if (line.equals("}")) {
                chain = null;
            } else if (chain != null) {
                chain.add(line);
            }
        }
        return tables;
    }

    private static @Nullable Decision ofNft(Map<String, List<String>> chains, String chain, int depth) {
        for (String line : chains.getOrDefault(chain, List.of())) {
            Matcher jump = JUMP.matcher(line);
            if (jump.matches() && depth > 0) {
                Decision there = ofNft(chains, jump.group(2), depth - 1);
                if (there != null || jump.group(1).equals("goto")) {
                    return there;
                }
            } else if (!HOOK.matcher(line).matches() && isAboutGre(line)) {
                return new Decision(chain, line);
            }
        }
        return null;
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

    /** What drops GRE among rules of iptables. */
    public static List<Drop> ofIptables(MachineFacts.Iptables rules) {
        List<Drop> drops = new ArrayList<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        Map<String, String> policies = new LinkedHashMap<>();
        boolean filter = false;
        for (String line : rules.saved().lines().toList()) {
            Matcher policy = POLICY.matcher(line);
            Matcher rule = APPENDED.matcher(line);
            filter = line.startsWith("*") ? line.equals("*filter") : filter;
            if (filter && policy.matches()) {
                policies.put(policy.group(1), policy.group(2));
            } else if (filter && rule.matches()) {
                chains.computeIfAbsent(rule.group(1), key -> new ArrayList<>()).add(rule.group(2));
            }
        }
        for (String chain : List.of("INPUT", "OUTPUT")) {
            Decision decision = ofIptables(chains, chain, DEEPEST);
            if (decision == null) {
                decision = new Decision(chain, "policy " + policies.getOrDefault(chain, "ACCEPT"));
            }
            if (decision.drops()) {
                drops.add(new Drop(
                        "chain " + decision.chain() + " of " + rules.program(),
                        decision.rule(),
                        rules.program() + " -I " + chain + " -p gre -j ACCEPT"));
            }
        }
        return drops;
    }

    private static @Nullable Decision ofIptables(Map<String, List<String>> chains, String chain, int depth) {
        for (String rule : chains.getOrDefault(chain, List.of())) {
            Matcher target = TARGET.matcher(rule);
            if (target.matches() && target.group(2).equals("RETURN")) {
                return null;
            }
            if (target.matches() && chains.containsKey(target.group(2)) && depth > 0) {
                Decision there = ofIptables(chains, target.group(2), depth - 1);
                if (there != null || target.group(1).equals("g")) {
                    return there;
                }
            } else if (decides(rule)) {
                return new Decision(chain, "-A " + chain + " " + rule);
            }
        }
        return null;
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
