package org.jpptp.lab.tunnels;

import java.util.List;
import java.util.Locale;

/** What {@code lab/bench/tunnels} found out, as a table, and its place in a document. */
final class TunnelsTable {
    static final String BEGIN = "<!-- written by lab/bench/tunnels: begin -->";
    static final String END = "<!-- written by lab/bench/tunnels: end -->";

    private TunnelsTable() {}

    /** What arrived, in Mbit/s. */
    record Load(double up, double down) {
        /** Each way by itself; of an odd number. */
        static Load median(List<Load> loads) {
            return new Load(
                    loads.stream().mapToDouble(Load::up).sorted().toArray()[loads.size() / 2],
                    loads.stream().mapToDouble(Load::down).sorted().toArray()[loads.size() / 2]);
        }
    }

    /**
     * One number of tunnels.
     *
     * @param added how many of them came up in {@code setUpMillis}; the others were up before
     * @param residentKib of the clients' process, after load and a full garbage collection
     * @param each with a TCP connection through each tunnel
     * @param one with as many connections through one of them
     */
    record Row(int tunnels, int added, long setUpMillis, long residentKib, Load each, Load one) {}

    /** In Markdown; the first row is that of one tunnel. */
    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder("""
                | tunnels | set-up of those added, s | ms a tunnel | memory, MiB | KiB a tunnel beyond the first | up, Mbit/s \
                | the same flows in one tunnel | ratio | down, Mbit/s | the same flows in one tunnel | ratio |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        Row first = rows.get(0);
        for (Row row : rows) {
            int more = row.tunnels() - first.tunnels();
            String share = more == 0
                    ? "–"
                    : String.format(Locale.ROOT, "%.0f", (double) (row.residentKib() - first.residentKib()) / more);
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.1f | %.0f | %.0f | %s | %.0f | %.0f | %.2f | %.0f | %.0f | %.2f |%n",
                    row.tunnels(),
                    row.setUpMillis() / 1e3,
                    (double) row.setUpMillis() / row.added(),
                    row.residentKib() / 1024.0,
                    share,
                    row.each().up(),
                    row.one().up(),
                    row.each().up() / row.one().up(),
                    row.each().down(),
                    row.one().down(),
                    row.each().down() / row.one().down()));
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
