package org.jpptp.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.Quantities;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.report.TunnelReport;
import org.jspecify.annotations.Nullable;

/** All that is told of one tunnel, the verdict first. */
final class TunnelSection {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]*");

    /** The level of headings where there is one tunnel. */
    static final int ALONE = 2;

    private final Markup page;
    private final TunnelReport tunnel;
    private final String prefix;
    private final String owner;
    private final Wording wording;
    private final String heading;
    private final String below;
    private final Agreed agreed;

    /**
     * @param number of the tunnel, whose names begin with it
     * @param level of its headings: {@link #ALONE}, or below a heading of its own
     * @param wording how settings are said to its reader
     */
    TunnelSection(Markup page, TunnelReport tunnel, int number, int level, Wording wording) {
        this.page = page;
        this.tunnel = tunnel;
        this.prefix = "t" + number + "-";
        this.owner = level == ALONE ? "" : ReportPage.id(number) + " ";
        this.wording = wording;
        this.heading = "h" + level;
        this.below = "h" + (level + 1);
        this.agreed = new Agreed(tunnel.milestones());
    }

    /** Such as {@code The tunnel did not come up}. */
    static String headline(TunnelReport.Outcome outcome) {
        boolean failed = outcome.verdict().failure() != null;
        if (outcome.wasUp()) {
            return failed ? "The tunnel was up, and ended" : "The tunnel was up";
        }
        return failed ? "The tunnel did not come up" : "No failure is recorded";
    }

    static Mark mark(TunnelReport.Outcome outcome) {
        return outcome.verdict().failure() == null ? Mark.DONE : Mark.FAILED;
    }

    void write() {
        verdict();
        section(
                "phases",
                "Phases",
                () -> new PhaseTable(
                                tunnel.counters().traffic() == null ? PhaseTable.Of.RECORD : PhaseTable.Of.TUNNEL,
                                agreed,
                                tunnel.verdict().verdict().failure(),
                                tunnel.verdict().wasUp())
                        .write(page));
        if (!agreed.options().isEmpty()) {
            section("agreed", "What was agreed on", this::options);
        }
        TunnelReport.Happenings all = tunnel.happenings();
        if (Stream.concat(all.first().stream(), all.last().stream())
                .anyMatch(each -> !words(each).isEmpty())) {
            section("events", "What else happened", this::happenings);
        }
        Courses courses = new Courses(tunnel.course());
        if (!courses.isEmpty()) {
            section("traffic", "Traffic over time", () -> courses.write(page, below));
        }
        if (tunnel.verdict().wasUp()
                || tunnel.counters().recorded() != null
                || !tunnel.counters().messages().isEmpty()) {
            section("counters", "Counters", this::counters);
        }
        if (!tunnel.ladder().rungs().isEmpty()) {
            section("ladder", "Step by step", () -> ladder().write());
        }
    }

    private LadderList ladder() {
        return new LadderList(page, prefix, tunnel.ladder(), tunnel.verdict().proofs());
    }

    private void section(String name, String title, Runnable content) {
        String id = prefix + name;
        page.open("section", "aria-labelledby", owner + id, "class", name);
        page.element(heading, title, "id", id);
        content.run();
        page.closeLine();
    }

    private void verdict() {
        TunnelReport.Outcome outcome = tunnel.verdict();
        Verdict verdict = outcome.verdict();
        Failure failure = verdict.failure();
        String id = prefix + "verdict";
        page.open(
                "section",
                "aria-labelledby",
                owner + id,
                "class",
                "verdict " + mark(outcome).style());
        page.open(heading, "id", id);
        mark(outcome).write(page);
        page.element("span", headline(outcome)).close();
        String likely = verdict.confidence() == Verdict.Confidence.LIKELY ? "Most likely: " : "";
        page.element("p", likely + verdict.sentence().strip(), "class", "sentence");
        List<String> remedies = new ArrayList<>();
        if (failure != null && !failure.remedy().isEmpty()) {
            remedies.add(FailureText.remedy(failure, wording).strip());
        }
        if (outcome.vendorRemedy() != null) {
            remedies.add(outcome.vendorRemedy());
        }
        if (!remedies.isEmpty()) {
            page.element(below, "What to do");
            remedies.forEach(this::remedy);
        }
        proofs(outcome.proofs());
        Explained.Password password = outcome.password();
        if (password != null) {
            page.element("p", password.sentence());
        }
        for (String weakness : tunnel.weaknesses()) {
            page.element("p", weakness, "class", "weak");
        }
        if (failure != null) {
            page.element("p", "jpptp: " + FailureText.numbers(failure), "class", "numbers");
        }
        page.closeLine();
    }

    /** A browser would break a line behind the hyphens of an option. */
    private void remedy(String text) {
        page.open("p", "class", "remedy");
        Matcher option = OPTION.matcher(text);
        int at = 0;
        while (option.find()) {
            page.text(text.substring(at, option.start())).element("span", option.group(), "class", "option");
            at = option.end();
        }
        page.text(text.substring(at)).close();
    }

    private void proofs(List<Rung> proofs) {
        if (proofs.isEmpty()) {
            return;
        }
        LadderList ladder = ladder();
        page.element(below, "What proves it");
        page.open("ul", "class", "proofs");
        for (Rung proof : proofs) {
            page.open("li");
            String name = "#" + proof.number();
            if (ladder.has(proof)) {
                page.element("a", name, "href", "#" + LadderList.id(prefix, proof));
            } else {
                page.text(name);
            }
            String time = LadderList.time(proof);
            page.text(" " + proof.from().name().toLowerCase(Locale.ROOT) + (time.isEmpty() ? "" : ", " + time) + ": ");
            page.element("code", proof.text()).close();
        }
        page.closeLine();
    }

    private void options() {
        page.open("dl");
        for (Agreed.Option option : agreed.options()) {
            page.open("div")
                    .element("dt", option.name())
                    .element("dd", option.value())
                    .close();
        }
        page.closeLine();
    }

    private String words(TunnelReport.Happening happening) {
        return new Happened(Set.copyOf(tunnel.weaknesses())).of(happening.event());
    }

    private void happenings() {
        TunnelReport.Happenings all = tunnel.happenings();
        page.open("ul", "class", "events");
        all.first().forEach(this::happening);
        if (all.leftOut() > 0) {
            page.element("li", all.leftOut() + " more are left out here");
        }
        all.last().forEach(this::happening);
        page.closeLine();
    }

    private void happening(TunnelReport.Happening each) {
        String words = words(each);
        if (!words.isEmpty()) {
            page.open("li")
                    .element("span", Quantities.span(Duration.ofMillis(each.millis())), "class", "time")
                    .text(" " + words)
                    .close();
        }
    }

    private void counters() {
        TunnelReport.Counters counters = tunnel.counters();
        Explained.Traffic recorded = counters.recorded();
        TunnelStatus.Traffic traffic = counters.traffic();
        if (traffic != null && tunnel.verdict().wasUp()) {
            ours(traffic, counters.reconnections());
        } else if (recorded != null) {
            recorded(recorded, counters);
        }
        messages(counters.messages());
    }

    private void begin(String caption, List<String> heads) {
        page.open("table", "class", "counts").element("caption", caption);
        page.open("thead").open("tr");
        heads.forEach(head -> page.element("th", head, "scope", "col"));
        page.close().close().open("tbody");
    }

    private void end() {
        page.close().closeLine();
    }

    private void row(String name, String... values) {
        page.open("tr").element("th", name, "scope", "row");
        for (String value : values) {
            page.element("td", value);
        }
        page.closeLine();
    }

    private static String count(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    private void ours(TunnelStatus.Traffic traffic, int reconnections) {
        begin("What passed, and what did not", List.of("Counter", "Value"));
        row("Datagrams sent", count(traffic.datagramsSent()) + " of " + Quantities.octets(traffic.octetsSent()));
        row(
                "Datagrams received",
                count(traffic.datagramsReceived()) + " of " + Quantities.octets(traffic.octetsReceived()));
        row("Packets that never came", count(traffic.lost()));
        row("Packets that came late", count(traffic.reordered()));
        row("Segment sizes lowered", count(traffic.clamped()));
        row("LCP echo, there and back", time(traffic.echo()));
        row("GRE acknowledgement", time(traffic.acknowledgement()));
        row("Reconnections", count(reconnections));
        for (Map.Entry<TunnelStatus.Refusal, Long> refusal : traffic.refused().entrySet()) {
            if (refusal.getValue() > 0) {
                boolean others = refusal.getKey() == TunnelStatus.Refusal.OTHER_CALL;
                row(
                        (others ? "Passed over: " : "Refused: ") + StatusJson.words(refusal.getKey()),
                        count(refusal.getValue()));
            }
        }
        end();
    }

    private static String time(@Nullable Duration time) {
        return time == null ? "not known" : String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private void recorded(Explained.Traffic traffic, TunnelReport.Counters counters) {
        Explained.Way sent = traffic.sent();
        Explained.Way received = traffic.received();
        begin("What the record shows", List.of("Counter", "Client", "Server"));
        row("Packets of GRE", count(sent.gre()), count(received.gre()));
        row("Acknowledgements alone", count(sent.acknowledgements()), count(received.acknowledgements()));
        row("Malformed", count(sent.malformed()), count(received.malformed()));
        row("Encrypted datagrams", count(sent.encrypted()), count(received.encrypted()));
        row("Datagrams in clear", count(sent.clear()), count(received.clear()));
        end();
        if (counters.decrypted() + counters.undecrypted() > 0) {
            page.element(
                    "p",
                    counters.decrypted() + " encrypted datagrams were decrypted, " + counters.undecrypted()
                            + " were not.");
        }
    }

    private void messages(Map<String, Long> messages) {
        if (messages.isEmpty()) {
            return;
        }
        begin("Messages of each kind, both ways", List.of("Message", "Count"));
        messages.forEach((name, count) -> row(name, count(count)));
        end();
    }
}
