package org.jpptp.client.explain.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.explain.evidence.Moment;

/** The time in front of a line, in the ways of syslog, of RFC 3339, of RouterOS and of Cisco; only differences matter. */
final class LogTime {
    private static final Pattern ISO =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?");
    private static final Pattern SYSLOG = Pattern.compile(
            "(?:^|[*.<>\\s\\d])([A-Z][a-z]{2})[ /]+(\\d{1,2})(?:/\\d{4})? +(?:\\d{4} +)?(\\d{2}):(\\d{2}):(\\d{2})(?:[.:,](\\d{1,6}))?");
    private static final Pattern SHORT = Pattern.compile("^\\W{0,3}(\\d{2}):(\\d{2}):(\\d{2})(?:[.:,](\\d{1,6}))?");
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";
    private static final int YEAR = 2001;
    private static final long NANOS = 1_000_000_000L;

    private LogTime() {}

    /** In nanoseconds, {@link Moment#NO_TIME} where there is none. */
    static long of(String line) {
        String head = line.length() > 80 ? line.substring(0, 80) : line;
        try {
            Matcher iso = ISO.matcher(head);
            if (iso.find()) {
                return nanos(number(iso.group(1)), number(iso.group(2)), number(iso.group(3)), iso, 4);
            }
            Matcher syslog = SYSLOG.matcher(head);
            if (syslog.find()) {
                int month = MONTHS.indexOf(syslog.group(1).toLowerCase(Locale.ROOT)) / 4 + 1;
                return month < 1 ? Moment.NO_TIME : nanos(YEAR, month, number(syslog.group(2)), syslog, 3);
            }
            Matcher time = SHORT.matcher(head);
            return time.find() ? nanos(YEAR, 1, 1, time, 1) : Moment.NO_TIME;
        } catch (DateTimeException e) {
            return Moment.NO_TIME;
        }
    }

    private static long nanos(int year, int month, int day, Matcher match, int from) {
        long seconds = LocalDateTime.of(
                        year,
                        month,
                        day,
                        number(match.group(from)),
                        number(match.group(from + 1)),
                        number(match.group(from + 2)))
                .toEpochSecond(ZoneOffset.UTC);
        String part = match.group(from + 3);
        long fraction = part == null ? 0 : Long.parseLong((part + "000000000").substring(0, 9));
        return seconds * NANOS + fraction;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
