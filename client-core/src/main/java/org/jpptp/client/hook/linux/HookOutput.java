package org.jpptp.client.hook.linux;

import java.util.function.Consumer;

/** Cuts what a hook writes into lines of printable characters, of which the first ones are passed on and the last is kept. */
final class HookOutput {
    static final int MOST_LINES = 50;
    static final int MOST_COLUMNS = 200;

    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();
    private String last = "";
    private int count;

    HookOutput(Consumer<String> lines) {
        this.lines = lines;
    }

    void take(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            char c = (char) (octets[i] & 0xFF);
            if (c == '\n') {
                endLine();
            } else if (line.length() < MOST_COLUMNS) {
                append(line, c);
            }
        }
    }

    /** There will be no more. */
    void end() {
        if (line.length() > 0) {
            endLine();
        }
        if (count > MOST_LINES) {
            lines.accept((count - MOST_LINES) + " more lines");
        }
    }

    private void endLine() {
        if (line.length() > 0) {
            last = line.toString();
            if (++count <= MOST_LINES) {
                lines.accept(last);
            }
            line.setLength(0);
        }
    }

    /** What it said last; empty for nothing. */
    String lastLine() {
        return last;
    }

    static String printable(String text) {
        StringBuilder result = new StringBuilder();
        text.chars().limit(MOST_COLUMNS).forEach(c -> append(result, (char) c));
        return result.toString();
    }

    private static void append(StringBuilder text, char c) {
        if ((c >= ' ' && c <= '~') || c == '\t') {
            text.append(c == '\t' ? ' ' : c);
        } else {
            text.append(String.format("\\x%02x", (int) c));
        }
    }
}
