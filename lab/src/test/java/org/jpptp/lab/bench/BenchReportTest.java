package org.jpptp.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class BenchReportTest {
    private static final String RESULTS = """
            #fact	kernel	6.1.0
            #missing	wireguard	wg is not installed
            1	ours17	tcp-up-1	1500
            1	c	tcp-up-1	1600
            1	veth	tcp-up-1	17000
            1	ours17	rtt-idle-p50	90
            1	c	rtt-idle-p50	80
            1	veth	rtt-idle-p50	30
            2	ours17	tcp-up-1	1700
            2	c	tcp-up-1	1500
            2	c_forms	tcp-up-1	1000
            3	ours17	tcp-up-1	1590
            3	ours17	tcp-up-1	1200
            3	ours17	tcp-up-1	1600
            1	ours17_stateful	tcp-up-1	1900
            1	c_stateful	tcp-up-1	2000
            """;

    private final BenchResults results = BenchResults.parse(RESULTS.lines().toList());

    @Test
    void tellsTheMedianAndTheSpread() {
        assertThat(results.spread("ours17", "tcp-up-1")).isEqualTo(new Spread(1590, 1500, 1700, 3));
        assertThat(results.spread("c", "tcp-up-1")).isEqualTo(new Spread(1550, 1500, 1600, 2));
        assertThat(results.spread("openvpn", "tcp-up-1")).isNull();
    }

    @Test
    void dividesMedians() {
        assertThat(results.ratio("ours17", "c", "tcp-up-1")).isEqualTo(1590.0 / 1550);
        assertThat(results.ratio("ours17", "openvpn", "tcp-up-1")).isNull();
    }

    @Test
    void writesEveryTable() {
        assertThat(BenchReport.markdown(results, "images/plot.svg"))
                .contains("- kernel: 6.1.0\n- Missing: wireguard-go, wg is not installed\n")
                .contains("![Throughput](images/plot.svg)")
                .contains(
                        "| TCP, one flow, up, Mbit/s | 1590 (1500 to 1700) | 1550 (1500 to 1600) | 1000 (1000 to 1000) | 17000 (17000 to 17000) |")
                .contains(
                        "| Ratio of medians, ours to theirs | jpptp, JDK 17 / C program | jpptp, JDK 17 / C program, our RC4 |\n")
                .contains("| TCP, one flow, up, Mbit/s | 1.03 | 1.59 |\n")
                .contains("| round trip, idle, median, µs | 60 | 50 |\n")
                .contains("| TCP, one flow, up, Mbit/s | 1900 (1900 to 1900), 0.95 | 2000 (2000 to 2000) |\n")
                .contains("| TCP, one flow, up, Mbit/s | 1600 1500 | 1000 | 2000 | 1500 1700 1590 | 1900 |\n")
                .contains("| full packets in, a second | – | – | – | – |");
    }

    @Test
    void plotsEveryTunnelInWellFormedXml() throws Exception {
        String svg = BenchPlot.svg(results, BenchMeasure.TCP, "Throughput");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("rect").getLength())
                .as("the ground and three bars")
                .isEqualTo(4);
        assertThat(svg).contains("jpptp, JDK 17", "C program").doesNotContain("veth");
    }

    @Test
    void replacesOnlyItsOwnPartOfTheDocument(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("results.tsv"), RESULTS);
        Path document = Files.writeString(
                folder.resolve("benchmarks.md"),
                "# Before\n<!-- written by lab/bench/run: begin -->\nold\n<!-- written by lab/bench/run: end -->\nafter\n");
        Path plot = folder.resolve("images/plot.svg");
        BenchReport.main(new String[] {input.toString(), document.toString(), plot.toString()});
        assertThat(document)
                .content()
                .startsWith("# Before\n<!--")
                .endsWith("end -->\nafter\n")
                .contains("(images/plot.svg)")
                .doesNotContain("old");
        assertThat(plot).isNotEmptyFile();
    }

    @Test
    void comparesWithTheReferenceClientInTheGuest() {
        BenchResults guest = BenchResults.parse("""
                #fact	guest	6.1.0
                1	ours17	tcp-up-1	30
                1	pptp_linux	tcp-up-1	20
                1	ours17	tcp-down-1	12.5
                1	ours17	tcp-up-1-pptpd	21
                1	pptp_linux	tcp-up-1-pptpd	15
                """.lines().toList());
        assertThat(GuestReport.markdown(guest))
                .contains("up, Mbit/s, our server outside | 30.0 (30.0 to 30.0) | 20.0 (20.0 to 20.0) | 1.50 |")
                .contains("down, Mbit/s, our server outside | 12.5 (12.5 to 12.5) | – | – |")
                .contains("up, Mbit/s, pptpd in the same guest | 21.0 (21.0 to 21.0) | 15.0 (15.0 to 15.0) | 1.40 |");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> BenchReport.into("no comments", "run", "tables"))
                .hasMessageContaining("lacks the lines");
        assertThatThrownBy(() -> BenchResults.parse(List.of("1\tours17\ttcp-up-1\tmany")))
                .hasMessageContaining("not a result: 1\tours17");
        assertThatThrownBy(() -> BenchResults.parse(List.of("word"))).hasMessageContaining("not a result: word");
    }
}
