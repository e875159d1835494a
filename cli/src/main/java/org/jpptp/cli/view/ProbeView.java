package org.jpptp.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.usage.OptionWords;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.Setting;
import org.jpptp.client.probe.Advice;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.client.vendor.Vendor;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** Shows what a probe has found: a table, then what would connect, and what that gives up. */
public final class ProbeView {
    /** Columns before the text of a line: mark, and the name of what the line is about. */
    private static final int MARGIN = 16;

    private static final int NAME = 11;
    private static final int INDENT = 2;

    private final PrintStream out;
    private final Style style;
    private final Probe.LogOn logOn;

    /** @param logOn whether somebody was to log on */
    public ProbeView(PrintStream out, Style style, Probe.LogOn logOn) {
        this.out = out;
        this.style = style;
        this.logOn = logOn;
    }

    /** All of it. */
    public void show(ProbeReport report) {
        report.addresses().forEach(address -> address(address, report.server()));
        vendor(report);
        call(report);
        gre(report.gre());
        link(report);
        path(report.path());
        encryption(report);
        advice(report);
    }

    private void line(String mark, String name, String text) {
        String head = "  " + mark + " " + name + " ".repeat(NAME - name.length()) + " ";
        out.println(style.hanging(head, MARGIN, Style.visible(text)));
    }

    private void more(String text) {
        out.println(style.hanging(" ".repeat(MARGIN), MARGIN, Style.visible(text)));
    }

    private void address(ProbeReport.Address address, ServerSettings server) {
        String where = address.address().getHostAddress() + ":" + server.port();
        ProbeReport.Greeting greeting = address.greeting();
        Duration tcp = address.tcp();
        if (greeting != null && tcp != null) {
            line(
                    style.tick(),
                    "server",
                    where + " answers TCP in " + Quantities.millis(tcp) + " and speaks PPTP: \""
                            + PeerText.escape(greeting.vendor()) + "\", host \"" + PeerText.escape(greeting.hostName())
                            + "\", firmware " + greeting.firmware() + ", framing " + greeting.framing() + ", bearer "
                            + greeting.bearer() + ", channels " + greeting.channels());
            return;
        }
        Failure failure = address.failure();
        line(style.cross(), "server", where + (failure == null ? " was not asked" : ": " + failure.sentence()));
    }

    private void vendor(ProbeReport report) {
        Optional<Vendor> vendor = report.vendor();
        vendor.ifPresent(known -> {
            line(
                    style.dim("i"),
                    "vendor",
                    "most likely " + known.title() + (known.defaults().isEmpty() ? "" : ": " + known.defaults()));
            known.quirks().forEach(this::more);
        });
    }

    private void call(ProbeReport report) {
        ProbeReport.Call call = report.call();
        if (call != null) {
            line(
                    style.tick(),
                    "call",
                    "accepted in " + Quantities.millis(call.took()) + ", " + Quantities.rate(call.bitsPerSecond())
                            + ", window of " + call.window() + " packets");
        } else if (report.calls() > 0) {
            line(style.cross(), "call", "asked for, and not accepted");
        }
    }

    private void gre(ProbeReport.Gre gre) {
        String counts = " (" + gre.sent() + " sent, " + gre.received() + " received)";
        switch (gre.passage()) {
            case NOT_TRIED -> {}
            case NOT_ALLOWED ->
                line(style.warningMark(), "GRE", "not tried: it takes CAP_NET_RAW; run it as root to see more");
            case BOTH_WAYS -> line(style.tick(), "GRE", "passes both ways" + counts);
            case INWARDS_ONLY -> line(style.cross(), "GRE", "comes in, and does not arrive there" + counts);
            case BLOCKED -> line(style.cross(), "GRE", "nothing comes back" + counts);
            case DROPPED_HERE -> line(style.cross(), "GRE", "is dropped by this host's own firewall" + counts);
            case FROM_ELSEWHERE -> line(style.cross(), "GRE", "comes from another address" + counts);
            case UNREACHABLE -> line(style.cross(), "GRE", "the far end says that it takes none" + counts);
            case FORBIDDEN -> line(style.cross(), "GRE", "this host's own firewall lets none out");
        }
    }

    private void link(ProbeReport report) {
        ProbeReport.Link link = report.link();
        if (link.request().isEmpty()) {
            return;
        }
        line(style.tick(), "link", "LCP asks for " + link.request());
        if (link.methods().isEmpty()) {
            line(
                    link.asksForNothing() ? style.cross() : style.warningMark(),
                    "identity",
                    link.asksForNothing() ? "asks nobody who they are" : "said nothing of authentication");
            return;
        }
        line(
                style.tick(),
                "identity",
                "asks for " + labels(link.methods())
                        + (link.complete() ? ", and no other" : "; there may be more")
                        + (link.concealsEap()
                                ? ". Inside EAP it tells nothing to whom it does not know" + asUser()
                                : "")
                        + (link.eap().isEmpty() ? "" : ". Inside EAP: " + labels(link.eap())));
    }

    /** Whoever logs on has given a name already. */
    private String asUser() {
        return logOn == Probe.LogOn.NEVER ? "; -u NAME asks as somebody whom it knows" : "";
    }

    /** Whoever gives a name is not to be told to, and a name shows nothing of a server that nobody is logged on to. */
    private String unseen(ProbeReport.Link link) {
        if (!link.mayProveServer()) {
            return "not seen: a probe logs on only by a method that proves the server, and none is seen here";
        }
        return logOn == Probe.LogOn.NEVER
                ? "not seen: it shows only to whoever logs on (-u NAME)"
                : "not seen: nobody was logged on";
    }

    private static String labels(List<AuthDemand> demands) {
        return demands.stream().map(AuthDemand::label).collect(Collectors.joining(", then "));
    }

    private void path(ProbeReport.Path path) {
        if (path.octets() == 0) {
            return;
        }
        line(
                path.limited() ? style.warningMark() : style.tick(),
                "path",
                (path.limited() ? "GRE packets of up to " : "GRE packets of ") + path.octets()
                        + " octets pass both ways unfragmented: datagrams of " + path.datagram() + " octets fit");
    }

    private void encryption(ProbeReport report) {
        if (report.link().request().isEmpty()) {
            return;
        }
        ProbeReport.Encryption seen = report.encryption();
        if (seen == null) {
            line(style.dim("-"), "encryption", unseen(report.link()));
            return;
        }
        String offers = seen.offers().stream().map(MppeOffer::label).collect(Collectors.joining(", then "));
        PppEvent.EncryptionSettled settled = seen.settled();
        if (settled == null && seen.isShown()) {
            line(style.tick(), "encryption", "offers " + offers + ", and ends the link of whoever asks for more first");
        } else if (settled == null) {
            line(
                    style.cross(),
                    "encryption",
                    seen.method() == null ? "not seen: nobody was logged on" : "came to nothing");
        } else {
            boolean clear = settled.send() == null || settled.receive() == null;
            line(
                    clear ? style.warningMark() : style.tick(),
                    "encryption",
                    (offers.isEmpty() ? "offers none" : "offers " + offers) + "; to a client that takes everything: "
                            + coding(settled.send()) + " to it, " + coding(settled.receive()) + " from it");
        }
    }

    private static String coding(PppEvent.@Nullable Coding coding) {
        return coding == null ? "nothing" : coding.label();
    }

    private void advice(ProbeReport report) {
        Failure failure = report.failure();
        if (failure != null) {
            remedy(report, failure.reason());
            return;
        }
        Optional<Advice> advice = Advice.of(report);
        if (advice.isEmpty()) {
            return;
        }
        Advice found = advice.get();
        out.println();
        out.println(found.guess() ? "Most likely this connects:" : "This connects:");
        out.println("  " + command(found, report.server()));
        out.println("or a profile with these lines:");
        profile(found, report.server()).forEach(line -> out.println("  " + line));
        for (String sentence : found.givesUp()) {
            out.println(style.hanging("  " + style.warningMark() + " ", INDENT + 2, sentence));
        }
        if (found.settings().stream().anyMatch(choice -> choice.setting() == Setting.MPPE)) {
            remedy(report, FailureReason.ENCRYPTION_REFUSED);
        }
        if (found.settings().stream().anyMatch(choice -> choice.setting() == Setting.AUTH)) {
            remedy(report, FailureReason.AUTH_METHOD_REFUSED);
        }
    }

    /** What helps on the server, in its vendor's words. */
    private void remedy(ProbeReport report, FailureReason reason) {
        report.vendor().map(vendor -> vendor.remedy(reason)).ifPresent(words -> {
            out.println();
            out.println(style.hanging("  " + style.arrow() + " ", INDENT + Style.columns(style.arrow()) + 1, words));
        });
    }

    private static String host(ServerSettings server) {
        return server.port() == ServerSettings.DEFAULT_PORT ? server.host() : server.host() + ":" + server.port();
    }

    /** The command that would connect. */
    static String command(Advice advice, ServerSettings server) {
        StringBuilder command = new StringBuilder("jpptp connect -u NAME");
        advice.settings()
                .forEach(choice -> command.append(' ').append(OptionWords.of(choice.setting(), choice.value())));
        return command.append(' ').append(host(server)).toString();
    }

    /** The same as lines of a profile. */
    static List<String> profile(Advice advice, ServerSettings server) {
        return Stream.concat(
                        Stream.of("server = " + host(server), "user = NAME"),
                        advice.settings().stream().map(ProbeView::line))
                .toList();
    }

    private static String line(Advice.Choice choice) {
        String option = OptionWords.of(choice.setting(), choice.value()).substring(2);
        int blank = option.indexOf(' ');
        return blank < 0 ? option + " = on" : option.substring(0, blank) + " = " + option.substring(blank + 1);
    }
}
