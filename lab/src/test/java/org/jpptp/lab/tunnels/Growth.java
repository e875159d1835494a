package org.jpptp.lab.tunnels;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jpptp.lab.bench.BenchResults;

/**
 * What a number of tunnels costs by being there.
 *
 * @param added how many of them came up in {@code setUpMillis}; the others were up before
 * @param allMillis how long all of them took together
 * @param residentKib of the clients' process, after load and a full garbage collection
 */
record Growth(int tunnels, int added, double setUpMillis, double allMillis, double residentKib) {
    static final String SET_UP_MILLIS = "set-up-ms";
    static final String RESIDENT_KIB = "rss";

    private static final String TUNNELS = "tunnels-";

    /** So many tunnels, with a connection through each, as a contender of the results. */
    static String contender(int tunnels) {
        return TUNNELS + tunnels;
    }

    /** In the order of the run, in which they become more. */
    static List<Growth> all(BenchResults results) {
        List<Growth> all = new ArrayList<>();
        int before = 0;
        double beforeMillis = 0;
        for (String contender : results.values().keySet()) {
            if (contender.startsWith(TUNNELS)) {
                int tunnels = Integer.parseInt(contender.substring(TUNNELS.length()));
                double millis = value(results, contender, SET_UP_MILLIS);
                beforeMillis += millis;
                all.add(new Growth(
                        tunnels, tunnels - before, millis, beforeMillis, value(results, contender, RESIDENT_KIB)));
                before = tunnels;
            }
        }
        return all;
    }

    private static double value(BenchResults results, String contender, String measure) {
        return Objects.requireNonNull(results.spread(contender, measure), contender + " has no " + measure)
                .median();
    }

    double millisEach() {
        return setUpMillis / added;
    }

    double mebibytes() {
        return residentKib / 1024;
    }

    /** Beyond what fewer of them take. */
    double kibEach(Growth fewer) {
        return (residentKib - fewer.residentKib) / (tunnels - fewer.tunnels);
    }
}
