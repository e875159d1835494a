package org.jpptp.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.report.TunnelReport;

/**
 * The steps as a ladder between two life lines: each with an arrow of SVG that is as long as the page is wide, and its words
 * above it as text that wraps.
 */
final class LadderList {
    /** So many keepalives in a row are told one by one. */
    private static final int SHOWN_KEEPALIVES = 4;

    private final Markup page;
    private final String prefix;
    private final TunnelReport.Ladder ladder;
    private final Set<Long> proofs;

    /** @param prefix of the names that rungs are linked by */
    LadderList(Markup page, String prefix, TunnelReport.Ladder ladder, List<Rung> proofs) {
        this.page = page;
        this.prefix = prefix;
        this.ladder = ladder;
        this.proofs = proofs.stream().map(Rung::number).collect(Collectors.toSet());
    }

    /** Where a rung is to be found. */
    static String id(String prefix, Rung rung) {
        return prefix + "step" + rung.number();
    }

    /** {@code 0.123 s}, or nothing. */
    static String time(Rung rung) {
        return rung.millis() < 0 ? "" : String.format(Locale.ROOT, "%.3f s", rung.millis() / 1000.0);
    }

    /** Whether there is a rung to link to. */
    boolean has(Rung rung) {
        return ladder.rungs().contains(rung);
    }

    void write() {
        page.open("div", "class", "ends", "aria-hidden", "true");
        page.element("span", "Client").element("span", "Server").closeLine();
        page.open("ol", "class", "ladder");
        List<Rung> rungs = ladder.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            if (ladder.leftOut() > 0 && i == Call.FIRST) {
                note(ladder.leftOut() + " steps are left out here");
            }
            int alike = keepalives(rungs, i);
            if (alike > SHOWN_KEEPALIVES) {
                note(alike + " messages that ask whether the other is still there, and their answers, until "
                        + Plot.seconds(rungs.get(i + alike - 1).millis()));
                i += alike - 1;
            } else {
                rung(rungs.get(i));
            }
        }
        page.closeLine();
    }

    private int keepalives(List<Rung> rungs, int from) {
        int end = from;
        while (end < rungs.size()
                && rungs.get(end).kind() == Rung.Kind.KEEPALIVE
                && !proofs.contains(rungs.get(end).number())
                && !(ladder.leftOut() > 0 && end == Call.FIRST && end > from)) {
            end++;
        }
        return end - from;
    }

    private void note(String text) {
        page.open("li", "class", "note").element("span", text).closeLine();
    }

    private void rung(Rung rung) {
        boolean up = rung.from() == Side.CLIENT;
        page.open(
                "li",
                "id",
                id(prefix, rung),
                "class",
                (up ? "up" : "down") + (proofs.contains(rung.number()) ? " proof" : ""));
        page.element("span", time(rung), "class", "time");
        page.open("div", "class", "lane");
        page.picture(up ? "Client to server:" : "Server to client:", "", "class", "arrow");
        page.empty("line", "x1", "0", "x2", "100%", "y1", "6", "y2", "6");
        page.open("svg", "x", up ? "100%" : "0", "overflow", "visible");
        page.empty("path", "d", up ? "M0 6l-9 -5v10z" : "M0 6l9 -5v10z");
        page.close().close();
        page.element("code", rung.text());
        page.close().closeLine();
    }
}
