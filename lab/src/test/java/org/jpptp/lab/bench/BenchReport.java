package org.jpptp.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.lab.bench.MarkdownTable.Pair;

/** Makes the tables of {@code docs/benchmarks.md} and its plot of what {@code lab/bench/run} has measured. */
public final class BenchReport {
    /** Contenders in the order of the columns, with their titles. */
    static final Map<String, String> CONTENDERS = contenders();

    private static final String WRITER = "lab/bench/run";
    private static final List<String> OURS = List.of("ours17", "ours25");
    private static final List<String> OTHERS = List.of("c", "c_forms", "openvpn", "wireguard");
    private static final String FIRST_SECONDS = "Throughput of the first seconds of a tunnel, Mbit/s";

    private final BenchResults results;
    private final StringBuilder out = new StringBuilder();

    private BenchReport(BenchResults results) {
        this.results = results;
    }

    private static Map<String, String> contenders() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("ours17", "jpptp, JDK 17");
        titles.put("ours25", "jpptp, JDK 25");
        titles.put("c", "C program");
        titles.put("c_forms", "C program, our RC4");
        titles.put("openvpn", "OpenVPN");
        titles.put("wireguard", "wireguard-go");
        titles.put("veth", "plain veth");
        return titles;
    }

    /**
     * Writes the document and its pictures.
     *
     * @param arguments the results, the document and the plot, besides which the picture of the first seconds is put where
     *     those were measured; of a document that exists only the part between the two comments is replaced
     */
    public static void main(String[] arguments) throws IOException {
        BenchResults results = BenchResults.parse(Files.readAllLines(Path.of(arguments[0])));
        Path document = Path.of(arguments[1]);
        Path plot = Path.of(arguments[2]);
        write(document, WRITER, markdown(results, link(document, plot)));
        writePlot(plot, BenchPlot.svg(results, BenchMeasure.TCP, "Throughput of one machine's tunnels, Mbit/s"));
        if (!FirstSeconds.of(results).isEmpty()) {
            writePlot(besides(plot.toString()), FirstSecondsPlot.svg(results, FIRST_SECONDS));
        }
    }

    /** How a document names its plot. */
    public static String link(Path document, Path plot) {
        Path folder = document.toAbsolutePath().getParent();
        return (folder == null ? plot : folder.relativize(plot.toAbsolutePath())).toString();
    }

    /** Writes a plot into a folder that is made where it is missing. */
    public static void writePlot(Path plot, String svg) throws IOException {
        if (plot.getParent() != null) {
            Files.createDirectories(plot.getParent());
        }
        Files.writeString(plot, svg);
    }

    /** Where the picture of the first seconds is. */
    private static Path besides(String plot) {
        return Path.of(plot).resolveSibling("first-seconds.svg");
    }

    /** Writes into the document, or a new one, what is between its two comments that name the writer. */
    public static void write(Path document, String writer, String generated) throws IOException {
        String before = Files.exists(document) ? Files.readString(document) : begin(writer) + end(writer);
        Files.writeString(document, into(before, writer, generated));
    }

    /** Replaces what is between the two comments, both of which have to be there. */
    static String into(String document, String writer, String generated) {
        int begin = document.indexOf(begin(writer));
        int end = document.indexOf(end(writer));
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the document lacks the lines " + begin(writer) + "and " + end(writer));
        }
        return document.substring(0, begin + begin(writer).length()) + generated + document.substring(end);
    }

    private static String begin(String writer) {
        return "<!-- written by " + writer + ": begin -->\n";
    }

    private static String end(String writer) {
        return "<!-- written by " + writer + ": end -->\n";
    }

    static String markdown(BenchResults results, String plot) {
        BenchReport report = new BenchReport(results);
        report.out.append(facts(results));
        report.out.append("![Throughput](").append(plot).append(")\n\n");
        report.measured("Throughput and packets", Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS));
        report.measured("Costs: less is better", Stream.of(BenchMeasure.COSTS));
        report.ratios();
        report.latency();
        report.firstSeconds(besides(plot).toString());
        report.stateful();
        report.starts();
        return report.out.toString();
    }

    /** A list of what the results say of the machine and the contenders, with an empty line behind it. */
    public static String facts(BenchResults results) {
        StringBuilder facts = new StringBuilder();
        results.facts()
                .forEach((name, value) -> facts.append("- ")
                        .append(CONTENDERS.getOrDefault(name, name))
                        .append(": ")
                        .append(value)
                        .append('\n'));
        results.missing()
                .forEach((name, why) -> facts.append("- Missing: ")
                        .append(CONTENDERS.getOrDefault(name, name))
                        .append(", ")
                        .append(why)
                        .append('\n'));
        return facts.append('\n').toString();
    }

    private void measured(String title, Stream<List<BenchMeasure>> measures) {
        List<String> columns = CONTENDERS.keySet().stream()
                .filter(results.values()::containsKey)
                .toList();
        MarkdownTable table = new MarkdownTable(
                title + ", median (lowest to highest)", columns.stream().map(CONTENDERS::get));
        measures.forEach(some -> table.measured(results, some, columns));
        out.append(table);
    }

    private void ratios() {
        List<Pair> pairs = new ArrayList<>();
        for (String other : OTHERS) {
            for (String ours : OURS) {
                if (results.values().containsKey(ours) && results.values().containsKey(other)) {
                    pairs.add(new Pair(ours, other));
                }
            }
        }
        if (pairs.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable(
                "Ratio of medians, ours to theirs",
                pairs.stream().map(pair -> title(pair.above()) + " / " + title(pair.below())));
        Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS, BenchMeasure.COSTS)
                .forEach(measures -> table.ratios(results, measures, pairs));
        out.append(table);
    }

    /** What a tunnel adds to the wire's own median. */
    private void latency() {
        Spread wire = results.spread("veth", "rtt-idle-p50");
        if (wire == null) {
            return;
        }
        List<String> columns = CONTENDERS.keySet().stream()
                .filter(name -> !name.equals("veth") && results.spread(name, "rtt-idle-p50") != null)
                .toList();
        MarkdownTable table = new MarkdownTable(
                "Round trip added to the median of plain veth, µs",
                columns.stream().map(CONTENDERS::get));
        for (BenchMeasure measure : BenchMeasure.COSTS) {
            if (measure.id().startsWith("rtt-")) {
                table.row(measure.title(), columns.stream().map(name -> {
                    Spread spread = results.spread(name, measure.id());
                    return spread == null ? MarkdownTable.NONE : number(spread.median() - wire.median(), 0);
                }));
            }
        }
        out.append(table);
    }

    private void stateful() {
        List<String> columns = Stream.of("ours17_stateful", "ours25_stateful", "c_stateful")
                .filter(results.values()::containsKey)
                .toList();
        if (columns.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable(
                "Stateful encryption, median (lowest to highest), and ratio to the C program",
                columns.stream().map(BenchReport::title));
        for (BenchMeasure measure : BenchMeasure.TCP.subList(0, 2)) {
            table.row(measure.title(), columns.stream().map(name -> {
                Double ratio = results.ratio(name, "c_stateful", measure.id());
                return MarkdownTable.cell(results, name, measure)
                        + (name.startsWith("c_") || ratio == null ? "" : ", " + MarkdownTable.ratio(ratio));
            }));
        }
        out.append(table);
    }

    private void firstSeconds(String picture) {
        List<FirstSeconds> lines = FirstSeconds.of(results);
        if (lines.isEmpty()) {
            return;
        }
        out.append("![The first seconds of a tunnel](").append(picture).append(")\n\n");
        MarkdownTable table = new MarkdownTable(
                FIRST_SECONDS + ", median (lowest to highest)",
                Stream.concat(FirstSeconds.TITLES.stream(), Stream.of("second 2 / after twenty")));
        for (FirstSeconds seconds : lines) {
            table.row(
                    seconds.title(),
                    Stream.concat(
                            seconds.rates(results).map(spread -> MarkdownTable.cell(spread, 0)),
                            Stream.of(MarkdownTable.cell(seconds.second(results), 2))));
        }
        out.append(table);
    }

    /** Compiled code differs from start to start, so each is told. */
    private void starts() {
        List<String> names = results.values().keySet().stream()
                .filter(name -> name.startsWith("ours") || name.startsWith("c"))
                .sorted()
                .toList();
        MarkdownTable table = new MarkdownTable(
                "Every start by itself, in the order of the run", names.stream().map(BenchReport::title));
        Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS)
                .flatMap(List::stream)
                .forEach(measure -> table.row(
                        measure.title(),
                        names.stream()
                                .map(name -> results.all(name, measure.id()).stream()
                                        .map(value -> number(value, measure.decimals()))
                                        .collect(Collectors.joining(" ")))));
        out.append(table);
    }

    static String title(String contender) {
        String stateless = contender.replace("_stateful", "");
        return CONTENDERS.getOrDefault(stateless, stateless) + (contender.equals(stateless) ? "" : ", stateful");
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
