package org.jpptp.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was measured several times.
 *
 * @param count how often
 */
public record Spread(double median, double min, double max, int count) {
    /** Of these, of which there is at least one. */
    public static Spread of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** For a cell of a table: the median, and the lowest to the highest. */
    String text(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, min, max);
    }
}
