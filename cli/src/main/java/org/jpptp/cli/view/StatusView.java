package org.jpptp.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jpptp.cli.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How a tunnel is doing, for people: a block of lines, or one line. */
public final class StatusView {
    /** Columns of a mark and the blank behind it. */
    private static final int MARK = 2;

    private static final int LABEL = 14;

    private final Style style;
    private final ZoneId zone;

    /** @param zone where the reader is */
    public StatusView(Style style, ZoneId zone) {
        this.style = style;
        this.zone = zone;
    }

    /**
     * The lines that tell of a tunnel.
     *
     * @param tunnel a document of StatusJson
     */
    public List<String> block(JsonObject tunnel) {
        List<String> lines = new ArrayList<>();
        lines.add(style.hanging(mark(tunnel) + " ", MARK, Style.visible(head(tunnel))));
        row(lines, "server", server(tunnel.object("server")));
        row(lines, "identity", identity(tunnel.object("identity")));
        row(lines, "encryption", encryption(tunnel));
        tunnel.texts("weaknesses").forEach(weakness -> row(lines, "weak", weakness));
        row(lines, "interface", network(tunnel));
        row(lines, "proxy", proxy(tunnel.object("proxy")));
        row(lines, "addresses", addresses(tunnel.object("addresses")));
        row(lines, "names", names(tunnel.object("names")));
        row(lines, "sent", traffic(tunnel, "Sent"));
        row(lines, "received", traffic(tunnel, "Received"));
        row(lines, "losses", losses(tunnel.object("traffic")));
        row(lines, "TCP", clamped(tunnel.object("traffic")));
        row(lines, "refused", refused(tunnel.object("refused")));
        row(lines, "other calls", others(tunnel.object("refused")));
        row(lines, "round trip", roundTrip(tunnel.object("roundTrip")));
        row(lines, "lost", lost(tunnel));
        return lines;
    }

    /** The same in short, such as for a log. */
    public String line(JsonObject tunnel) {
        String rates = rate(tunnel, "Sent");
        return Style.visible(head(tunnel))
                + (rates.isEmpty() ? "" : "; sent" + rates + ", received" + rate(tunnel, "Received"));
    }

    private String mark(JsonObject tunnel) {
        return switch (tunnel.text("state", "")) {
            case "up" -> tunnel.texts("weaknesses").isEmpty() ? style.tick() : style.warningMark();
            case "down", "dead" -> style.cross();
            default -> style.dots();
        };
    }

    private String head(JsonObject tunnel) {
        String state = tunnel.text("state", "");
        String head = tunnel.text("name", "") + (state.equals("dead") ? " has died" : " is " + state);
        if (tunnel.has("sinceMs")) {
            head += " for " + TunnelText.span(tunnel) + moment(tunnel.text("since", ""));
        }
        String doing = tunnel.text("doing");
        return head + (doing == null ? "" : ": " + doing);
    }

    private String moment(String since) {
        try {
            return ", since " + String.format("%tF %<tT", LocalDateTime.ofInstant(Instant.parse(since), zone));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private void row(List<String> lines, String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            String head = "  " + label + " ".repeat(LABEL - 2 - label.length());
            lines.add(style.hanging(label.equals("weak") ? style.yellow(head) : head, LABEL, Style.visible(text)));
        }
    }

    private static String server(JsonObject server) {
        if (!server.has("host")) {
            return "";
        }
        String address = server.text("address");
        String host = server.text("host", "");
        String vendor = server.text("vendor", "").strip();
        return (address == null || address.equals(host) ? host : host + ", " + address) + ":" + server.number("port")
                + (vendor.isEmpty() ? "" : " (" + vendor + ", firmware " + server.number("firmware") + ")");
    }

    private static @Nullable String identity(JsonObject identity) {
        return identity.has("method")
                ? identity.text("method", "") + " as " + identity.text("name", "")
                        + (identity.is("serverProved")
                                ? "; the server proved itself"
                                : "; the server did not prove itself")
                : null;
    }

    private static @Nullable String encryption(JsonObject tunnel) {
        JsonObject encryption = tunnel.object("encryption");
        if (encryption.isEmpty()) {
            return null;
        }
        String send = encryption.text("send", "none (in clear)");
        String receive = encryption.text("receive", "none (in clear)");
        return send.equals(receive) ? send + ", both directions" : send + " sent, " + receive + " received";
    }

    private static @Nullable String network(JsonObject tunnel) {
        JsonObject network = tunnel.object("interface");
        if (!network.has("name")) {
            return null;
        }
        if (tunnel.has("proxy")) {
            return network.text("name", "") + " in a namespace of its own, MTU " + network.number("mtu");
        }
        String namespace = network.text("namespace");
        List<String> routes = tunnel.texts("routes");
        return network.text("name", "") + (namespace == null ? "" : " in namespace " + namespace) + ", MTU "
                + network.number("mtu") + (routes.isEmpty() ? ", no routes" : ", routes " + String.join(" ", routes));
    }

    private static @Nullable String proxy(JsonObject proxy) {
        if (!proxy.has("address")) {
            return null;
        }
        String address = proxy.text("address", "");
        String names = String.join(" ", proxy.texts("dns"));
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + proxy.number("port")
                + " (SOCKS5, HTTP), names by " + (names.isEmpty() ? "nobody" : names) + "; " + proxy.number("open")
                + " open, " + proxy.number("served") + " served, " + proxy.number("refused") + " refused";
    }

    private @Nullable String addresses(JsonObject addresses) {
        if (!addresses.has("local")) {
            return null;
        }
        StringBuilder text = new StringBuilder(addresses.text("local", ""));
        append(text, " " + style.arrow() + " ", addresses.text("remote"));
        append(text, ", DNS ", String.join(" ", addresses.texts("dns")));
        append(text, ", WINS ", String.join(" ", addresses.texts("wins")));
        append(text, ", IPv6 ", addresses.text("localIpv6"));
        return text.toString();
    }

    private static @Nullable String names(JsonObject names) {
        String servers = String.join(" ", names.texts("servers"));
        String by = names.text("by");
        String asks = by == null ? "" : " (" + by + ")";
        return switch (names.text("scope", "")) {
            case "domains" -> "of " + String.join(" ", names.texts("domains")) + " by " + servers + asks;
            case "beside" -> "by " + servers + ", and by the servers from before" + asks;
            case "everything" -> "all by " + servers + asks;
            case "nothing" -> "as without the tunnel";
            default -> null;
        };
    }

    private static void append(StringBuilder text, String before, @Nullable String more) {
        if (more != null && !more.isEmpty()) {
            text.append(before).append(more);
        }
    }

    private static @Nullable String traffic(JsonObject tunnel, String way) {
        JsonObject traffic = tunnel.object("traffic");
        if (!tunnel.has("interface")) {
            return null;
        }
        long packets = traffic.number("packets" + way);
        return Quantities.octets(traffic.number("octets" + way)) + " in " + packets(packets)
                + (tunnel.has("rates") ? ";" + rate(tunnel, way) : "");
    }

    private static String packets(long packets) {
        return packets == 1 ? "1 packet" : packets + " packets";
    }

    private static String rate(JsonObject tunnel, String way) {
        JsonObject rates = tunnel.object("rates");
        return rates.isEmpty()
                ? ""
                : " " + Quantities.rate(rates.number("bitsPerSecond" + way)) + ", "
                        + packets(rates.number("packetsPerSecond" + way)) + "/s";
    }

    private static @Nullable String losses(JsonObject traffic) {
        long lost = traffic.number("lost");
        long late = traffic.number("reordered");
        if (lost == 0 && late == 0) {
            return null;
        }
        double share = 100.0 * lost / Math.max(1, lost + traffic.number("packetsReceived"));
        return String.format(Locale.ROOT, "%s never came (%.1f %%), %d came late", packets(lost), share, late);
    }

    private static @Nullable String clamped(JsonObject traffic) {
        long clamped = traffic.number("clamped");
        return clamped == 0 ? null : "the segment size was lowered in " + packets(clamped);
    }

    static String refused(JsonObject refused) {
        List<String> causes = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> cause : refused.fields().entrySet()) {
            if (refused.number(cause.getKey()) > 0 && !cause.getKey().equals(StatusJson.OTHERS)) {
                causes.add(refused.number(cause.getKey()) + " "
                        + StatusJson.CAUSES.getOrDefault(cause.getKey(), cause.getKey()));
            }
        }
        return String.join(", ", causes);
    }

    private static @Nullable String others(JsonObject refused) {
        long others = refused.number(StatusJson.OTHERS);
        return others == 0 ? null : packets(others) + " passed over, as of other tunnels with the server";
    }

    private static String roundTrip(JsonObject roundTrip) {
        List<String> times = new ArrayList<>();
        if (roundTrip.has("echoMs")) {
            times.add(roundTrip.fields().get("echoMs") + " ms (LCP echo)");
        }
        if (roundTrip.has("acknowledgementMs")) {
            times.add(roundTrip.fields().get("acknowledgementMs") + " ms (GRE acknowledgements)");
        }
        return String.join(", ", times);
    }

    private static @Nullable String lost(JsonObject tunnel) {
        JsonObject failure = tunnel.object("lastFailure");
        long times = tunnel.number("reconnections");
        String back = times == 0 ? "" : times == 1 ? "came back once" : "came back " + times + " times";
        if (!failure.has("sentence")) {
            return back;
        }
        String why = Quantities.span(Duration.ofMillis(failure.number("agoMs"))) + " ago: "
                + failure.text("sentence", "").strip();
        return back.isEmpty() ? why : back + "; " + why;
    }
}
