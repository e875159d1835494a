package org.jpptp.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.DoctorView;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.report.Report;
import org.jpptp.client.report.TunnelReport;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as one HTML file: it loads nothing, has no script, and says so to whoever shows it (Content Security Policy).
 */
public final class ReportPage {
    /** By it a file of ours is known again. */
    static final String GENERATOR = "jpptp";

    /** Nothing may be loaded, nothing run, and nothing sent; the style is the page's own. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss xxx", Locale.ENGLISH);

    private final Markup page;
    private final Report report;
    private final Wording wording;
    private final ZoneId zone;

    private ReportPage(Writer out, Report report, Wording wording, ZoneId zone) {
        this.page = new Markup(out);
        this.report = report;
        this.wording = wording;
        this.zone = zone;
    }

    /**
     * Writes all of it.
     *
     * @param wording how settings are said to its reader
     * @param zone where the reader is
     * @throws UncheckedIOException where it cannot be written
     */
    public static void write(Writer out, Report report, Wording wording, ZoneId zone) {
        new ReportPage(out, report, wording, zone).write();
    }

    private void write() {
        page.doctype().open("html", "lang", "en");
        head();
        page.open("body");
        page.element("a", "Skip to the verdict", "class", "skip", "href", "#verdict");
        header();
        page.open("main", "id", "verdict", "tabindex", "-1");
        if (report.tunnels().size() == 1) {
            new TunnelSection(page, report.tunnels().get(0), 1, TunnelSection.ALONE, wording).write();
        } else {
            tunnels();
        }
        if (report.machine() != null) {
            machine(report.machine());
        }
        page.closeLine();
        footer();
        page.closeLine().closeLine();
        page.end();
    }

    private void head() {
        page.open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        page.empty("meta", "name", "generator", "content", GENERATOR + " " + Version.number());
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.empty("meta", "name", "referrer", "content", "no-referrer");
        page.element("title", title() + " – jpptp report");
        page.open("style").lines(css()).close();
        page.closeLine();
    }

    private String title() {
        List<TunnelReport> tunnels = report.tunnels();
        if (tunnels.isEmpty()) {
            return "Nothing to explain";
        }
        if (tunnels.size() > 1) {
            return tunnels.size() + " tunnels";
        }
        TunnelReport only = tunnels.get(0);
        return "Tunnel to " + (only.server().isEmpty() ? "a server" : only.server());
    }

    private void header() {
        page.open("header");
        page.element("p", "jpptp report", "class", "kicker");
        page.element("h1", title());
        String from = report.files().isEmpty() ? "" : ", from " + String.join(", ", report.files());
        about("Written " + moment(report.written()) + from + ".");
        if (report.tunnels().size() == 1) {
            about(report.tunnels().get(0));
        }
        report.notes().forEach(note -> page.element("p", note, "class", "weak"));
        page.closeLine();
    }

    private void about(TunnelReport tunnel) {
        var recorded = tunnel.counters().recorded();
        if (recorded != null && recorded.begun() != null) {
            about("The record begins on " + moment(recorded.begun()) + ".");
        }
        if (!tunnel.client().isEmpty()) {
            about("The client is " + tunnel.client() + ".");
        }
        if (!tunnel.vendor().isBlank()) {
            about("The server calls itself “" + tunnel.vendor().strip() + "”.");
        }
    }

    private void about(String sentence) {
        page.element("p", sentence, "class", "about");
    }

    private String moment(Instant time) {
        return MOMENT.format(time.atZone(zone));
    }

    private static String who(TunnelReport tunnel) {
        String client = tunnel.client().isEmpty() ? "client" : tunnel.client();
        String server = tunnel.server().isEmpty() ? "server" : tunnel.server();
        return client + " to " + server + (tunnel.vendor().isEmpty() ? "" : " (" + tunnel.vendor() + ")");
    }

    private void tunnels() {
        if (report.tunnels().isEmpty()) {
            page.element("p", "The files hold no tunnel.");
            return;
        }
        page.open("nav", "aria-labelledby", "tunnels")
                .element("h2", "Verdicts", "id", "tunnels")
                .open("ol");
        int number = 0;
        for (TunnelReport tunnel : report.tunnels()) {
            number++;
            page.open("li");
            TunnelSection.mark(tunnel.verdict()).write(page);
            page.element("a", who(tunnel), "href", "#" + id(number));
            page.text(": " + tunnel.verdict().verdict().sentence().strip()).closeLine();
        }
        page.close().closeLine();
        if (report.more() > 0) {
            page.element("p", report.more() + " more tunnels are not shown.");
        }
        number = 0;
        for (TunnelReport tunnel : report.tunnels()) {
            number++;
            page.open("article", "aria-labelledby", id(number));
            page.element("h2", "Tunnel " + number + ": " + who(tunnel), "id", id(number));
            new TunnelSection(page, tunnel, number, TunnelSection.ALONE + 1, wording).write();
            page.closeLine();
        }
    }

    /** Of the heading over a tunnel that is not alone. */
    static String id(int number) {
        return "tunnel" + number;
    }

    private void machine(Report.Machine machine) {
        page.open("section", "aria-labelledby", "machine", "class", "machine");
        page.element("h2", "This machine", "id", "machine");
        page.open("dl");
        option("Program", "jpptp " + machine.program());
        option("System", machine.system());
        option("Java", machine.java());
        page.closeLine();
        if (!machine.findings().isEmpty()) {
            page.open("ul", "class", "findings");
            machine.findings().forEach(this::finding);
            page.closeLine();
        }
        page.closeLine();
    }

    private void option(String name, String value) {
        page.open("div").element("dt", name).element("dd", value).close();
    }

    private void finding(Finding finding) {
        Mark mark =
                switch (finding.mark()) {
                    case FINE -> Mark.DONE;
                    case WARNING -> Mark.WEAK;
                    case FAULT -> Mark.FAILED;
                };
        page.open("li");
        mark.write(page);
        page.open("div").element("strong", finding.about()).text(" " + finding.seen());
        if (!finding.command().isEmpty()) {
            page.element("code", DoctorView.command(finding));
        }
        page.close().closeLine();
    }

    private void footer() {
        page.open("footer");
        page.element(
                "p",
                "Written by jpptp " + Version.number()
                        + ". There is no password in it, and of challenges, responses and"
                        + " proofs only the beginning. Names and addresses are as they were: look through it before you"
                        + " hand it on.");
        page.closeLine();
    }

    /** The style; without what XML would have to escape. */
    static String css() {
        try (@Nullable InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("the jar has no report.css");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
