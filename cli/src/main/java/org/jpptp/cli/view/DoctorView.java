package org.jpptp.cli.view;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.client.FailureReason;
import org.jpptp.client.doctor.Finding;

/** Shows what was found on this machine: a line for each check, and below it the command that mends it. */
public final class DoctorView {
    private static final int SCHEMA = 1;
    private static final int NAME = 10;
    /** Columns before the text: mark, and the name of the check. */
    private static final int MARGIN = NAME + 5;

    private final PrintStream out;
    private final Style style;

    public DoctorView(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** All of them. */
    public void show(List<Finding> findings) {
        for (Finding finding : findings) {
            String about = finding.about();
            String head = "  " + mark(finding) + " " + about + " ".repeat(NAME - about.length()) + " ";
            out.println(style.hanging(head, MARGIN, Style.visible(finding.seen())));
            if (!finding.command().isEmpty()) {
                // A line of its own, whole, to be copied.
                out.println(" ".repeat(MARGIN) + style.arrow() + " " + Style.visible(command(finding)));
            }
        }
    }

    /** What mends it, to be run as it stands there. */
    public static String command(Finding finding) {
        return finding.command().equals(Finding.REPAIRED_BY_US) ? "jpptp doctor --repair" : finding.command();
    }

    private String mark(Finding finding) {
        return switch (finding.mark()) {
            case FINE -> style.tick();
            case WARNING -> style.warningMark();
            case FAULT -> style.cross();
        };
    }

    /** The code of the first fault. */
    public static int exitCode(List<Finding> findings) {
        return findings.stream()
                .map(Finding::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .map(FailureReason::exitCode)
                .orElse(ExitCodes.SUCCESS);
    }

    /** The same for programs, in one line of UTF-8: the schema of docs/doctor-json.md. */
    public static void json(List<Finding> findings, String version, PrintStream out) {
        JsonObject all = new JsonObject.Builder()
                .put("schema", SCHEMA)
                .put("version", version)
                .put("findings", findings.stream().map(DoctorView::json).toList())
                .put("exitCode", exitCode(findings))
                .build();
        byte[] line = (all + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.flush();
    }

    private static JsonObject json(Finding finding) {
        FailureReason reason = finding.reason();
        return new JsonObject.Builder()
                .put("mark", finding.mark().name().toLowerCase(Locale.ROOT))
                .put("about", finding.about())
                .put("seen", finding.seen())
                .put("command", finding.command().isEmpty() ? null : command(finding))
                .put("reason", reason == null ? null : reason.name())
                .build();
    }
}
