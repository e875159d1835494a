package org.jpptp.lab.bench;

import java.util.Locale;

/** A picture, written line by line. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">",
                width, height);
    }

    /** Adds a line; what a percent sign stands for in it is formatted as {@link String#format} does. */
    void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** All of it, after which nothing is added. */
    String end() {
        line("</svg>");
        return out.toString();
    }
}
