package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.control.ControlFailure;
import org.jpptp.ppp.PppFailure;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/failures.md are what the diagnosis says of every kind of failure. After a change that is meant,
 * {@code -Djpptp.failures=write} writes them anew; read the difference.
 */
class FailuresDocumentTest {
    private static final Path FILE = Path.of("..", "docs", "failures.md");
    private static final String BEGIN = "<!-- written by FailuresDocumentTest -->";
    private static final String SERVER = "vpn";

    @Test
    void theDocumentSaysWhatTheDiagnosisSays() throws IOException {
        String document = Files.readString(FILE);
        String head = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
        String written = head + "\n" + String.join("\n", tables()) + "\n";
        if ("write".equals(System.getProperty("jpptp.failures"))) {
            Files.writeString(FILE, written);
        }
        assertThat(Files.readString(FILE))
                .as("if the change is right, run with -Djpptp.failures=write")
                .isEqualTo(written);
    }

    private static List<String> tables() throws IOException {
        List<String> lines = new ArrayList<>();
        table(lines, "The control connection", control());
        table(lines, "The link", link(Background.NONE));
        table(lines, "The link, once encryption was agreed on", differing(LinkFailures.ENCRYPTED));
        table(lines, "The link, while the control connection answers", differing(LinkFailures.QUIET_GRE));
        table(
                lines,
                "The server's name, its address, GRE, the tunnel as a whole",
                said(Stream.concat(SentencesTest.names(), SentencesTest.others())));
        table(lines, "This host", said(SentencesTest.hosts()));
        return lines;
    }

    /** A row of a table: the record with the facts, or the method that knows them, and what is said. */
    private record Row(String evidence, Failure failure) {}

    private static void table(List<String> lines, String heading, List<Row> rows) {
        lines.addAll(List.of(
                "",
                "## " + heading,
                "",
                "| evidence | what is said | remedy | exit code | Windows |",
                "|---|---|---|---|---|"));
        Set<String> told = new LinkedHashSet<>();
        for (Row row : rows) {
            Failure failure = row.failure();
            told.add("| " + row.evidence() + " | " + cell(failure.sentence()) + " | " + cell(remedy(failure)) + " | "
                    + failure.reason().exitCode() + " " + words(failure.reason()) + " | "
                    + (failure.windowsError() == 0 ? "" : failure.windowsError()) + " |");
        }
        lines.addAll(told);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").strip();
    }

    private static String remedy(Failure failure) {
        return failure.remedy().parts().stream()
                .map(FailuresDocumentTest::words)
                .collect(Collectors.joining());
    }

    /** As the command has it; that the command does have it is a test of the command. */
    private static String words(Remedy.Part part) {
        if (part instanceof Remedy.Part.Words words) {
            return words.text();
        }
        if (part instanceof Remedy.Part.Add add) {
            return "name `" + add.value() + "` in `" + option(add.setting(), "") + "`";
        }
        Remedy.Part.Set set = (Remedy.Part.Set) part;
        return "`" + option(set.setting(), set.value() == null ? "" : set.value()) + "`";
    }

    private static String option(Setting setting, String value) {
        return switch (setting) {
            case ALLOW_WEAK -> "--allow-" + value;
            case VERBOSE -> "-" + "v".repeat(value.isEmpty() ? 1 : Integer.parseInt(value));
            case USER -> "-u " + value;
            default -> ("--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + value).strip();
        };
    }

    private static List<Row> control() {
        List<Row> rows = new ArrayList<>();
        for (ControlFailure failure : ControlFailures.all()) {
            if (failure.cause() != ControlFailure.Cause.CLOSED) {
                rows.add(new Row(name(failure), ControlDiagnosis.of(failure, SERVER, "")));
            }
        }
        ControlFailure silent =
                new ControlFailure.Unanswered(ControlFailure.Awaited.CALL_REPLY, Duration.ofSeconds(50), 0);
        rows.add(new Row(
                name(silent) + ", and GRE that comes all the same",
                ControlDiagnosis.unansweredCall(silent, SERVER, 3)));
        ControlFailure cleared = new ControlFailure.Cleared(ControlFailure.Phase.UP);
        rows.add(new Row(
                name(cleared) + ", before one octet of PPP",
                ControlDiagnosis.stillborn(cleared, SERVER, Duration.ofMillis(340))));
        return rows;
    }

    private static List<Row> link(Background background) {
        List<Row> rows = new ArrayList<>();
        for (PppFailure failure : LinkFailures.all()) {
            if (failure.cause() != PppFailure.Cause.CLOSED) {
                rows.add(new Row(name(failure), LinkDiagnosis.of(failure, Policies.of("alice"), background)));
            }
        }
        return rows;
    }

    /** What differs from what is said before. */
    private static List<Row> differing(Background background) {
        Set<Failure> before = link(Background.NONE).stream().map(Row::failure).collect(Collectors.toSet());
        return link(background).stream()
                .filter(row -> !before.contains(row.failure()))
                .toList();
    }

    /** Where there is no record: the methods of the diagnosis are told the facts. */
    private static List<Row> said(Stream<Failure> failures) {
        return failures.map(failure -> new Row(words(failure.reason()), failure))
                .toList();
    }

    private static String words(FailureReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String name(Object failure) {
        return failure.getClass().getSimpleName();
    }
}
