package org.jpptp.cli.view;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal, or what stands in its place, can show.
 *
 * @param signs which arrive
 * @param color whether it is wanted
 * @param width of the terminal in columns, 0 where there is none: each message is then one line
 * @param lines what stands before each
 */
public record Style(Signs signs, Color color, int width, Lines lines) {
    /** Longer lines are hard to read. */
    static final int WIDEST = 100;

    private static final int NARROWEST = 20;

    /** What an encoding expresses. */
    public enum Signs {
        ASCII,
        UNICODE
    }

    /** Whether colours are wanted. */
    public enum Color {
        OFF,
        ON
    }

    /** What stands before a line. */
    public enum Lines {
        BARE,
        /** How much it matters, as systemd's journal reads it: {@code <4>} (sd-daemon(3)). */
        WITH_PRIORITY
    }

    /** How much a line matters: the numbers of syslog(3). */
    enum Priority {
        ERROR(3),
        WARNING(4),
        INFORMATION(6);

        private final int number;

        Priority(int number) {
            this.number = number;
        }
    }

    /** Without a terminal. */
    public Style(Signs signs, Color color) {
        this(signs, color, 0, Lines.BARE);
    }

    /** The same on a terminal. */
    Style withWidth(int columns) {
        return new Style(signs, color, columns, lines);
    }

    /** The same for a reader who wants this before each line. */
    Style withLines(Lines wanted) {
        return new Style(signs, color, width, wanted);
    }

    /** What stands before a line that matters as much. */
    String mark(Priority priority) {
        return lines == Lines.WITH_PRIORITY ? "<" + priority.number + ">" : "";
    }

    /** Plain ASCII. */
    public static final Style PLAIN = new Style(Signs.ASCII, Color.OFF);

    /** The style of a stream that encodes to {@code charset}. */
    public static Style of(Charset charset, Color color) {
        return new Style(charset.equals(StandardCharsets.UTF_8) ? Signs.UNICODE : Signs.ASCII, color);
    }

    String tick() {
        return green(signs == Signs.UNICODE ? "✓" : "+");
    }

    String cross() {
        return red(signs == Signs.UNICODE ? "✗" : "x");
    }

    String dots() {
        return signs == Signs.UNICODE ? "…" : ".";
    }

    /**
     * Lines that fit, broken at blanks; a word that is longer than a line is left whole.
     *
     * @param margin columns that stand before each line
     */
    List<String> wrap(String text, int margin) {
        if (width == 0) {
            return List.of(text);
        }
        int room = Math.max(NARROWEST, Math.min(width, WIDEST) - margin);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && columns(line) + 1 + columns(word) > room) {
                lines.add(line.toString());
                line.setLength(0);
            } else if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The same as one text: a head, and under it as many blanks before each further line. */
    String hanging(String head, int columns, String text) {
        return head + String.join("\n" + " ".repeat(columns), wrap(text, columns));
    }

    static int columns(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /** In the tick's place, where a phase came to something that protects nobody. */
    String warningMark() {
        return yellow("!");
    }

    String arrow() {
        return signs == Signs.UNICODE ? "→" : "->";
    }

    String green(String text) {
        return colored("32", text);
    }

    String yellow(String text) {
        return colored("33", text);
    }

    String red(String text) {
        return colored("31", text);
    }

    String dim(String text) {
        return colored("2", text);
    }

    private String colored(String code, String text) {
        return color == Color.ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The text with everything that could steer a terminal made visible as {@code \xNN}. */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                shown.append(String.format(c <= 0xFF ? "\\x%02x" : "\\u{%x}", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
