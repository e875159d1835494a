package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * The way that packets to one address take, read from a line of {@code ip route get} or {@code ip route show}.
 *
 * @param type {@code unicast} where a packet leaves the host; {@code local}, {@code broadcast}, …
 * @param via the next router, with {@code inet6 } before an IPv6 one; null where the destination is on the link
 * @param dev the interface
 * @param src the address that packets carry, null where not told
 * @param metric 0 where not told
 */
record OuterRoute(
        String type,
        @Nullable String via,
        String dev,
        @Nullable String src,
        String metric) {
    private static final Set<String> TYPES = Set.of(
            "unicast", "local", "broadcast", "multicast", "anycast", "throw", "unreachable", "prohibit", "blackhole");

    /** The first line of what the command printed; empty when it names no interface. */
    static Optional<OuterRoute> parse(String answer) {
        List<String> words =
                List.of(answer.lines().findFirst().orElse("").strip().split("\\s+"));
        String type = TYPES.contains(words.get(0)) ? words.get(0) : "unicast";
        String via = after("via", words);
        if ("inet6".equals(via)) {
            via = "inet6 " + after("inet6", words);
        }
        String dev = after("dev", words);
        String metric = after("metric", words);
        return dev == null
                ? Optional.empty()
                : Optional.of(new OuterRoute(type, via, dev, after("src", words), metric == null ? "0" : metric));
    }

    /**
     * Of routes that an address is within, the one that a packet would take: the narrowest, then the one of the smallest
     * metric.
     *
     * @param routes as {@code ip route show} lists them, one a line
     */
    static Optional<OuterRoute> best(String routes) {
        OuterRoute best = null;
        int most = -1;
        for (String line : routes.lines().toList()) {
            Optional<OuterRoute> route = parse(line);
            int prefix = prefix(line.split(" ", 2)[0]);
            if (route.isPresent()
                    && route.get().leavesHost()
                    && (prefix > most
                            || (prefix == most && best != null && route.get().metricNumber() < best.metricNumber()))) {
                best = route.get();
                most = prefix;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int prefix(String network) {
        return network.equals("default")
                ? 0
                : Cidr.parse(network).map(Cidr::prefix).orElse(-1);
    }

    private long metricNumber() {
        return Long.parseLong(metric);
    }

    private static @Nullable String after(String keyword, List<String> words) {
        int at = words.indexOf(keyword);
        return at < 0 || at + 1 == words.size() ? null : words.get(at + 1);
    }

    /** Whether packets leave the host at all. */
    boolean leavesHost() {
        return type.equals("unicast");
    }

    /** Whether a packet would take the same way, and no route of a better metric could be put beside it. */
    boolean isPinnedBy(OuterRoute other) {
        return other.leavesHost()
                && dev.equals(other.dev)
                && (via == null ? other.via == null : via.equals(other.via))
                && other.metric.equals("0");
    }

    /** The arguments that add this way as a route of one address. */
    List<String> addition(Inet4Address server) {
        List<String> arguments = new ArrayList<>(arguments("add", server));
        if (src != null) {
            arguments.addAll(List.of("src", src));
        }
        return arguments;
    }

    /** The arguments that remove it again. */
    List<String> removal(Inet4Address server) {
        return arguments("del", server);
    }

    private List<String> arguments(String verb, Inet4Address server) {
        List<String> arguments = new ArrayList<>(List.of("route", verb, server.getHostAddress() + "/32"));
        if (via != null) {
            arguments.add("via");
            arguments.addAll(List.of(via.split(" ", -1)));
        }
        arguments.addAll(List.of("dev", dev));
        if (via == null) {
            arguments.addAll(List.of("scope", "link"));
        }
        // So that the removal does not find a route that somebody else has put in its place.
        arguments.addAll(List.of("proto", IpChange.PROTOCOL));
        return arguments;
    }
}
