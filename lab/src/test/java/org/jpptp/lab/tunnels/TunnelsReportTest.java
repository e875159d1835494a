package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jpptp.lab.bench.BenchResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TunnelsReportTest {
    /** Of one tunnel, and of eleven. */
    private static final String RESULTS = """
            #fact	kernel	6.1.0
            1	tunnels-1	set-up-ms	700
            1	tunnels-1	tcp-up	1000
            1	tunnels-1	tcp-down	800
            1	tunnels-1	cpu-up	0.5
            1	tunnels-1	cpu-down	0.6
            1	flows-1	tcp-up	1000
            1	flows-1	tcp-down	800
            1	flows-1	cpu-up	0.5
            1	flows-1	cpu-down	0.6
            1	tunnels-1	rss	51200
            1	tunnels-11	set-up-ms	500
            1	tunnels-11	tcp-up	450
            1	tunnels-11	tcp-down	300
            1	tunnels-11	cpu-up	0.75
            1	tunnels-11	cpu-down	0.9
            2	tunnels-11	tcp-up	460
            3	tunnels-11	tcp-up	440
            1	flows-11	tcp-up	500
            1	flows-11	tcp-down	400
            1	flows-11	cpu-up	1
            1	flows-11	cpu-down	0.5
            1	tunnels-11	rss	52480
            """;

    private final BenchResults results = BenchResults.parse(RESULTS.lines().toList());

    @Test
    void memoryIsComparedWithOneTunnelAndLoadWithTheSameFlowsInOne() {
        assertThat(TunnelsReport.markdown(results, "images/plot.svg")).isEqualTo("""
                - kernel: 6.1.0

                ![Growth](images/plot.svg)

                | Tunnels in one process, a flow in each, median (lowest to highest) | 1 | 11 |
                |---|---|---|
                | set-up of those added, s | 0.7 | 0.5 |
                | set-up of each of those, ms | 700 | 50 |
                | memory, MiB | 50 | 51 |
                | memory, KiB a tunnel beyond the first | – | 128 |
                | TCP up, Mbit/s | 1000 (1000 to 1000) | 450 (440 to 460) |
                | TCP down, Mbit/s | 800 (800 to 800) | 300 (300 to 300) |
                | clients' processor up, s per Gbit | 0.50 (0.50 to 0.50) | 0.75 (0.75 to 0.75) |
                | clients' processor down, s per Gbit | 0.60 (0.60 to 0.60) | 0.90 (0.90 to 0.90) |

                | Flows in one tunnel, median (lowest to highest) | 1 | 11 |
                |---|---|---|
                | TCP up, Mbit/s | 1000 (1000 to 1000) | 500 (500 to 500) |
                | TCP down, Mbit/s | 800 (800 to 800) | 400 (400 to 400) |
                | clients' processor up, s per Gbit | 0.50 (0.50 to 0.50) | 1.00 (1.00 to 1.00) |
                | clients' processor down, s per Gbit | 0.60 (0.60 to 0.60) | 0.50 (0.50 to 0.50) |

                | Ratio of medians, as many tunnels to one with as many flows | 11 |
                |---|---|
                | TCP up, Mbit/s | 0.90 |
                | TCP down, Mbit/s | 0.75 |
                | clients' processor up, s per Gbit | 0.75 |
                | clients' processor down, s per Gbit | 1.80 |

                """);
    }

    @Test
    void oneTunnelAloneIsComparedWithNothing() {
        BenchResults one = BenchResults.parse(
                RESULTS.lines().filter(line -> !line.contains("-11\t")).toList());

        assertThat(TunnelsReport.markdown(one, "plot.svg")).contains("| 1 |\n").doesNotContain("Ratio");
        assertThat(TunnelsPlot.svg(one)).doesNotContain("NaN", "Infinity");
    }

    @Test
    void everySeriesIsPlottedAtEachNumber() throws Exception {
        List<String> plotted = new ArrayList<>();
        for (Element chart : groups(document(TunnelsPlot.svg(results)), "chart")) {
            List<Element> names = groups(chart, "legend");
            List<Element> lines = groups(chart, "series");
            assertThat(lines).hasSameSizeAs(names);
            for (int i = 0; i < lines.size(); i++) {
                plotted.add(first(chart, "text").getTextContent() + ": "
                        + first(names.get(i), "text").getTextContent() + ", "
                        + first(lines.get(i), "polyline").getAttribute("points").split(" ", -1).length + " points, "
                        + lines.get(i).getElementsByTagName("circle").getLength() + " marks");
            }
        }

        assertThat(plotted)
                .containsExactly(
                        "Memory: clients' process, 2 points, 2 marks",
                        "Set-up time: all of them, 2 points, 2 marks",
                        "Set-up time: each of those added, 2 points, 2 marks",
                        "Throughput, a flow in each tunnel: up, 2 points, 2 marks",
                        "Throughput, a flow in each tunnel: down, 2 points, 2 marks",
                        "Throughput, one tunnel: up, 2 points, 2 marks",
                        "Throughput, one tunnel: down, 2 points, 2 marks",
                        "Clients' processor, a flow in each tunnel: up, 2 points, 2 marks",
                        "Clients' processor, a flow in each tunnel: down, 2 points, 2 marks",
                        "Clients' processor, one tunnel: up, 2 points, 2 marks",
                        "Clients' processor, one tunnel: down, 2 points, 2 marks");
    }

    @Test
    void everyAxisHasItsUnit() throws Exception {
        List<List<String>> axes = groups(document(TunnelsPlot.svg(results)), "chart").stream()
                .map(chart -> texts(chart).toList())
                .toList();

        assertThat(axes).hasSize(6);
        assertThat(axes.get(0)).contains("tunnels in one process", "1", "10", "100", "MiB", "60");
        assertThat(axes.get(1)).contains("tunnels in one process", "1", "10", "100", "seconds", "0.01", "0.1");
        assertThat(axes.get(2)).contains("tunnels in one process", "Mbit/s", "1000");
        assertThat(axes.get(3)).contains("flows in one tunnel", "1", "10", "100", "Mbit/s", "1000");
        assertThat(axes.get(4)).contains("tunnels in one process", "s per Gbit", "1.0");
        assertThat(axes.get(5)).contains("flows in one tunnel", "s per Gbit", "1.0");
    }

    @Test
    void allThatCameUpBeforeCountsAsSetUp() {
        assertThat(Growth.all(results))
                .containsExactly(new Growth(1, 1, 700, 700, 51_200), new Growth(11, 10, 500, 1200, 52_480));
    }

    @Test
    void bothFilesAreWritten(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("results.tsv"), RESULTS);
        Path document = Files.writeString(
                folder.resolve("benchmarks.md"),
                "before\n<!-- written by lab/bench/tunnels: begin -->\nold\n<!-- written by lab/bench/tunnels: end -->\nafter\n");
        Path plot = folder.resolve("images/growth.svg");

        TunnelsReport.main(new String[] {input.toString(), document.toString(), plot.toString()});

        assertThat(document)
                .content()
                .startsWith("before\n<!--")
                .endsWith("end -->\nafter\n")
                .contains("(images/growth.svg)")
                .doesNotContain("old");
        assertThat(plot).content().startsWith("<svg").endsWith("</svg>\n");
    }

    private static Element document(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    /** Those whose class is this one, or begins with it. */
    private static List<Element> groups(Element within, String name) {
        return elements(within, "g")
                .filter(group -> group.getAttribute("class").split(" ", -1)[0].equals(name))
                .toList();
    }

    private static Element first(Element within, String tag) {
        return elements(within, tag).findFirst().orElseThrow();
    }

    private static Stream<String> texts(Element within) {
        return elements(within, "text").map(Node::getTextContent);
    }

    private static Stream<Element> elements(Element within, String tag) {
        NodeList nodes = within.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1).map(i -> (Element) nodes.item(i));
    }
}
