package org.jpptp.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FirstSecondsTest {
    private static final String RESULTS = Stream.of(
                    start(1, "ours25", "first-", 100, 1000),
                    start(2, "ours25", "first-", 200, 800),
                    start(3, "ours25", "first-", 300, 2400),
                    start(1, "c", "first-", 900, 1000),
                    start(1, "c", "first-down-", 1200, 1500))
            .collect(Collectors.joining());

    private final BenchResults results = BenchResults.parse(RESULTS.lines().toList());

    /** Each second carries as much more as the first. */
    private static String start(int alternation, String contender, String prefix, int first, int later) {
        return Stream.concat(
                        IntStream.rangeClosed(1, FirstSeconds.SECONDS)
                                .mapToObj(second -> prefix + second + "\t" + first * second),
                        Stream.of(prefix + "20\t" + later))
                .map(line -> alternation + "\t" + contender + "\t" + line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void dividesWithinAStart() {
        assertThat(results.ratiosOfStarts("ours25", "first-2", "first-20")).isEqualTo(new Spread(0.25, 0.2, 0.5, 3));
        assertThat(results.ratiosOfStarts("ours25", "first-2", "tcp-up-1")).isNull();
        assertThat(results.ratiosOfStarts("ours17", "first-2", "first-20")).isNull();
    }

    @Test
    void hasALineForEachDirectionAndAColumnForEachSecond() {
        assertThat(BenchReport.markdown(results, "images/plot.svg"))
                .contains("![The first seconds of a tunnel](images/first-seconds.svg)")
                .contains(
                        "| Throughput of the first seconds of a tunnel, Mbit/s, median (lowest to highest) | second 1 | second 2 |")
                .contains(" | second 10 | after twenty | second 2 / after twenty |\n|---|")
                .contains("\n| jpptp, JDK 25, up | 200 (100 to 300) | 400 (200 to 600) |")
                .contains(" | 2000 (1000 to 3000) | 1000 (800 to 2400) | 0.25 (0.20 to 0.50) |\n| C program, up | 900")
                .contains("\n| C program, down | 1200 (1200 to 1200) |")
                .doesNotContain("JDK 25, down", "JDK 17");
    }

    @Test
    void isLeftOutWhereNothingWasMeasured(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("results.tsv"), "1\tc\ttcp-up-1\t1600\n");
        assertThat(report(input)).content().doesNotContain("first seconds");
        assertThat(folder.resolve("images/first-seconds.svg")).doesNotExist();
    }

    @Test
    void drawsAPanelForEachDirectionInWellFormedXml(@TempDir Path folder) throws Exception {
        report(Files.writeString(folder.resolve("results.tsv"), RESULTS));
        String svg = Files.readString(folder.resolve("images/first-seconds.svg"));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("circle").getLength())
                .as("three lines of ten seconds and what comes after twenty")
                .isEqualTo(3 * 11);
        assertThat(svg.lines().filter(line -> line.contains("stroke-width=\"2\"")))
                .hasSize(3);
        assertThat(svg).contains("TCP, up", "TCP, down", "jpptp, JDK 25", "C program", "after twenty");
    }

    private static Path report(Path input) throws IOException {
        Path document = input.resolveSibling("benchmarks.md");
        Path plot = input.resolveSibling("images/plot.svg");
        BenchReport.main(new String[] {input.toString(), document.toString(), plot.toString()});
        assertThat(List.of(document, plot)).allMatch(Files::exists);
        return document;
    }
}
