package org.jpptp.client.explain.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jspecify.annotations.Nullable;

/** The tracing of PPP in Windows, {@code netsh ras set tracing ppp enabled}: each packet is there octet by octet. */
final class WindowsDialect implements Dialect {
    private static final String PROGRAM = "Windows";
    private static final Pattern PACKET =
            Pattern.compile("[<>]?PPP packet (sent|received) at (\\S{1,40} \\S{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}) (\\d{1,2}):(\\d{1,2}):(\\d{1,2})[:.](\\d{1,3})");
    private static final Pattern PREFIX = Pattern.compile("^\\s*(?:\\[\\w+\\] )?(?:(?:[\\d-]+ )?[\\d:]+: ?)?");
    private static final Pattern DESCRIPTION = Pattern.compile("Protocol ?= ?\\w+");

    private final LogCalls calls;
    private @Nullable HexPacket packet;
    private Side from = Side.CLIENT;
    private long at;
    private long nanos;

    WindowsDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        Matcher begins = PACKET.matcher(line.contains(" at ") || line.contains(" AT ") ? line : "");
        if (begins.find()) {
            end();
            from = begins.group(1).toLowerCase(Locale.ROOT).equals("sent") ? Side.CLIENT : Side.SERVER;
            at = number;
            nanos = time(begins.group(2));
            packet = new HexPacket();
            return true;
        }
        HexPacket open = packet;
        if (open == null) {
            return false;
        }
        if (DESCRIPTION.matcher(line).find()) {
            return true;
        }
        if (open.line(PREFIX.matcher(line).replaceFirst(""))) {
            return true;
        }
        end();
        return false;
    }

    private static long time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.find()) {
            return Moment.NO_TIME;
        }
        try {
            return LocalDateTime.of(
                                            Integer.parseInt(time.group(3)),
                                            Integer.parseInt(time.group(1)),
                                            Integer.parseInt(time.group(2)),
                                            Integer.parseInt(time.group(4)),
                                            Integer.parseInt(time.group(5)),
                                            Integer.parseInt(time.group(6)))
                                    .toEpochSecond(ZoneOffset.UTC)
                            * 1_000_000_000L
                    + Long.parseLong(time.group(7)) * 1_000_000L;
        } catch (DateTimeException e) {
            return Moment.NO_TIME;
        }
    }

    @Override
    public void end() {
        HexPacket open = packet;
        packet = null;
        Fact.Packet whole = open == null ? null : open.packet();
        if (whole != null) {
            calls.add(PROGRAM, at, nanos, from, whole);
        }
    }
}
