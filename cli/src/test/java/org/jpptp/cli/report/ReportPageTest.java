package org.jpptp.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jpptp.client.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What is to be held of every page without a browser; ReportPageIT shows them in one. */
class ReportPageTest {
    /** WCAG 2.1, 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    static Stream<String> names() {
        return Reports.all().keySet().stream();
    }

    private static Document parse(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static Document page(String name) throws Exception {
        return parse(Reports.page(Reports.named(name)));
    }

    private static List<Element> all(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** Landmarks, headings without gaps, names for everything, links that lead somewhere. */
    @ParameterizedTest
    @MethodSource("names")
    void itIsWellFormedAndHasWhatReadersNavigateBy(String name) throws Exception {
        Document page = page(name);
        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        for (String landmark : List.of("header", "main", "footer", "h1")) {
            assertThat(all(page, landmark)).as(landmark).hasSize(1);
        }
        int before = 0;
        Set<String> ids = new HashSet<>();
        for (Element element : all(page, "*")) {
            String id = element.getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("once: " + id).isTrue();
            if (element.getTagName().matches("h[1-6]")) {
                int level = element.getTagName().charAt(1) - '0';
                assertThat(level).as(element.getTextContent()).isLessThanOrEqualTo(before + 1);
                assertThat(element.getTextContent()).isNotBlank();
                before = level;
            }
        }
        for (Element link : all(page, "a")) {
            assertThat(link.getAttribute("href")).startsWith("#");
            assertThat(ids).contains(link.getAttribute("href").substring(1));
        }
        for (Element section : all(page, "section")) {
            assertThat(ids).contains(section.getAttribute("aria-labelledby").split(" "));
        }
        for (Element table : all(page, "table")) {
            assertThat(table.getFirstChild().getNodeName()).isEqualTo("caption");
        }
        for (Element cell : all(page, "th")) {
            assertThat(cell.getAttribute("scope")).isIn("row", "col");
        }
        for (Element picture : all(page, "svg")) {
            if (!picture.getParentNode().getNodeName().equals("svg")) {
                assertThat(picture.getAttribute("role")).isEqualTo("img");
                assertThat(picture.getFirstChild().getNodeName()).isEqualTo("title");
                assertThat(picture.getFirstChild().getTextContent()).isNotBlank();
            }
        }
    }

    /** Not a thing is loaded, run, or sent, and the page tells its browser so. */
    @ParameterizedTest
    @MethodSource("names")
    void itNeedsNothingAndRunsNothing(String name) throws Exception {
        Document page = page(name);
        for (Element element : all(page, "*")) {
            assertThat(element.getTagName())
                    .isNotIn("script", "link", "img", "iframe", "object", "embed", "form", "input", "base", "image");
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                assertThat(attributes.item(i).getNodeName())
                        .doesNotStartWith("on")
                        .isNotIn("src", "style", "srcset");
                assertThat(attributes.item(i).getNodeValue()).doesNotContain("://", "javascript:");
            }
        }
        assertThat(ReportPage.css()).doesNotContain("url(", "@import", "<", ">", "&");
        Element policy = all(page, "meta").get(1);
        assertThat(policy.getAttribute("http-equiv")).isEqualTo("Content-Security-Policy");
        assertThat(policy.getAttribute("content")).startsWith("default-src 'none'; style-src 'unsafe-inline';");
    }

    /** It stands there to be read, wherever it is put, and nothing in it steers whoever shows it. */
    @Test
    void whatAPeerSaysIsTextAndNothingElse() throws Exception {
        String text = Reports.page(Reports.named("hostile"));
        String shown = Reports.HOSTILE.replace("\u202e", "\\u{202e}").replace("\u0007", "\\x07");
        Document page = parse(text);
        assertThat(text).doesNotContain("<script", "<img", "\u202e", "\u0007");
        assertThat(all(page, "main").get(0).getTextContent()).contains(shown);
        for (String place : List.of("dd", "code", "p", "td")) {
            assertThat(all(page, place).stream().map(Element::getTextContent))
                    .as(place)
                    .anyMatch(each -> each.contains(shown));
        }
        assertThat(all(page, "header").get(0).getTextContent()).contains(shown);
        assertThat(all(page, "tbody").get(1).getTextContent()).contains(shown);
    }

    @Test
    void theVerdictComesFirstThenWhatToDoThenWhatProvesIt() throws Exception {
        Element main = all(page("failed"), "main").get(0);
        assertThat(((Element) main.getFirstChild()).getAttribute("class")).isEqualTo("verdict bad");
        assertThat(main.getFirstChild().getTextContent())
                .containsSubsequence(
                        "failed",
                        "The tunnel did not come up",
                        "The server rejected the name or the password of \"alice\" (E=691).",
                        "What to do",
                        "log on with -u 'DOMAIN\\alice'.",
                        "On Windows: allow dial-in",
                        "What proves it",
                        "#7",
                        "CHAP Failure",
                        "exit code 19; Windows error 691");
    }

    /** Whose hyphens a browser would take for a place to break the line. */
    @Test
    void anOptionInWhatToDoStaysInOneLine() throws Exception {
        assertThat(all(page("failed"), "span").stream()
                        .filter(span -> span.getAttribute("class").equals("option"))
                        .map(Element::getTextContent))
                .containsExactly("--auth");
        assertThat(Reports.page(Reports.named("failed"))).contains(".option { white-space: nowrap; }");
    }

    private static List<String> phases(String name) throws Exception {
        return all(page(name), "tr").stream()
                .filter(row -> row.getFirstChild() instanceof Element head
                        && head.getFirstChild() instanceof Element mark
                        && mark.getTagName().equals("svg"))
                .map(row -> row.getFirstChild().getTextContent())
                .toList();
    }

    @Test
    void eachPhaseHasItsMark() throws Exception {
        assertThat(phases("up"))
                .containsExactly(
                        "doneserver",
                        "donecall",
                        "donelink",
                        "doneidentity",
                        "done, weaker than it should beencryption",
                        "doneaddresses",
                        "doneinterface");
        assertThat(phases("failed"))
                .containsExactly(
                        "doneserver",
                        "donecall",
                        "donelink",
                        "failedidentity",
                        "not reachedencryption",
                        "not reachedaddresses",
                        "not reachedinterface");
        assertThat(phases("refused")).hasSize(7).allMatch(phase -> phase.startsWith("not reached"));
        assertThat(phases("records").subList(0, 6))
                .containsExactly(
                        "doneserver",
                        "donecall",
                        "failedlink",
                        "not reachedidentity",
                        "not reachedencryption",
                        "not reachedaddresses");
    }

    /** What only says that the other is still there is told in a line, and what is left out is said. */
    @Test
    void keepalivesAreTakenTogether() throws Exception {
        List<String> steps =
                all(page("up"), "li").stream().map(Element::getTextContent).toList();
        assertThat(steps)
                .contains(
                        "593 messages that ask whether the other is still there, and their answers, until 39.6 min",
                        "112 steps are left out here");
        assertThat(steps).noneMatch(step -> step.contains("EchoReq"));
    }

    /** The text beside a plot says what it shows, the same as the plot's own description. */
    @Test
    void plotsAreToldInWords() throws Exception {
        Document page = page("up");
        List<String> captions =
                all(page, "figcaption").stream().map(Element::getTextContent).toList();
        assertThat(captions)
                .containsExactly(
                        "Client to server: 892.0 MB, 2 Mbit/s on average, at most 2.6 Mbit/s. Server to client: 2.5 GB,"
                                + " 5.7 Mbit/s on average, at most 16 Mbit/s.",
                        "LCP echoes: median 15 ms, from 12 ms to 17.4 ms. GRE acknowledgements: median 14.4 ms, from 9 ms"
                                + " to 19.8 ms.");
        assertThat(all(page, "desc").stream().map(Element::getTextContent)).containsExactlyElementsOf(captions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@media (prefers-color-scheme: dark)", "@media print"})
    void textCanBeReadInEveryScheme(String media) {
        Map<String, String> colors = new HashMap<>();
        String css = ReportPage.css();
        Matcher color = Pattern.compile("--(\\w+): (#[0-9a-f]{6});").matcher(css);
        color.region(css.indexOf(":root", media.isEmpty() ? 0 : css.indexOf(media)), css.length());
        while (color.find()) {
            colors.putIfAbsent(color.group(1), color.group(2));
        }
        assertThat(colors.keySet())
                .contains("page", "panel", "text", "dim", "good", "warn", "bad", "sent", "received", "third");
        for (String ink : List.of("text", "dim", "good", "warn", "bad", "sent", "received", "third")) {
            for (String paper : List.of("page", "panel")) {
                assertThat(contrast(colors.getOrDefault(ink, ""), colors.getOrDefault(paper, "")))
                        .as(media + " " + ink + " on " + paper)
                        .isGreaterThanOrEqualTo(LEAST_CONTRAST);
            }
        }
    }

    /** WCAG 2.1, the definition of contrast ratio. */
    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void aContrastIsWhatTheStandardSays() {
        assertThat(contrast("#000000", "#ffffff")).isEqualTo(21);
        assertThat(contrast("#777777", "#ffffff")).isBetween(4.4, 4.5);
    }

    @Test
    void scalesAreRoundNumbers() {
        assertThat(Stream.of(1L, 2L, 3L, 5L, 6L, 11L, 21L, 99L, 1000L, 1001L).map(Plot::ceiling))
                .containsExactly(1L, 2L, 5L, 5L, 10L, 20L, 50L, 100L, 1000L, 2000L);
        assertThat(Plot.ceiling(Long.MAX_VALUE)).isPositive();
    }

    @Test
    void aReportWithoutTunnelsSaysWhy() throws Exception {
        Report nothing = Reports.named("nothing");
        assertThat(parse(Reports.page(nothing)).getDocumentElement().getTextContent())
                .contains("Nothing to explain", "It is empty.");
    }
}
