package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of {@code docs/interoperability.md}. A test run holds the file to what it has seen; with
 * {@code -Djpptp.interoperability=write} it writes that into it instead.
 */
final class InteroperabilityTable {
    private static final Path FILE = Path.of("..", "docs", "interoperability.md");
    private static final boolean WRITE = "write".equals(System.getProperty("jpptp.interoperability"));

    private InteroperabilityTable() {}

    /**
     * One row has been seen.
     *
     * @param heading of the section with the table, as in the file
     * @param result its last column
     * @param key the columns before, which no other row of the table has
     */
    static synchronized void seen(String heading, String result, String... key) {
        String start = "| " + String.join(" | ", key) + " |";
        String row = start + " " + result + " |";
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(FILE));
            int section = lines.indexOf("## " + heading);
            assertThat(section).as("the section %s of %s", heading, FILE).isNotNegative();
            int end = section + 1;
            int old = -1;
            while (end < lines.size() && !lines.get(end).startsWith("## ")) {
                if (lines.get(end).startsWith(start)) {
                    old = end;
                }
                end++;
            }
            if (WRITE) {
                write(lines, old, end, row);
            } else {
                assertThat(old < 0 ? "no row " + start : lines.get(old))
                        .as(
                                "%s, section %s; if the change is right, run with -Djpptp.interoperability=write",
                                FILE, heading)
                        .isEqualTo(row);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void write(List<String> lines, int old, int end, String row) throws IOException {
        if (old >= 0) {
            lines.set(old, row);
        } else {
            int last = end - 1;
            while (!lines.get(last).startsWith("|")) {
                last--;
            }
            lines.add(last + 1, row);
        }
        Files.write(FILE, lines);
    }
}
