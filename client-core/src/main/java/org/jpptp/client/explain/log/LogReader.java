package org.jpptp.client.explain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.explain.evidence.Call;

/**
 * Reads a log line by line; which program wrote it shows in its lines. What none of the dialects knows is passed over, such
 * as the letter that a log was sent with.
 */
public final class LogReader {
    private static final char HYPHEN = '\u2010';
    private static final char HORIZONTAL_BAR = '\u2015';
    private static final char MINUS = '\u2212';

    private final LogCalls calls;
    private final List<Dialect> dialects = new ArrayList<>();
    private long number;
    private boolean blank;

    /** @param found takes each call when it is over */
    public LogReader(Consumer<Call> found) {
        calls = new LogCalls(found);
        dialects.add(new JpptpDialect(calls));
        dialects.add(new WindowsDialect(calls));
        dialects.add(new CiscoDialect(calls));
        dialects.add(new RouterOsDialect(calls));
        dialects.add(new MpdDialect(calls));
        dialects.add(new PppdDialect(calls));
        dialects.add(new PptpDialect(calls));
        dialects.add(new WindowsEventDialect(calls));
    }

    /** The next line. */
    public void line(String line) {
        number++;
        boolean again = blank;
        blank = line.isBlank();
        if (blank && again) {
            return; // one blank line says what many do
        }
        String plain = plain(line);
        for (Dialect dialect : dialects) {
            if (dialect.line(number, plain)) {
                return;
            }
        }
    }

    /** Who sets a log for print makes other dashes of its hyphens, as Cisco's documents do: {@code AUTH−REQ}. */
    private static String plain(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (isDash(line.charAt(i))) {
                StringBuilder plain = new StringBuilder(line);
                for (int at = i; at < plain.length(); at++) {
                    if (isDash(plain.charAt(at))) {
                        plain.setCharAt(at, '-');
                    }
                }
                return plain.toString();
            }
        }
        return line;
    }

    private static boolean isDash(char c) {
        return (c >= HYPHEN && c <= HORIZONTAL_BAR) || c == MINUS;
    }

    /** The log is over. */
    public void end() {
        dialects.forEach(Dialect::end);
        calls.end();
    }

    /** How many lines said something. */
    public long understood() {
        return calls.understood();
    }
}
