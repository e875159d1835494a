package org.jpptp.cli.view;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jpptp.cli.usage.OptionWords;
import org.jpptp.client.Cidr;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.Setting;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;

/** What was agreed on in each phase, in words. */
public final class Phases {
    private final Style style;

    public Phases(Style style) {
        this.style = style;
    }

    public String server(TunnelEvent.ServerAnswered event) {
        String vendor = event.vendor().isBlank() ? "" : event.vendor().strip() + ", ";
        return String.format(
                Locale.ROOT,
                "%s:%d (%sfirmware %d)",
                event.address().getHostAddress(),
                event.port(),
                vendor,
                event.firmware());
    }

    public String call(TunnelEvent.CallEstablished event) {
        return "call " + event.localCallId() + " " + style.arrow() + " " + event.peerCallId() + ", "
                + Quantities.rate(event.bitsPerSecond());
    }

    public String link(TunnelEvent.LinkOpened event) {
        List<String> agreed = new ArrayList<>();
        agreed.add(
                event.mru() == event.peerMru()
                        ? "MRU " + event.mru()
                        : "MRU " + event.mru() + " (server " + event.peerMru() + ")");
        if (event.magic()) {
            agreed.add("magic");
        }
        if (event.pfc()) {
            agreed.add("PFC");
        }
        if (event.acfc()) {
            agreed.add("ACFC");
        }
        return String.join(", ", agreed);
    }

    public String identity(TunnelEvent.IdentityProven event) {
        return event.method() + " as " + event.name()
                + (event.serverProved() ? "; the server proved itself" : "; the server did not prove itself");
    }

    public String encryption(TunnelEvent.EncryptionSettled event) {
        String send = orClear(event.send());
        String receive = orClear(event.receive());
        return send.equals(receive) ? send + ", both directions" : send + " sent, " + receive + " received";
    }

    /** Whether both directions are; compression alone hides nothing. */
    public static boolean encrypted(TunnelEvent.EncryptionSettled event) {
        return encrypts(event.send()) && encrypts(event.receive());
    }

    private static boolean encrypts(@Nullable String coding) {
        return coding != null && coding.startsWith("MPPE");
    }

    private static String orClear(@Nullable String encryption) {
        return encryption == null ? "none (in clear)" : encryption;
    }

    public String addresses(TunnelEvent.AddressesAgreed event) {
        StringBuilder text = new StringBuilder(event.local().getHostAddress());
        if (event.remote() != null) {
            text.append(' ')
                    .append(style.arrow())
                    .append(' ')
                    .append(event.remote().getHostAddress());
        }
        if (!event.wins().isEmpty()) {
            text.append(", WINS ").append(list(event.wins()));
        }
        if (event.localIpv6() != null) {
            text.append(", IPv6 ").append(event.localIpv6());
        }
        return text.toString();
    }

    public String names(TunnelEvent.NamesSettled event) {
        String servers = "DNS " + list(event.servers());
        return switch (event.scope()) {
            case NOTHING ->
                event.servers().isEmpty()
                        ? "DNS as before."
                        : servers + " (not applied; " + OptionWords.of(Setting.DNS, "accept") + ").";
            case DOMAINS -> servers + " for " + String.join(" ", event.domains()) + by(event);
            case BESIDE -> servers + by(event);
            case EVERYTHING -> servers + " for all names" + by(event);
        };
    }

    private static String by(TunnelEvent.NamesSettled event) {
        return event.by() == null ? "." : " (" + event.by() + ").";
    }

    public String up(TunnelEvent.TunnelUp event, String ending) {
        return up(event, null, ending);
    }

    /** @param proxy what alone leads into it, null where this host's routes do */
    String up(TunnelEvent.TunnelUp event, @Nullable ProxySettings proxy, String ending) {
        String where = event.namespace() == null ? "" : " in namespace " + event.namespace();
        String routes = proxy != null
                ? "Proxy (SOCKS5, HTTP): " + proxy + "."
                : event.routes().isEmpty()
                        ? "No routes (see --route)."
                        : "Routes: "
                                + event.routes().stream().map(Cidr::toString).collect(Collectors.joining(" ")) + ".";
        return "Tunnel " + event.interfaceName() + where + " is up after " + Quantities.seconds(event.took()) + ". "
                + routes + " " + ending;
    }

    public String upAgain(TunnelEvent.TunnelUp event) {
        return "Tunnel " + event.interfaceName() + " is up again after " + Quantities.seconds(event.took()) + ".";
    }

    /** What was seen, and what comes of it. */
    public String reconnecting(TunnelEvent.Reconnecting event) {
        String seen = event.after() == null ? "" : event.after().sentence().strip() + " ";
        String when = event.delay().isZero() ? "at once" : "in " + Quantities.seconds(event.delay());
        return seen + (event.attempt() == 1 ? "Reconnecting " : "Try " + event.attempt() + " ") + when + ".";
    }

    public String statistics(TunnelEvent.Statistics event) {
        return event.doing() == null
                ? "Up for " + Quantities.span(event.since()) + traffic(event.octetsSent(), event.octetsReceived())
                : "Not up after " + Quantities.span(event.since()) + ": " + event.doing() + ".";
    }

    public String ended(TunnelEvent.Ended event) {
        return (event.failure() == null ? "Disconnected after " : "The tunnel was up for ")
                + Quantities.span(event.upFor())
                + traffic(event.traffic().octetsSent(), event.traffic().octetsReceived())
                + missing(event.traffic());
    }

    /** What did not pass, where there is any. */
    private static String missing(TunnelStatus.Traffic traffic) {
        String refused = StatusView.refused(StatusJson.refused(traffic));
        String lost = traffic.lost() == 0 ? "" : " Packets lost on the way: " + traffic.lost() + ".";
        return lost + (refused.isEmpty() ? "" : " Packets refused: " + refused + ".");
    }

    private static String traffic(long sent, long received) {
        return ": " + Quantities.octets(sent) + " sent, " + Quantities.octets(received) + " received.";
    }

    private static String list(List<Inet4Address> addresses) {
        return addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(" "));
    }
}
