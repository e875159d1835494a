package org.jpptp.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One axis of a {@link LineChart}, from the first of its ticks, of which there are at least two, to the last. */
public record Axis(Scale scale, List<Double> ticks) {
    private static final int MOST_TICKS = 6;
    private static final List<Integer> STEPS = List.of(1, 2, 5, 10);

    /** By which a logarithm of a power of ten may be too small. */
    private static final double ROUNDING = 1e-9;

    /** Where a value is: as far from nothing as it is large, or as many steps away as it has powers of ten. */
    public enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    /**
     * With round numbers as ticks, which all of these lie between.
     *
     * @param values none of them negative; on a logarithmic axis none of them 0
     */
    static Axis around(Scale scale, double... values) {
        double least = DoubleStream.of(values).min().orElse(1);
        double most = DoubleStream.of(values).max().orElse(1);
        return scale == Scale.LINEAR ? linear(most) : logarithmic(least, most);
    }

    /** From 0. */
    private static Axis linear(double most) {
        int power = most > 0 ? (int) Math.floor(Math.log10(most / (MOST_TICKS - 1))) : 0;
        double unit = Math.pow(10, power);
        double step = STEPS.stream()
                .mapToDouble(many -> many * unit)
                .filter(wide -> wide * (MOST_TICKS - 1) >= most)
                .findFirst()
                .orElse(10 * unit);
        int steps = Math.max(1, (int) Math.ceil(most / step));
        return new Axis(
                Scale.LINEAR,
                IntStream.rangeClosed(0, steps).mapToObj(tick -> tick * step).toList());
    }

    /** In powers of ten, of which there are two at least. */
    private static Axis logarithmic(double least, double most) {
        int first = (int) Math.floor(Math.log10(least));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(most)));
        return new Axis(
                Scale.LOGARITHMIC,
                IntStream.rangeClosed(first, last)
                        .mapToObj(power -> Math.pow(10, power))
                        .toList());
    }

    /** Where a value is between the ends: 0 is the first tick and 1 the last. */
    double place(double value) {
        double first = along(ticks.get(0));
        return (along(value) - first) / (along(ticks.get(ticks.size() - 1)) - first);
    }

    private double along(double value) {
        return scale == Scale.LINEAR ? value : Math.log10(value);
    }

    /** What stands at a tick: all of a linear axis have as many decimals. */
    String label(double tick) {
        double exact = scale == Scale.LINEAR ? ticks.get(1) : tick;
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(exact) + ROUNDING));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }
}
