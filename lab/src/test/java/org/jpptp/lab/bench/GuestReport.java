package org.jpptp.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the table of {@code docs/benchmarks.md} of what {@code lab/bench/guest} has measured. */
public final class GuestReport {
    private static final String WRITER = "lab/bench/guest";
    private static final String REFERENCE = "pptp_linux";

    /** What a measure ends in, and the server that it was taken against. */
    private static final Map<String, String> SERVERS = servers();

    private GuestReport() {}

    private static Map<String, String> servers() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("", "our server outside");
        titles.put("-pptpd", "pptpd in the same guest");
        return titles;
    }

    /**
     * Writes the table.
     *
     * @param arguments the results, and the document
     */
    public static void main(String[] arguments) throws IOException {
        BenchResults results = BenchResults.parse(Files.readAllLines(Path.of(arguments[0])));
        BenchReport.write(Path.of(arguments[1]), WRITER, markdown(results));
    }

    static String markdown(BenchResults results) {
        StringBuilder out = new StringBuilder();
        results.facts()
                .forEach((name, value) ->
                        out.append("- ").append(name).append(": ").append(value).append("\n\n"));
        String ours = results.values().keySet().stream()
                .filter(name -> !name.equals(REFERENCE))
                .findFirst()
                .orElse("ours17");
        out.append("| Inside the guest, median (lowest to highest) | ")
                .append(BenchReport.title(ours))
                .append(" | pptp-linux and pppd | ratio |\n|---|---|---|---|\n");
        SERVERS.forEach((suffix, server) -> {
            for (BenchMeasure measure : BenchMeasure.TCP.subList(0, 2)) {
                String id = measure.id() + suffix;
                Double ratio = results.ratio(ours, REFERENCE, id);
                out.append("| ")
                        .append(measure.title())
                        .append(", ")
                        .append(server)
                        .append(" | ")
                        .append(MarkdownTable.cell(results.spread(ours, id), 1))
                        .append(" | ")
                        .append(MarkdownTable.cell(results.spread(REFERENCE, id), 1))
                        .append(" | ")
                        .append(MarkdownTable.ratio(ratio))
                        .append(" |\n");
            }
        });
        return out.append('\n').toString();
    }
}
