package org.jpptp.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.bench.Axis.Scale;
import org.jpptp.lab.bench.LineChart.Point;
import org.jpptp.lab.bench.LineChart.Series;
import org.junit.jupiter.api.Test;

class LineChartTest {
    @Test
    void ticksAreRoundAndReachAsFarAsTheValues() {
        assertThat(labels(Axis.around(Scale.LINEAR, 1162, 798))).containsExactly("0", "500", "1000", "1500");
        assertThat(labels(Axis.around(Scale.LINEAR, 0.97))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Axis.around(Scale.LINEAR, 201))).containsExactly("0", "50", "100", "150", "200", "250");
        assertThat(labels(Axis.around(Scale.LINEAR, 5))).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(labels(Axis.around(Scale.LOGARITHMIC, 0.032, 42.1)))
                .containsExactly("0.01", "0.1", "1", "10", "100");
        assertThat(labels(Axis.around(Scale.LOGARITHMIC, 1, 1000))).containsExactly("1", "10", "100", "1000");
    }

    @Test
    void thereIsAnAxisAlsoForNothing() {
        assertThat(labels(Axis.around(Scale.LINEAR))).hasSizeGreaterThan(1);
        assertThat(labels(Axis.around(Scale.LINEAR, 0))).hasSizeGreaterThan(1);
        assertThat(labels(Axis.around(Scale.LOGARITHMIC, 1))).containsExactly("1", "10");
    }

    @Test
    void valuesHaveTheirPlaceBetweenTheEnds() {
        assertThat(Axis.around(Scale.LINEAR, 1000).place(250)).isEqualTo(0.25);
        assertThat(Axis.around(Scale.LOGARITHMIC, 1, 100).place(10)).isEqualTo(0.5);
    }

    @Test
    void theAxisReachesAsFarAsTheSpread() {
        Series series = new Series("up", List.of(new Point(1, new Spread(100, 90, 390, 3))));

        assertThat(labels(LineChart.axis(Scale.LINEAR, Stream.of(series)))).endsWith("400");
    }

    @Test
    void thereAreNotMoreSeriesThanColours() {
        Series series = new Series("up", List.of());
        Axis axis = Axis.around(Scale.LINEAR, 1);

        assertThatThrownBy(() -> new LineChart("Many", "n", "s", axis, List.of(series, series, series)))
                .hasMessage("Many has 3 series, and there are colours for 2");
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toList();
    }
}
