package org.jpptp.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jpptp.cli.view.Quantities;
import org.jpptp.cli.view.Stage;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;

/** How far a tunnel came, phase by phase, and how long each took. */
final class PhaseTable {
    /** Whose phases they are. */
    enum Of {
        TUNNEL,
        /** A record does not show what becomes of the interface. */
        RECORD
    }

    private record Row(Stage stage, Mark mark, String text, Duration took) {}

    private final List<Row> rows = new ArrayList<>();
    private final long totalNanos;

    /** @param wasUp all phases were complete once, whatever became of it */
    PhaseTable(Of of, Agreed agreed, @Nullable Failure failure, boolean wasUp) {
        List<Stage> stages = of == Of.TUNNEL
                ? List.of(
                        Stage.SERVER,
                        Stage.CALL,
                        Stage.LINK,
                        Stage.IDENTITY,
                        Stage.ENCRYPTION,
                        Stage.ADDRESSES,
                        Stage.INTERFACE)
                : List.of(Stage.SERVER, Stage.CALL, Stage.LINK, Stage.IDENTITY, Stage.ENCRYPTION, Stage.ADDRESSES);
        Map<Stage, Agreed.Phase> phases = agreed.phases();
        int reached = -1;
        for (int i = 0; i < stages.size(); i++) {
            reached = phases.containsKey(stages.get(i)) ? i : reached;
        }
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            Agreed.Phase phase = phases.get(stage);
            if (phase != null) {
                rows.add(new Row(stage, phase.mark(), phase.text(), phase.took()));
            } else {
                boolean shown = i > reached && !(wasUp && of == Of.RECORD);
                Mark mark = !shown || failure == null
                        ? Mark.NOT_RECORDED
                        : i == reached + 1 ? next(stage, failure) : Mark.NOT_REACHED;
                String text = mark == Mark.FAILED || mark == Mark.STOPPED ? stage.doing() : "";
                rows.add(new Row(stage, mark, text, Duration.ZERO));
            }
        }
        totalNanos = rows.stream().mapToLong(row -> row.took().toNanos()).sum();
    }

    /** What became of the first phase that is not complete. What this host refused before anything was sent failed in none. */
    private static Mark next(Stage stage, Failure failure) {
        if (failure.reason() == FailureReason.INTERRUPTED) {
            return stage == Stage.SERVER ? Mark.NOT_REACHED : Mark.STOPPED;
        }
        return stage == Stage.SERVER && failure.reason().compareTo(FailureReason.NAME_NOT_FOUND) < 0
                ? Mark.NOT_REACHED
                : Mark.FAILED;
    }

    void write(Markup page) {
        page.open("table", "class", "phases");
        page.element("caption", "How far it came, and how long each phase took", "class", "quiet");
        page.open("thead").open("tr");
        for (String head : List.of("Phase", "Result", "Took")) {
            page.element("th", head, "scope", "col");
        }
        page.close().closeLine().open("tbody");
        long before = 0;
        for (Row row : rows) {
            page.open("tr", "class", row.mark().style());
            page.open("th", "scope", "row");
            row.mark().write(page);
            page.element("span", row.stage().label()).close();
            page.open("td");
            page.text(row.text().isEmpty() ? row.mark().words() : row.text());
            page.close().open("td", "class", "took");
            if (!row.took().isZero()) {
                page.element("span", Quantities.millis(row.took()));
                bar(page, before, row.took().toNanos());
                before += row.took().toNanos();
            }
            page.close().closeLine();
        }
        page.close().closeLine();
    }

    /** Where in the whole time it lies. */
    private void bar(Markup page, long before, long took) {
        String title = String.format(Locale.ROOT, "%.0f %% of the time", 100.0 * took / totalNanos);
        page.picture(title, "", "class", "bar", "viewBox", "0 0 1000 10", "preserveAspectRatio", "none");
        page.empty("rect", "class", "track", "width", "1000", "height", "10");
        page.empty(
                "rect",
                "class",
                "part",
                "x",
                Long.toString(before * 1000 / totalNanos),
                "width",
                Long.toString(Math.max(4, took * 1000 / totalNanos)),
                "height",
                "10");
        page.close();
    }
}
