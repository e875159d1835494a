package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a running program's output, collected as they come, so that a test can wait for one. */
public final class OutputLines {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** Reads the stream to its end on a thread of its own. */
    public OutputLines(InputStream stream, String name) {
        Thread reader = new Thread(() -> collect(stream), name);
        reader.setDaemon(true);
        reader.start();
    }

    /** All lines so far. */
    public synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /** All lines so far, as one text. */
    public String text() {
        return String.join("\n", all());
    }

    /**
     * The first line that contains a match, among those that came and those that come.
     *
     * @throws AssertionError with everything said so far, when the output ends or the time is over without it
     */
    public synchronized String await(String regex, Duration timeout) {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + timeout.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < lines.size(); seen++) {
                if (pattern.matcher(lines.get(seen)).find()) {
                    return lines.get(seen);
                }
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (ended || millis <= 0) {
                throw new AssertionError((ended ? "ended without a line /" : "no line within " + timeout + " /") + regex
                        + "/ in:\n" + text());
            }
            pause(millis);
        }
    }

    /** Waits until the stream has ended, so that nothing is missing from {@link #all}. */
    public synchronized void awaitEnd(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ended) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("the output did not end within " + timeout + ":\n" + text());
            }
            pause(millis);
        }
    }

    /** Called in loops that look again. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private void collect(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(the output broke off: " + closed.getMessage() + ")");
        }
        end();
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
