package org.jpptp.lab.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel carries whose client has just been started, as {@code measure_first} of {@code lab/bench/measures.sh} records
 * it: the rate of each second, and what it comes to after twenty.
 *
 * @param contender whose tunnel it is
 * @param direction in which it carries
 */
record FirstSeconds(String contender, Direction direction) {
    /** How many are measured each by itself. */
    static final int SECONDS = 10;

    /** What the table calls the columns of the rates. */
    static final List<String> TITLES = Stream.concat(
                    IntStream.rangeClosed(1, SECONDS).mapToObj(second -> "second " + second), Stream.of("after twenty"))
            .toList();

    private static final String LATER = "20";

    enum Direction {
        UP("up", "first-"),
        DOWN("down", "first-down-");

        final String title;
        private final String prefix;

        Direction(String title, String prefix) {
            this.title = title;
            this.prefix = prefix;
        }
    }

    /** All that have been measured in one direction, in the order of the report. */
    static List<FirstSeconds> of(BenchResults results, Direction direction) {
        return BenchReport.CONTENDERS.keySet().stream()
                .map(contender -> new FirstSeconds(contender, direction))
                .filter(seconds -> seconds.later(results) != null)
                .toList();
    }

    /** All that have been measured, upwards first. */
    static List<FirstSeconds> of(BenchResults results) {
        return Stream.of(Direction.values())
                .flatMap(direction -> of(results, direction).stream())
                .toList();
    }

    String title() {
        return BenchReport.title(contender) + ", " + direction.title;
    }

    /** A spread for each of the titles, null where nothing was measured. */
    Stream<@Nullable Spread> rates(BenchResults results) {
        return Stream.concat(
                IntStream.rangeClosed(1, SECONDS).mapToObj(second -> rate(results, second)), Stream.of(later(results)));
    }

    @Nullable
    Spread rate(BenchResults results, int second) {
        return results.spread(contender, direction.prefix + second);
    }

    @Nullable
    Spread later(BenchResults results) {
        return results.spread(contender, direction.prefix + LATER);
    }

    /** The share of its later rate that the second second has. */
    @Nullable
    Spread second(BenchResults results) {
        return results.ratiosOfStarts(contender, direction.prefix + "2", direction.prefix + LATER);
    }
}
