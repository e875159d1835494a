package org.jpptp.cli.tunnel;

import java.util.List;

/** The tables of {@code docs/interoperability.md}. */
final class InteroperabilityTable {
    private static final DocumentTable TABLE = new DocumentTable("interoperability");

    private InteroperabilityTable() {}

    /**
     * One row has been seen.
     *
     * @param heading of the section with the table, as in the file
     * @param result its last column
     * @param key the columns before, which no other row of the table has
     */
    static void seen(String heading, String result, String... key) {
        TABLE.seen(heading, List.of(key), List.of(result));
    }
}
