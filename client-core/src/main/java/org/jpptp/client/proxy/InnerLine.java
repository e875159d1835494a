package org.jpptp.client.proxy;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.ProxyCounts;

/**
 * The lines between the process of a tunnel and that of its proxy. To the proxy: {@code plan NAME MTU LOCAL REMOTE IPV6
 * RESOLVERS}, with {@code -} for what there is not. From it: {@code done}, or {@code refused WHY}, to each plan; and {@code
 * count OPEN SERVED REFUSED} when that has changed.
 */
public final class InnerLine {
    /** The interface is another one, which the next plan is for; answered as a plan is. */
    public static final String RENEW = "renew";

    private static final String PLAN = "plan";
    private static final String DONE = "done";
    private static final String REFUSED = "refused ";
    private static final String COUNT = "count";
    /** Stands for what there is not. */
    public static final String NOTHING = "-";

    private static final int PLAN_WORDS = 7;
    private static final int COUNT_WORDS = 4;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern IPV6 = Pattern.compile("fe80::[0-9a-f:]{1,20}");

    private InnerLine() {}

    /**
     * How the interface is to look.
     *
     * @param name the interface
     * @param mtu in octets
     * @param local its address
     * @param remote the address of the other end, {@code -} for none
     * @param ipv6 its link-local address, {@code -} for none
     * @param resolvers whom to ask for names
     */
    public record Plan(String name, int mtu, String local, String remote, String ipv6, List<Inet4Address> resolvers) {
        public Plan {
            resolvers = List.copyOf(resolvers);
        }

        /** Whether there is another end. */
        public boolean hasRemote() {
            return !remote.equals(NOTHING);
        }

        /** Whether there is IPv6. */
        public boolean hasIpv6() {
            return !ipv6.equals(NOTHING);
        }
    }

    /** What the proxy says. */
    public sealed interface Reply {
        /** The interface looks as planned. */
        record Done() implements Reply {
            @Override
            public <R> R fold(Function<String, R> refused, Function<ProxyCounts, R> counted, R done) {
                return done;
            }
        }

        /** It does not. */
        record Refused(String why) implements Reply {
            @Override
            public <R> R fold(Function<String, R> refused, Function<ProxyCounts, R> counted, R done) {
                return refused.apply(why);
            }
        }

        /** What was done so far. */
        record Counted(ProxyCounts counts) implements Reply {
            @Override
            public <R> R fold(Function<String, R> refused, Function<ProxyCounts, R> counted, R done) {
                return counted.apply(counts);
            }
        }

        /** What belongs to its case. */
        <R> R fold(Function<String, R> refused, Function<ProxyCounts, R> counted, R done);
    }

    /** The line of a plan. */
    public static String of(Plan plan) {
        String resolvers =
                plan.resolvers().stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(","));
        return String.join(
                " ",
                PLAN,
                plan.name(),
                Integer.toString(plan.mtu()),
                plan.local(),
                plan.remote(),
                plan.ipv6(),
                resolvers.isEmpty() ? NOTHING : resolvers);
    }

    /** Reads it; empty for any other line. */
    public static Optional<Plan> plan(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != PLAN_WORDS || !words[0].equals(PLAN) || !words[2].matches("\\d{2,5}")) {
            return Optional.empty();
        }
        List<Optional<Inet4Address>> resolvers = words[6].equals(NOTHING)
                ? List.of()
                : Arrays.stream(words[6].split(",", -1)).map(InnerLine::address).toList();
        boolean understood = address(words[3]).isPresent()
                && (words[4].equals(NOTHING) || address(words[4]).isPresent())
                && (words[5].equals(NOTHING) || IPV6.matcher(words[5]).matches())
                && resolvers.stream().allMatch(Optional::isPresent);
        return understood
                ? Optional.of(new Plan(
                        words[1],
                        Integer.parseInt(words[2]),
                        words[3],
                        words[4],
                        words[5],
                        resolvers.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    private static Optional<Inet4Address> address(String word) {
        return word.indexOf('/') < 0 ? Cidr.parse(word).map(Cidr::address) : Optional.empty();
    }

    /** The line of a reply. */
    public static String of(Reply reply) {
        return reply.fold(
                why -> REFUSED + why.replaceAll("[^ -~]+", " ").strip(),
                counts -> String.join(
                        " ",
                        COUNT,
                        Integer.toString(counts.open()),
                        Long.toString(counts.served()),
                        Long.toString(counts.refused())),
                DONE);
    }

    /** Reads it; empty for any other line. */
    public static Optional<Reply> reply(String line) {
        if (line.equals(DONE)) {
            return Optional.of(new Reply.Done());
        }
        if (line.startsWith(REFUSED)) {
            return Optional.of(new Reply.Refused(line.substring(REFUSED.length())));
        }
        String[] words = line.split(" ", -1);
        boolean counts = words.length == COUNT_WORDS
                && words[0].equals(COUNT)
                && Arrays.stream(words)
                        .skip(1)
                        .allMatch(word -> NUMBER.matcher(word).matches());
        return counts
                ? Optional.of(new Reply.Counted(new ProxyCounts(
                        (int) Math.min(Integer.MAX_VALUE, Long.parseLong(words[1])),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]))))
                : Optional.empty();
    }
}
