package org.jpptp.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Amounts, written for people. */
public final class Quantities {
    /** Below that a tenth matters: much may have happened in less than a second. */
    private static final int EXACT_SECONDS = 10;

    private static final int SECONDS_WIDTH = 4;

    private Quantities() {}

    /**
     * {@code "   1.042"}: the seconds with which a line of a trace begins. By hand, since the first use of a formatter costs a start
     * milliseconds, and a trace has many lines.
     *
     * @param millis since the start
     */
    public static String sinceStart(long millis) {
        String thousandths = String.valueOf(1000 + millis % 1000);
        return right(String.valueOf(millis / 1000), SECONDS_WIDTH) + "." + thousandths.substring(1);
    }

    /** As wide as that at least, at its right end. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** As wide as that at least, at its left end. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** {@code 38 ms}. */
    public static String millis(Duration took) {
        return took.toMillis() + " ms";
    }

    /** {@code 0.2 s}. */
    public static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    /** {@code 0.8 s}, {@code 42 s}, {@code 12 min 3 s}, {@code 3 h 0 min}, {@code 2 d 5 h}: the two largest units. */
    public static String span(Duration duration) {
        if (duration.toSeconds() < EXACT_SECONDS) {
            return seconds(duration);
        }
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.toHours() == 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        if (duration.toDays() == 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    /** {@code 17 octets}, {@code 48.2 kB}, {@code 1.3 GB}: powers of ten. */
    public static String octets(long octets) {
        if (octets < 1000) {
            return octets == 1 ? "1 octet" : octets + " octets";
        }
        double amount = octets;
        int unit = -1;
        while (amount >= 999.95 && unit < 3) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, new String[] {"kB", "MB", "GB", "TB"}[unit]);
    }

    /** {@code 100 Mbit/s}, {@code 1.5 Mbit/s}, {@code 56 kbit/s}. */
    public static String rate(long bitsPerSecond) {
        if (bitsPerSecond >= 1_000_000_000) {
            return scaled(bitsPerSecond / 1e9) + " Gbit/s";
        }
        if (bitsPerSecond >= 1_000_000) {
            return scaled(bitsPerSecond / 1e6) + " Mbit/s";
        }
        if (bitsPerSecond >= 1000) {
            return scaled(bitsPerSecond / 1e3) + " kbit/s";
        }
        return bitsPerSecond + " bit/s";
    }

    private static String scaled(double amount) {
        String text = String.format(Locale.ROOT, "%.1f", amount);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
