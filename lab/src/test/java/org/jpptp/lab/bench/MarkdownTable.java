package org.jpptp.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table for a document, written line by line: what is measured is a line, of whom is a column. */
public final class MarkdownTable {
    /** What stands where nothing was measured. */
    public static final String NONE = "–";

    private final StringBuilder out = new StringBuilder();

    /** Two contenders, one of whom is divided by the other. */
    public record Pair(String above, String below) {}

    public MarkdownTable(String title, Stream<String> columns) {
        List<String> titles = columns.toList();
        out.append("| ").append(title);
        titles.forEach(column -> out.append(" | ").append(column));
        out.append(" |\n|---").append("|---".repeat(titles.size())).append("|\n");
    }

    /** Adds a line. */
    public void row(String title, Stream<String> cells) {
        out.append("| ").append(title);
        cells.forEach(cell -> out.append(" | ").append(cell.isEmpty() ? NONE : cell));
        out.append(" |\n");
    }

    /** Adds lines of medians and their spreads. */
    public void measured(BenchResults results, List<BenchMeasure> measures, List<String> contenders) {
        for (BenchMeasure measure : measures) {
            row(measure.title(), contenders.stream().map(contender -> cell(results, contender, measure)));
        }
    }

    /** Adds lines of ratios of medians; each pair is a column. */
    public void ratios(BenchResults results, List<BenchMeasure> measures, List<Pair> pairs) {
        for (BenchMeasure measure : measures) {
            row(
                    measure.title(),
                    pairs.stream().map(pair -> ratio(results.ratio(pair.above, pair.below, measure.id()))));
        }
    }

    static String cell(BenchResults results, String contender, BenchMeasure measure) {
        return cell(results.spread(contender, measure.id()), measure.decimals());
    }

    static String cell(@Nullable Spread spread, int decimals) {
        return spread == null ? NONE : spread.text(decimals);
    }

    static String ratio(@Nullable Double ratio) {
        return ratio == null ? NONE : String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** With an empty line behind it. */
    @Override
    public String toString() {
        return out + "\n";
    }
}
