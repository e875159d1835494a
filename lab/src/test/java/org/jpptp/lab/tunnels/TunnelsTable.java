package org.jpptp.lab.tunnels;

import java.util.List;
import java.util.Locale;

/** What {@code lab/bench/tunnels} found out, as a table, and its place in a document. */
final class TunnelsTable {
    static final String BEGIN = "<!-- written by lab/bench/tunnels: begin -->";
    static final String END = "<!-- written by lab/bench/tunnels: end -->";

    private TunnelsTable() {}

    /**
     * One number of tunnels.
     *
     * @param added how many of them came up in {@code setUpMillis}; the others were up before
     * @param residentKib of the clients' process, after load and a full garbage collection
     * @param up what all of them together carried, in Mbit/s
     * @param down the same in the other direction
     */
    record Row(int tunnels, int added, long setUpMillis, long residentKib, double up, double down) {}

    /** In Markdown; everything is compared with the first row, that of one tunnel. */
    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder("""
                | tunnels | set-up of those added, s | ms a tunnel | memory of the process, MiB | KiB a tunnel beyond the first \
                | up, Mbit/s | of one tunnel's | down, Mbit/s | of one tunnel's |
                |---|---|---|---|---|---|---|---|---|
                """);
        Row one = rows.get(0);
        for (Row row : rows) {
            int more = row.tunnels() - one.tunnels();
            String each = more == 0
                    ? "–"
                    : String.format(Locale.ROOT, "%.0f", (double) (row.residentKib() - one.residentKib()) / more);
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.1f | %.0f | %.0f | %s | %.0f | %.2f | %.0f | %.2f |%n",
                    row.tunnels(),
                    row.setUpMillis() / 1e3,
                    (double) row.setUpMillis() / row.added(),
                    row.residentKib() / 1024.0,
                    each,
                    row.up(),
                    row.up() / one.up(),
                    row.down(),
                    row.down() / one.down()));
        }
        return table.toString();
    }

    /**
     * The document with other text between the two marks.
     *
     * @throws IllegalArgumentException when they are not in it
     */
    static String written(String document, String text) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no place for the table: " + BEGIN + " … " + END);
        }
        return document.substring(0, begin + BEGIN.length()) + "\n\n" + text + "\n" + document.substring(end);
    }
}
