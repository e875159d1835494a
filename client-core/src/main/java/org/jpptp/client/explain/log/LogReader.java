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
    private final LogCalls calls;
    private final List<Dialect> dialects = new ArrayList<>();
    private long number;

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
        for (Dialect dialect : dialects) {
            if (dialect.line(number, line)) {
                return;
            }
        }
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
