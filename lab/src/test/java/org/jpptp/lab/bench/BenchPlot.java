package org.jpptp.lab.bench;

import java.util.List;
import java.util.stream.Stream;

/** A bar chart: a group for each measure, in it a bar for each contender as long as its median, with its spread. */
final class BenchPlot {
    /** Plain veth is ten times as fast as any tunnel, and would hide them. */
    private static final String TOO_LONG = "veth";

    static final List<String> COLORS = List.of("#1b6ca8", "#6fb1dc", "#444444", "#c77f2e", "#7a9a3a");
    private static final int LEFT = 250;
    private static final int BARS = 480;
    private static final int RIGHT = 80;
    private static final int BAR = 14;
    private static final int GAP = 12;
    private static final int TOP = 40;

    private BenchPlot() {}

    static String svg(BenchResults results, List<BenchMeasure> measures, String title) {
        List<String> contenders = BenchReport.CONTENDERS.keySet().stream()
                .filter(name -> !name.equals(TOO_LONG) && results.values().containsKey(name))
                .toList();
        double longest = measures.stream()
                .flatMap(measure ->
                        contenders.stream().flatMap(name -> Stream.ofNullable(results.spread(name, measure.id()))))
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
        int group = contenders.size() * BAR + GAP;
        Svg out = new Svg(LEFT + BARS + RIGHT, TOP + measures.size() * group);
        out.line("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        out.line("<text x=\"10\" y=\"20\" font-size=\"14\">%s</text>", title);
        for (int i = 0; i < measures.size(); i++) {
            BenchMeasure measure = measures.get(i);
            int top = TOP + i * group;
            out.line("<text x=\"10\" y=\"%d\">%s</text>", top + BAR - 3, measure.title());
            for (int j = 0; j < contenders.size(); j++) {
                Spread spread = results.spread(contenders.get(j), measure.id());
                if (spread != null) {
                    bar(out, contenders.get(j), COLORS.get(j % COLORS.size()), spread, top + j * BAR, BARS / longest);
                }
            }
        }
        return out.end();
    }

    private static void bar(Svg out, String contender, String color, Spread spread, int y, double scale) {
        double end = LEFT + spread.median() * scale;
        int middle = y + BAR / 2;
        out.line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 6, y + BAR - 3, BenchReport.title(contender));
        out.line(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LEFT, y + 1, end - LEFT, BAR - 2, color);
        out.line(
                "<path d=\"M%.1f %dH%.1f\" stroke=\"#d22\" stroke-width=\"2\"/>",
                LEFT + spread.min() * scale, middle, LEFT + spread.max() * scale);
        out.line(
                "<text x=\"%.1f\" y=\"%d\">%.0f</text>",
                Math.max(end, LEFT + spread.max() * scale) + 4, y + BAR - 3, spread.median());
    }
}
