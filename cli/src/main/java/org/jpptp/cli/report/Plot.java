package org.jpptp.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Lines over time, as SVG that stretches to any width: the numbers beside it are text of the page, which does not stretch with
 * it.
 */
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 200;
    /** So few points are to be seen one by one. */
    private static final int FEW = 12;

    /** A point: how far on the way from left to right, of 1, and how high, in the unit of the plot. */
    record Point(double at, long value) {}

    /**
     * A line.
     *
     * @param style the class that its color comes from
     */
    record Line(String name, String style, List<Point> points) {}

    private final String title;
    private final LongFunction<String> unit;

    /** @param unit says a value to people */
    Plot(String title, LongFunction<String> unit) {
        this.title = title;
        this.unit = unit;
    }

    /**
     * Writes a figure.
     *
     * @param beginMillis at the left edge
     * @param spanMillis from there to the right edge
     * @param said what there is to be seen, in sentences
     */
    void write(Markup page, List<Line> lines, long beginMillis, long spanMillis, String said) {
        long most = 1;
        for (Line line : lines) {
            for (Point point : line.points()) {
                most = Math.max(most, point.value());
            }
        }
        long top = ceiling(most);
        page.open("figure", "class", "plot");
        page.open("div", "class", "legend", "aria-hidden", "true");
        for (Line line : lines) {
            page.open("span")
                    .element("i", "", "class", line.style())
                    .text(line.name())
                    .close();
        }
        page.closeLine();
        page.open("div", "class", "y", "aria-hidden", "true");
        page.element("span", unit.apply(top))
                .element("span", unit.apply(top / 2))
                .element("span", "0");
        page.closeLine();
        page.picture(
                title, said, "class", "field", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "preserveAspectRatio", "none");
        for (int i = 0; i <= 4; i++) {
            int y = i * HEIGHT / 4;
            page.empty("path", "class", "grid", "d", "M0 " + y + "H" + WIDTH);
        }
        for (Line line : lines) {
            page.empty("path", "class", line.style(), "d", path(line.points(), top));
            if (line.points().size() <= FEW) {
                page.empty("path", "class", line.style() + " dots", "d", dots(line.points(), top));
            }
        }
        page.closeLine();
        page.open("div", "class", "x", "aria-hidden", "true");
        page.element("span", seconds(beginMillis))
                .element("span", seconds(beginMillis + spanMillis / 2))
                .element("span", seconds(beginMillis + spanMillis));
        page.closeLine();
        page.element("figcaption", said);
        page.closeLine();
    }

    private static String path(List<Point> points, long top) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(number(point.at() * WIDTH))
                    .append(' ')
                    .append(number(HEIGHT - (double) point.value() * HEIGHT / top));
        }
        return path.toString();
    }

    /** Lines without length, whose round ends are to be seen. */
    private static String dots(List<Point> points, long top) {
        return points.stream().map(point -> path(List.of(point), top) + "h.01").collect(Collectors.joining());
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** The next of 1, 2, 5, 10, 20, 50 and so on. */
    static long ceiling(long value) {
        long power = 1;
        while (power <= Long.MAX_VALUE / 100 && power * 10 < value) {
            power *= 10;
        }
        for (int step : new int[] {1, 2, 5}) {
            if (step * power >= value) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** {@code 0.4 s}, {@code 12 s}, {@code 3 min}, {@code 2.5 h}. */
    static String seconds(long millis) {
        if (millis >= 7_200_000) {
            return number(millis / 3_600_000.0) + " h";
        }
        return millis >= 120_000 ? number(millis / 60_000.0) + " min" : number(millis / 1000.0) + " s";
    }
}
