package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables of a file in docs, of what test runs have seen. A run holds the file to what it has seen; with the file's name as a
 * property, such as {@code -Djpptp.interoperability=write}, it writes that into it instead.
 */
final class DocumentTable {
    private final String name;
    private final Path file;
    private final boolean write;

    /** @param name of the file, without its ending */
    DocumentTable(String name) {
        this.name = name;
        this.file = Path.of("..", "docs", name + ".md");
        this.write = "write".equals(System.getProperty("jpptp." + name));
    }

    /**
     * One row has been seen.
     *
     * @param heading of the section with the table, as in the file
     * @param key the first columns, which no other row of the table has
     * @param result the others
     */
    synchronized void seen(String heading, List<String> key, List<String> result) {
        String start = "| " + String.join(" | ", key) + " |";
        String row = start + " " + String.join(" | ", result) + " |";
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            int section = lines.indexOf("## " + heading);
            assertThat(section).as("the section %s of %s", heading, file).isNotNegative();
            int end = section + 1;
            int old = -1;
            int place = -1;
            while (end < lines.size() && !lines.get(end).startsWith("## ")) {
                String line = lines.get(end);
                if (line.startsWith(start)) {
                    old = end;
                }
                if (line.startsWith("|") && number(line) <= number(row)) {
                    place = end;
                }
                end++;
            }
            if (write) {
                write(lines, old, place, row);
            } else {
                assertThat(old < 0 ? "no row " + start : lines.get(old))
                        .as("%s, section %s; if the change is right, run with -Djpptp.%s=write", file, heading, name)
                        .isEqualTo(row);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Where rows are numbered they stand in that order; others, and the head, have no number. */
    private static int number(String row) {
        String first = row.substring(1, row.indexOf('|', 1)).strip();
        return first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
    }

    private void write(List<String> lines, int old, int place, String row) throws IOException {
        if (old >= 0) {
            lines.set(old, row);
        } else {
            lines.add(place + 1, row);
        }
        Files.write(file, lines);
    }
}
