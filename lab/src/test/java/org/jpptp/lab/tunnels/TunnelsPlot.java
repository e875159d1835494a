package org.jpptp.lab.tunnels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jpptp.lab.bench.Axis;
import org.jpptp.lab.bench.Axis.Scale;
import org.jpptp.lab.bench.BenchMeasure;
import org.jpptp.lab.bench.BenchResults;
import org.jpptp.lab.bench.LineChart;
import org.jpptp.lab.bench.LineChart.Point;
import org.jpptp.lab.bench.LineChart.Series;
import org.jpptp.lab.bench.Spread;

/** How memory, set-up, throughput and processor grow with tunnels in one process, and with flows in one tunnel. */
final class TunnelsPlot {
    private static final String TUNNELS = "tunnels in one process";
    private static final String FLOWS = "flows in one tunnel";

    private final BenchResults results;
    private final List<Growth> all;

    private TunnelsPlot(BenchResults results) {
        this.results = results;
        this.all = Growth.all(results);
    }

    static String svg(BenchResults results) {
        TunnelsPlot plot = new TunnelsPlot(results);
        List<LineChart> charts = new ArrayList<>(plot.costs());
        charts.addAll(plot.beside("Throughput", "Mbit/s", TunnelsReport.UP, TunnelsReport.DOWN));
        charts.addAll(plot.beside(
                "Clients' processor", "s per Gbit", TunnelsReport.PROCESSOR_UP, TunnelsReport.PROCESSOR_DOWN));
        return LineChart.page(
                "What more tunnels in one process cost, and more flows in one tunnel: medians, and lowest to highest",
                charts);
    }

    private List<LineChart> costs() {
        List<Series> memory = List.of(once("clients' process", Growth::mebibytes));
        List<Series> setUp = List.of(
                once("all of them", growth -> growth.allMillis() / 1e3),
                once("each of those added", growth -> growth.millisEach() / 1e3));
        return List.of(
                new LineChart("Memory", TUNNELS, "MiB", LineChart.axis(Scale.LINEAR, memory.stream()), memory),
                new LineChart(
                        "Set-up time", TUNNELS, "seconds", LineChart.axis(Scale.LOGARITHMIC, setUp.stream()), setUp));
    }

    /** Tunnels and flows, on axes of the same length. */
    private List<LineChart> beside(String title, String unit, BenchMeasure up, BenchMeasure down) {
        List<Series> each = ways(Growth::contender, up, down);
        List<Series> one = ways(TunnelsReport::flows, up, down);
        Axis axis = LineChart.axis(Scale.LINEAR, Stream.of(each, one).flatMap(List::stream));
        return List.of(
                new LineChart(title + ", a flow in each tunnel", TUNNELS, unit, axis, each),
                new LineChart(title + ", one tunnel", FLOWS, unit, axis, one));
    }

    private List<Series> ways(IntFunction<String> contender, BenchMeasure up, BenchMeasure down) {
        return List.of(new Series("up", measured(contender, up)), new Series("down", measured(contender, down)));
    }

    private List<Point> measured(IntFunction<String> contender, BenchMeasure measure) {
        return all.stream()
                .flatMap(growth -> Stream.ofNullable(results.spread(contender.apply(growth.tunnels()), measure.id()))
                        .map(spread -> new Point(growth.tunnels(), spread)))
                .toList();
    }

    private Series once(String title, ToDoubleFunction<Growth> value) {
        return new Series(
                title,
                all.stream()
                        .map(growth -> new Point(growth.tunnels(), Spread.of(List.of(value.applyAsDouble(growth)))))
                        .toList());
    }
}
