package org.jpptp.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark of {@code lab/bench} has measured: lines of alternation, contender, measure and value, parted by tabs, and among
 * them {@code #fact} and {@code #missing} lines with a name and a text. A contender is started once in an alternation, so
 * what several lines say of one alternation counts once, by its median.
 *
 * @param facts about the machine and the contenders
 * @param missing contenders that were left out, and why
 * @param values by contender, measure and alternation, in the order of the run
 */
public record BenchResults(
        Map<String, String> facts,
        Map<String, String> missing,
        Map<String, Map<String, Map<String, List<Double>>>> values) {
    /**
     * Reads a file of results.
     *
     * @throws IllegalArgumentException naming a line that is not as it should be
     */
    public static BenchResults parse(List<String> lines) {
        BenchResults results = new BenchResults(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (line.startsWith("#fact\t") && fields.length == 3) {
                results.facts.put(fields[1], fields[2]);
            } else if (line.startsWith("#missing\t") && fields.length == 3) {
                results.missing.put(fields[1], fields[2]);
            } else if (fields.length == 4) {
                results.values
                        .computeIfAbsent(fields[1], contender -> new LinkedHashMap<>())
                        .computeIfAbsent(fields[2], measure -> new LinkedHashMap<>())
                        .computeIfAbsent(fields[0], alternation -> new ArrayList<>())
                        .add(number(fields[3], line));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("not a result: " + line);
            }
        }
        return results;
    }

    private static double number(String text, String line) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a result: " + line, e);
        }
    }

    /** The median of each start, none where it was not measured. */
    List<Double> all(String contender, String measure) {
        return values.getOrDefault(contender, Map.of()).getOrDefault(measure, Map.of()).values().stream()
                .map(rounds -> Spread.of(rounds).median())
                .toList();
    }

    /** Null where it was not measured. */
    public @Nullable Spread spread(String contender, String measure) {
        List<Double> all = all(contender, measure);
        return all.isEmpty() ? null : Spread.of(all);
    }

    /** The ratio of two medians, null where one of them is missing. */
    public @Nullable Double ratio(String contender, String other, String measure) {
        Spread above = spread(contender, measure);
        Spread below = spread(other, measure);
        return above == null || below == null || below.median() == 0 ? null : above.median() / below.median();
    }

    /** The ratios of two measures of the same start, null where there is no start that has both. */
    @Nullable
    Spread ratiosOfStarts(String contender, String above, String below) {
        Map<String, Map<String, List<Double>>> measures = values.getOrDefault(contender, Map.of());
        Map<String, List<Double>> belows = measures.getOrDefault(below, Map.of());
        List<Double> ratios = new ArrayList<>();
        measures.getOrDefault(above, Map.of()).forEach((alternation, rounds) -> {
            double divisor = belows.containsKey(alternation)
                    ? Spread.of(belows.get(alternation)).median()
                    : 0;
            if (divisor != 0) {
                ratios.add(Spread.of(rounds).median() / divisor);
            }
        });
        return ratios.isEmpty() ? null : Spread.of(ratios);
    }
}
