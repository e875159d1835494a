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
import org.jpptp.lab.bench.BenchResults.Spread;
import org.jspecify.annotations.Nullable;

/** Makes the tables of {@code docs/benchmarks.md} and its plot of what {@code lab/bench/run} has measured. */
public final class BenchReport {
    /** Contenders in the order of the columns, with their titles. */
    static final Map<String, String> CONTENDERS = contenders();

    private static final String WRITER = "lab/bench/run";
    private static final List<String> OURS = List.of("ours17", "ours25");
    private static final List<String> OTHERS = List.of("c", "c_ahead", "openvpn", "wireguard");
    private static final String NONE = "–";

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
        titles.put("c_ahead", "C program, loaded ahead");
        titles.put("openvpn", "OpenVPN");
        titles.put("wireguard", "wireguard-go");
        titles.put("veth", "plain veth");
        return titles;
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
        Path folder = document.toAbsolutePath().getParent();
        String link = (folder == null ? plot : folder.relativize(plot.toAbsolutePath())).toString();
        write(document, WRITER, markdown(results, link));
        if (plot.getParent() != null) {
            Files.createDirectories(plot.getParent());
        }
        Files.writeString(
                plot, BenchPlot.svg(results, BenchMeasure.TCP, "Throughput of one machine's tunnels, Mbit/s"));
    }

    /** Writes into the document, or a new one, what is between its two comments that name the writer. */
    static void write(Path document, String writer, String generated) throws IOException {
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
        report.facts();
        report.out.append("![Throughput](").append(plot).append(")\n\n");
        report.measured("Throughput and packets", Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS));
        report.measured("Costs: less is better", Stream.of(BenchMeasure.COSTS));
        report.ratios();
        report.latency();
        report.stateful();
        report.starts();
        return report.out.toString();
    }

    private void facts() {
        results.facts()
                .forEach((name, value) -> out.append("- ")
                        .append(CONTENDERS.getOrDefault(name, name))
                        .append(": ")
                        .append(value)
                        .append('\n'));
        results.missing()
                .forEach((name, why) -> out.append("- Missing: ")
                        .append(CONTENDERS.getOrDefault(name, name))
                        .append(", ")
                        .append(why)
                        .append('\n'));
        out.append('\n');
    }

    /** A contender is a column, a measure a line. */
    private void measured(String title, Stream<List<BenchMeasure>> measures) {
        List<String> columns = CONTENDERS.keySet().stream()
                .filter(results.values()::containsKey)
                .toList();
        head(title + ", median (lowest to highest)", columns.stream().map(CONTENDERS::get));
        measures.flatMap(List::stream)
                .forEach(measure -> row(measure.title(), columns.stream().map(column -> cell(column, measure))));
        out.append('\n');
    }

    private String cell(String contender, BenchMeasure measure) {
        Spread spread = results.spread(contender, measure.id());
        if (spread == null) {
            return NONE;
        }
        int decimals = measure.decimals();
        return number(spread.median(), decimals) + " (" + number(spread.min(), decimals) + " to "
                + number(spread.max(), decimals) + ")";
    }

    private void ratios() {
        List<String[]> pairs = new ArrayList<>();
        for (String other : OTHERS) {
            for (String ours : OURS) {
                if (results.values().containsKey(ours) && results.values().containsKey(other)) {
                    pairs.add(new String[] {ours, other});
                }
            }
        }
        if (pairs.isEmpty()) {
            return;
        }
        head("Ratio of medians, ours to theirs", pairs.stream().map(pair -> title(pair[0]) + " / " + title(pair[1])));
        Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS, BenchMeasure.COSTS)
                .flatMap(List::stream)
                .forEach(measure -> row(
                        measure.title(),
                        pairs.stream().map(pair -> ratio(results.ratio(pair[0], pair[1], measure.id())))));
        out.append('\n');
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
        head(
                "Round trip added to the median of plain veth, µs",
                columns.stream().map(CONTENDERS::get));
        for (BenchMeasure measure : BenchMeasure.COSTS) {
            if (measure.id().startsWith("rtt-")) {
                row(measure.title(), columns.stream().map(name -> {
                    Spread spread = results.spread(name, measure.id());
                    return spread == null ? NONE : number(spread.median() - wire.median(), 0);
                }));
            }
        }
        out.append('\n');
    }

    private void stateful() {
        List<String> columns = Stream.of("ours17_stateful", "ours25_stateful", "c_stateful")
                .filter(results.values()::containsKey)
                .toList();
        if (columns.isEmpty()) {
            return;
        }
        head(
                "Stateful encryption, median (lowest to highest), and ratio to the C program",
                columns.stream().map(BenchReport::title));
        for (BenchMeasure measure : BenchMeasure.TCP.subList(0, 2)) {
            row(measure.title(), columns.stream().map(name -> {
                Double ratio = results.ratio(name, "c_stateful", measure.id());
                return cell(name, measure) + (name.startsWith("c_") || ratio == null ? "" : ", " + ratio(ratio));
            }));
        }
        out.append('\n');
    }

    /** Compiled code differs from start to start, so each is told. */
    private void starts() {
        List<String> names = results.values().keySet().stream()
                .filter(name -> name.startsWith("ours") || name.startsWith("c"))
                .sorted()
                .toList();
        head("Every start by itself, in the order of the run", names.stream().map(BenchReport::title));
        Stream.of(BenchMeasure.TCP, BenchMeasure.PACKETS)
                .flatMap(List::stream)
                .forEach(measure -> row(
                        measure.title(),
                        names.stream()
                                .map(name -> results.all(name, measure.id()).stream()
                                        .map(value -> number(value, measure.decimals()))
                                        .collect(Collectors.joining(" ")))));
        out.append('\n');
    }

    static String title(String contender) {
        String stateless = contender.replace("_stateful", "");
        return CONTENDERS.getOrDefault(stateless, stateless) + (contender.equals(stateless) ? "" : ", stateful");
    }

    private void head(String title, Stream<String> columns) {
        List<String> titles = columns.toList();
        out.append("| ").append(title);
        titles.forEach(column -> out.append(" | ").append(column));
        out.append(" |\n|---").append("|---".repeat(titles.size())).append("|\n");
    }

    private void row(String title, Stream<String> cells) {
        out.append("| ").append(title);
        cells.forEach(cell -> out.append(" | ").append(cell.isEmpty() ? NONE : cell));
        out.append(" |\n");
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? NONE : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
