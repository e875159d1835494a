package org.jpptp.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jpptp.lab.bench.Axis.Scale;

/**
 * How something grows with a number, which is on a logarithmic axis: a line for each series, with the spread of each point.
 * Several charts are put on one page, which is dark where its reader wants that.
 *
 * @param number what is on the horizontal axis
 * @param unit of what is on the vertical axis
 * @param upright the vertical axis
 */
public record LineChart(String title, String number, String unit, Axis upright, List<Series> series) {
    private static final int COLUMNS = 2;
    private static final int WIDTH = 410;
    private static final int HEIGHT = 270;
    private static final int PAGE_TOP = 34;
    private static final int LEFT = 62;
    private static final int TOP = 50;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 24;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - 50;
    /** Where series would hide each other's spread, they stand beside each other. */
    private static final int ASIDE = 6;

    /** So that no mark lies on the numbers of the vertical axis. */
    private static final int INSET = 12;

    private static final int LEGEND = 110;
    private static final int COLORS = 2;
    private static final String STYLE = """
            <style>
            .ground, .c1 circle { fill: #fff } text { fill: #222 } .grid { stroke: #ddd } .frame { stroke: #888 }
            .c0, .c0 circle { stroke: #1b6ca8 } .c0 circle { fill: #1b6ca8 } .c1, .c1 circle { stroke: #c4701a }
            path, polyline { fill: none } polyline, circle { stroke-width: 2 } .series path { stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) {
            .ground, .c1 circle { fill: #0d1117 } text { fill: #ddd } .grid { stroke: #333 }
            .c0, .c0 circle { stroke: #58a6e0 } .c0 circle { fill: #58a6e0 } .c1, .c1 circle { stroke: #e0984a }
            }
            </style>
            """.strip();

    public LineChart {
        if (series.isEmpty() || series.size() > COLORS) {
            throw new IllegalArgumentException(
                    title + " has " + series.size() + " series, and there are colours for " + COLORS);
        }
    }

    /** What was measured at one number. */
    public record Point(int number, Spread spread) {}

    /** One line. */
    public record Series(String title, List<Point> points) {}

    /** All of them, two beside each other. */
    public static String page(String title, List<LineChart> charts) {
        int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
        Svg out = new Svg(COLUMNS * WIDTH, PAGE_TOP + rows * HEIGHT);
        out.line("%s", STYLE);
        out.line("<rect class=\"ground\" width=\"100%%\" height=\"100%%\"/>");
        out.line("<text x=\"10\" y=\"22\" font-size=\"14\">%s</text>", title);
        for (int i = 0; i < charts.size(); i++) {
            out.line(
                    "<g class=\"chart\" transform=\"translate(%d %d)\">",
                    i % COLUMNS * WIDTH, PAGE_TOP + i / COLUMNS * HEIGHT);
            charts.get(i).draw(out);
            out.line("</g>");
        }
        return out.end();
    }

    /** Of the vertical axis: long enough for all of these, so that charts can share one. */
    public static Axis axis(Scale scale, Stream<Series> series) {
        return Axis.around(
                scale,
                series.flatMap(one -> one.points.stream())
                        .flatMapToDouble(point -> DoubleStream.of(point.spread.min(), point.spread.max()))
                        .toArray());
    }

    private void draw(Svg out) {
        Axis across = Axis.around(
                Scale.LOGARITHMIC,
                series.stream()
                        .flatMap(one -> one.points.stream())
                        .mapToDouble(Point::number)
                        .toArray());
        out.line("<text x=\"%d\" y=\"14\" font-size=\"12\" font-weight=\"bold\">%s</text>", LEFT, title);
        grid(out, across);
        for (int i = 0; i < series.size(); i++) {
            legend(out, series.get(i), i);
            line(out, series.get(i), i, across);
        }
    }

    private void grid(Svg out, Axis across) {
        for (double tick : across.ticks()) {
            double x = x(across, tick);
            out.line("<path class=\"grid\" d=\"M%.1f %dv%d\"/>", x, TOP, PLOT_HEIGHT);
            out.line(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x, TOP + PLOT_HEIGHT + 16, across.label(tick));
        }
        for (double tick : upright.ticks()) {
            double y = y(tick);
            out.line("<path class=\"grid\" d=\"M%d %.1fh%d\"/>", LEFT, y, PLOT_WIDTH);
            out.line("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y + 4, upright.label(tick));
        }
        out.line("<path class=\"frame\" d=\"M%d %dv%dh%d\"/>", LEFT, TOP, PLOT_HEIGHT, PLOT_WIDTH);
        out.line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 33, number);
        out.line(
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                TOP + PLOT_HEIGHT / 2, unit);
    }

    private static void legend(Svg out, Series one, int color) {
        int x = LEFT + color * LEGEND;
        out.line("<g class=\"legend c%d\">", color);
        out.line("<path d=\"M%d 32h22\" stroke-width=\"2\"/><circle cx=\"%d\" cy=\"32\" r=\"3\"/>", x, x + 11);
        out.line("<text x=\"%d\" y=\"36\" stroke=\"none\">%s</text>", x + 27, one.title);
        out.line("</g>");
    }

    private void line(Svg out, Series one, int color, Axis across) {
        double aside = (color - (series.size() - 1) / 2.0) * ASIDE;
        out.line("<g class=\"series c%d\">", color);
        out.line(
                "<polyline points=\"%s\"/>",
                one.points.stream()
                        .map(point -> String.format(
                                Locale.ROOT, "%.1f,%.1f", x(across, point.number) + aside, y(point.spread.median())))
                        .collect(Collectors.joining(" ")));
        for (Point point : one.points) {
            double x = x(across, point.number) + aside;
            out.line("<path d=\"M%.1f %.1fV%.1f\"/>", x, y(point.spread.min()), y(point.spread.max()));
            out.line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", x, y(point.spread.median()));
        }
        out.line("</g>");
    }

    private static double x(Axis across, double value) {
        return LEFT + INSET + (PLOT_WIDTH - 2 * INSET) * across.place(value);
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - upright.place(value));
    }
}
