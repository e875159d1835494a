package org.jpptp.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jpptp.lab.bench.FirstSeconds.Direction;

/** A panel for each direction, in it a line for each contender through its medians, each with its spread. */
final class FirstSecondsPlot {
    private static final int WIDTH = 810;
    private static final int LEFT = 60;
    private static final int STEP = 62;
    private static final int TOP = 60;
    private static final int PANEL = 200;
    private static final int BELOW = 60;

    /** Beyond the last second, with a gap before it. */
    private static final double LATER = FirstSeconds.SECONDS + 1.5;

    /** Between the lines of two contenders, so that one spread does not hide the other. */
    private static final int ASIDE = 5;

    private final BenchResults results;
    private final double scale;
    private final Svg out;

    private FirstSecondsPlot(BenchResults results, double highest, int panels) {
        this.results = results;
        this.out = new Svg(WIDTH, TOP + panels * (PANEL + BELOW));
        this.scale = PANEL / highest;
    }

    static String svg(BenchResults results, String title) {
        List<FirstSeconds> all = FirstSeconds.of(results);
        List<List<FirstSeconds>> panels = Stream.of(Direction.values())
                .map(direction -> FirstSeconds.of(results, direction))
                .filter(lines -> !lines.isEmpty())
                .toList();
        double highest = all.stream()
                .flatMap(seconds -> seconds.rates(results))
                .filter(Objects::nonNull)
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
        return new FirstSecondsPlot(results, highest, panels.size()).draw(panels, title, highest);
    }

    private String draw(List<List<FirstSeconds>> panels, String title, double highest) {
        out.line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        out.line("<text x=\"10\" y=\"20\" font-size=\"14\">%s</text>", title);
        for (int i = 0; i < panels.size(); i++) {
            int bottom = TOP + i * (PANEL + BELOW) + PANEL;
            ground(panels.get(i).get(0).direction(), bottom, highest);
            for (int j = 0; j < panels.get(i).size(); j++) {
                FirstSeconds seconds = panels.get(i).get(j);
                String color = BenchPlot.COLORS.get(j % BenchPlot.COLORS.size());
                int x = LEFT + 60 + j * 120;
                out.line(
                        "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>",
                        x, bottom - PANEL - 19, color);
                out.line("<text x=\"%d\" y=\"%d\">%s</text>", x + 14, bottom - PANEL - 10, name(seconds));
                curve(seconds, color, j * ASIDE, bottom);
            }
        }
        return out.end();
    }

    private static String name(FirstSeconds seconds) {
        return BenchReport.title(seconds.contender());
    }

    private void ground(Direction direction, int bottom, double highest) {
        out.line("<text x=\"10\" y=\"%d\">TCP, %s</text>", bottom - PANEL - 10, direction.title);
        double step = step(highest);
        for (int i = 0; i * step <= highest; i++) {
            double y = bottom - i * step * scale;
            out.line("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, y, WIDTH - 10);
            out.line("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", LEFT - 6, y + 4, i * step);
        }
        for (int second = 1; second <= FirstSeconds.SECONDS; second++) {
            String text = second == 1 ? "second 1" : String.valueOf(second);
            out.line("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(second), bottom + 16, text);
        }
        out.line("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">after twenty</text>", x(LATER), bottom + 16);
    }

    /** One, two or five times a power of ten, so that there are five lines or a few more. */
    private static double step(double highest) {
        double ten = Math.pow(10, Math.floor(Math.log10(highest)));
        double share = highest / ten;
        return share < 2 ? ten / 5 : share < 5 ? ten / 2 : ten;
    }

    private static double x(double second) {
        return LEFT + (second - 0.5) * STEP;
    }

    private void curve(FirstSeconds seconds, String color, int aside, int bottom) {
        StringBuilder path = new StringBuilder();
        for (int second = 1; second <= FirstSeconds.SECONDS; second++) {
            Spread spread = seconds.rate(results, second);
            if (spread != null) {
                double x = x(second) + aside;
                point(spread, color, x, bottom);
                path.append(String.format(
                        Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, bottom - spread.median() * scale));
            }
        }
        out.line(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                path.toString().strip(), color);
        Spread later = seconds.later(results);
        if (later != null) {
            point(later, color, x(LATER) + aside, bottom);
        }
    }

    private void point(Spread spread, String color, double x, int bottom) {
        out.line(
                "<path d=\"M%.1f %.1fV%.1f\" stroke=\"%s\" opacity=\"0.6\"/>",
                x, bottom - spread.min() * scale, bottom - spread.max() * scale, color);
        out.line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, bottom - spread.median() * scale, color);
    }
}
