package org.jpptp.cli.view;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a terminal, or what stands in its place, can show.
 *
 * @param signs which arrive
 * @param color whether it is wanted
 */
public record Style(Signs signs, Color color) {
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

    /** Plain ASCII. */
    public static final Style PLAIN = new Style(Signs.ASCII, Color.OFF);

    /** The style of a stream that encodes to {@code charset}. */
    public static Style of(Charset charset, Color color) {
        return new Style(charset.equals(StandardCharsets.UTF_8) ? Signs.UNICODE : Signs.ASCII, color);
    }

    String tick() {
        return green(signs == Signs.UNICODE ? "✓" : "+");
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
    static String visible(String text) {
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
