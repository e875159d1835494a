package org.jpptp.lab.tunnels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jpptp.lab.bench.BenchMeasure;
import org.jpptp.lab.bench.BenchReport;
import org.jpptp.lab.bench.BenchResults;
import org.jpptp.lab.bench.MarkdownTable;
import org.jpptp.lab.bench.MarkdownTable.Pair;

/** Makes the tables of {@code docs/benchmarks.md} and the plot of what {@code lab/bench/tunnels} has measured. */
public final class TunnelsReport {
    static final BenchMeasure UP = new BenchMeasure("tcp-up", "TCP up, Mbit/s", 0);
    static final BenchMeasure DOWN = new BenchMeasure("tcp-down", "TCP down, Mbit/s", 0);
    static final BenchMeasure PROCESSOR_UP = new BenchMeasure("cpu-up", "clients' processor up, s per Gbit", 2);
    static final BenchMeasure PROCESSOR_DOWN = new BenchMeasure("cpu-down", "clients' processor down, s per Gbit", 2);

    private static final String WRITER = "lab/bench/tunnels";
    private static final List<BenchMeasure> LOAD = List.of(UP, DOWN, PROCESSOR_UP, PROCESSOR_DOWN);
    private static final String SPREAD = ", median (lowest to highest)";

    private TunnelsReport() {}

    /** So many connections through a single tunnel, as a contender of the results. */
    static String flows(int flows) {
        return "flows-" + flows;
    }

    /**
     * Writes both files.
     *
     * @param arguments the results, the document and the plot; of a document that exists only the part between the two
     *     comments is replaced
     */
    public static void main(String[] arguments) throws IOException {
        BenchResults results = BenchResults.parse(Files.readAllLines(Path.of(arguments[0])));
        Path document = Path.of(arguments[1]);
        Path plot = Path.of(arguments[2]);
        BenchReport.write(document, WRITER, markdown(results, BenchReport.link(document, plot)));
        BenchReport.writePlot(plot, TunnelsPlot.svg(results));
    }

    static String markdown(BenchResults results, String plot) {
        List<Growth> all = Growth.all(results);
        return BenchReport.facts(results) + "![Growth](" + plot + ")\n\n" + tunnels(results, all) + flows(results, all)
                + ratios(results, all);
    }

    private static MarkdownTable tunnels(BenchResults results, List<Growth> all) {
        Growth first = all.get(0);
        MarkdownTable table = new MarkdownTable("Tunnels in one process, a flow in each" + SPREAD, counts(all));
        table.row("set-up of those added, s", cells(all, 1, growth -> growth.setUpMillis() / 1e3));
        table.row("set-up of each of those, ms", cells(all, 0, Growth::millisEach));
        table.row("memory, MiB", cells(all, 0, Growth::mebibytes));
        table.row(
                "memory, KiB a tunnel beyond the first",
                all.stream()
                        .map(growth -> growth.equals(first) ? MarkdownTable.NONE : number(0, growth.kibEach(first))));
        table.measured(
                results,
                LOAD,
                all.stream().map(growth -> Growth.contender(growth.tunnels())).toList());
        return table;
    }

    private static MarkdownTable flows(BenchResults results, List<Growth> all) {
        MarkdownTable table = new MarkdownTable("Flows in one tunnel" + SPREAD, counts(all));
        table.measured(
                results,
                LOAD,
                all.stream().map(growth -> flows(growth.tunnels())).toList());
        return table;
    }

    /** Of one tunnel with one flow there is but one measurement, and nothing to compare. */
    private static String ratios(BenchResults results, List<Growth> all) {
        List<Growth> many = all.stream().filter(growth -> growth.tunnels() > 1).toList();
        if (many.isEmpty()) {
            return "";
        }
        MarkdownTable table =
                new MarkdownTable("Ratio of medians, as many tunnels to one with as many flows", counts(many));
        table.ratios(
                results,
                LOAD,
                many.stream()
                        .map(growth -> new Pair(Growth.contender(growth.tunnels()), flows(growth.tunnels())))
                        .toList());
        return table.toString();
    }

    private static Stream<String> counts(List<Growth> all) {
        return all.stream().map(growth -> Integer.toString(growth.tunnels()));
    }

    private static Stream<String> cells(List<Growth> all, int decimals, ToDoubleFunction<Growth> value) {
        return all.stream().map(growth -> number(decimals, value.applyAsDouble(growth)));
    }

    private static String number(int decimals, double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
