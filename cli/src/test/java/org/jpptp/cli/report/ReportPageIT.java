package org.jpptp.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jpptp.cli.report.Chromium.Scheme;
import org.jpptp.cli.report.Chromium.Scripts;
import org.jpptp.client.report.Report;
import org.jpptp.lab.peer.RequiresChromium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of report in a browser that we did not write, judged by a checker of accessibility that we did not write: axe-core.
 * The pictures are kept for whoever wants to look at them.
 */
@RequiresChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageIT {
    private static final int[] WIDTHS = {360, 768, 1280};
    private static final int[] PHONE = {360};
    private static final List<String> LOOKED_AT = List.of("up", "failed", "records");
    private static final Path PICTURES = Path.of("target", "report-pictures");

    private Path directory;
    private Chromium chromium;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        directory = empty;
        Files.createDirectories(PICTURES);
        chromium = new Chromium(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    void stop() throws IOException {
        chromium.close();
    }

    private Path file(String name, Report report) throws IOException {
        return Files.writeString(directory.resolve(name + ".html"), Reports.page(report));
    }

    /** Nothing is loaded but the file, nothing is complained about, nothing runs, and nothing is wider than the window. */
    @Test
    void everyReportIsShownAtEveryWidthInLightAndDark() throws IOException {
        for (Map.Entry<String, Report> each : Reports.all().entrySet()) {
            Path file = file(each.getKey(), each.getValue());
            for (Scheme scheme : Scheme.values()) {
                for (int width : LOOKED_AT.contains(each.getKey()) ? WIDTHS : PHONE) {
                    String as =
                            each.getKey() + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
                    chromium.show(file, width, scheme);
                    if (LOOKED_AT.contains(each.getKey())) {
                        Files.write(PICTURES.resolve(as + ".png"), chromium.screenshot());
                    }
                    assertThat(chromium.evaluate("document.documentElement.scrollWidth"))
                            .as(as)
                            .isEqualTo(chromium.evaluate("document.documentElement.clientWidth"));
                    assertThat(chromium.evaluate("String(document.scripts.length) + document.images.length"))
                            .isEqualTo("00");
                    nothingHappenedBut(file, as);
                }
            }
        }
    }

    private void nothingHappenedBut(Path file, String as) {
        for (Map<String, ?> event : chromium.events()) {
            String method = Chromium.text(event, "method");
            Map<String, ?> said = Chromium.object(event, "params");
            assertThat(method)
                    .as(as + ": " + said)
                    .isNotIn("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown");
            assertThat(method).as(as).isNotEqualTo("Page.javascriptDialogOpening");
            if (method.equals("Network.requestWillBeSent")) {
                assertThat(Chromium.text(Chromium.object(said, "request"), "url"))
                        .as(as)
                        .isEqualTo(file.toUri().toString());
            }
        }
    }

    /** Landmarks, headings, names, contrast. */
    @Test
    void theCheckerOfAccessibilityFindsNothing() throws IOException {
        String axe;
        try (@Nullable InputStream in = ReportPageIT.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).isNotNull();
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, Report> each : Reports.all().entrySet()) {
            for (Scheme scheme : Scheme.values()) {
                chromium.show(file(each.getKey(), each.getValue()), 360, scheme);
                chromium.evaluate(axe);
                Object found = chromium.evaluate(
                        "axe.run(document).then(all => all.violations.map(one => one.id + ': '"
                                + " + one.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')).join('\\n')"
                                + " + (all.passes.some(one => one.id == 'color-contrast') ? '' : 'no contrast was looked at'))");
                assertThat(found).as(each.getKey() + " " + scheme).isEqualTo("");
            }
        }
    }

    /** What a reader without scripts sees is the same. */
    @Test
    void nothingNeedsAScript() throws IOException {
        Path file = file("scriptless", Reports.up());
        chromium.show(file, 768, Scheme.LIGHT);
        byte[] with = chromium.screenshot();
        chromium.scripts(Scripts.OFF);
        try {
            chromium.show(file, 768, Scheme.LIGHT);
            assertThat(chromium.screenshot()).isEqualTo(with);
        } finally {
            chromium.scripts(Scripts.ON);
        }
    }

    @Test
    void itIsPrinted() throws IOException {
        for (String name : LOOKED_AT) {
            chromium.show(file("print-" + name, Reports.named(name)), 1280, Scheme.DARK);
            byte[] pdf = chromium.print();
            Files.write(PICTURES.resolve(name + ".pdf"), pdf);
            assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
            assertThat(new String(pdf, StandardCharsets.ISO_8859_1).split("/Type /Page\\b", -1).length - 1)
                    .as("pages")
                    .isBetween(1, 12);
        }
    }
}
