package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who follows a packet through docs/architecture.md finds each method that is named there, and no step is left out: in a row,
 * each method on the way calls the next, and the last one the first of the row below. So the way cannot grow unseen, and it
 * may not grow.
 */
class PacketWayTest {
    /** Rows but the last of a way: methods that hand a packet on to the next class. */
    private static final int STATIONS = 10;
    /** Classes that a packet passes through, both ways together. */
    private static final int CLASSES = 14;
    /** Lines of code of the methods that it passes through, both ways together. */
    private static final int LINES = 450;
    /** Those, and what they ask for: ciphers, headers, windows, batches. */
    private static final int LINES_IN_ALL = 850;

    private static final String OUT = "From the host to the network";
    private static final String IN = "From the network to the host";
    private static final Path ROOT = Path.of("..");
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    /** Not the arrow of a switch. */
    private static final Pattern LAMBDA = Pattern.compile("^(?!.*\\b(case|default)\\b).*->|\\w::\\w");

    private static final List<String> MODULES =
            List.of("pptp-control", "gre-transport", "ppp-engine", "client-core", "cli");

    /** A method as the table names it. */
    private record Method(String type, String name) {
        /** The lines of code of all methods of that type and name. */
        List<String> lines() throws IOException {
            Pattern declaration = Pattern.compile("( +)\\w[\\w<>@, ?\\[\\].]* " + name + "\\(.*");
            List<String> found = new ArrayList<>();
            for (List<String> source : sources(type)) {
                for (int at = 0; at < source.size(); at++) {
                    Matcher begin = declaration.matcher(source.get(at));
                    if (begin.matches() && !source.get(at).matches(" +(return|else|new|throw) .*")) {
                        at = take(source, at, begin.group(1) + "}", found);
                    }
                }
            }
            return found;
        }

        private static int take(List<String> source, int from, String end, List<String> into) {
            int head = from;
            while (!source.get(head).matches(".*[{};]")) {
                head++;
            }
            if (source.get(head).endsWith(";")) {
                return head; // it is declared, and made elsewhere
            }
            int last = head;
            while (!source.get(head).endsWith("}") && !source.get(last).equals(end)) {
                last++;
            }
            for (String line : source.subList(from, last + 1)) {
                if (!line.isBlank() && !line.matches(" *(//|/\\*|\\*).*")) {
                    into.add(line);
                }
            }
            return last;
        }

        boolean calls(Method other) throws IOException {
            Pattern call = Pattern.compile("\\b" + other.name + "\\(");
            List<String> lines = lines();
            // Its own name in its head is no call.
            return lines.stream().skip(1).anyMatch(line -> call.matcher(line).find());
        }

        @Override
        public String toString() {
            return type + "." + name;
        }
    }

    /**
     * One row of the table.
     *
     * @param way the methods of one class that a packet passes through
     * @param with what these methods ask for, or are set going by
     */
    private record Row(List<Method> way, List<Method> with) {
        Method first() {
            return way.get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void everyMethodOfTheWayExists(String way) throws IOException {
        for (Row row : rows(way)) {
            for (Method method : all(row)) {
                assertThat(method.lines()).as(method.toString()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void everyStepCallsTheNext(String way) throws IOException {
        Method before = null;
        for (Row row : rows(way)) {
            assertThat(row.way().stream().map(Method::type).distinct())
                    .as("a row is one class")
                    .hasSize(1);
            for (Method method : row.way()) {
                if (before != null) {
                    assertThat(before.calls(method))
                            .as(before + " calls " + method)
                            .isTrue();
                }
                before = method;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void theWayGoesFromTheKernelToTheKernel(String way) throws IOException {
        List<Row> rows = rows(way);
        assertThat(calls(rows.get(0), "descriptor.read(", "Libc.recvmmsg(")).isTrue();
        assertThat(calls(rows.get(rows.size() - 1), "descriptor.write(", "Libc.sendmmsg("))
                .isTrue();
    }

    private static boolean calls(Row row, String one, String other) throws IOException {
        for (Method method : all(row)) {
            if (method.lines().stream().anyMatch(line -> line.contains(one) || line.contains(other))) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void whatIsNamedBesideBelongsThere(String way) throws IOException {
        for (Row row : rows(way)) {
            Set<Method> joined = new HashSet<>(row.way());
            boolean more = true;
            while (more) {
                more = false;
                for (Method method : row.with()) {
                    more |= !joined.contains(method) && isJoined(method, joined) && joined.add(method);
                }
            }
            assertThat(joined).as("calls in the row of %s", row.first()).containsAll(row.with());
        }
    }

    private static boolean isJoined(Method method, Set<Method> others) throws IOException {
        for (Method other : others) {
            if (other.calls(method) || method.calls(other)) {
                return true;
            }
        }
        return false;
    }

    /** What captures something is an object each time, also where only a batch passes and not a packet. */
    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void noLambdaIsMadeOnTheWay(String way) throws IOException {
        for (Row row : rows(way)) {
            for (Method method : all(row)) {
                assertThat(method.lines())
                        .as(method.toString())
                        // What TCP brings arrives by a method of the same name, and is nothing of the way.
                        .noneMatch(line -> LAMBDA.matcher(line).find() && !line.contains("controlReceived"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OUT, IN})
    void aWayHasNoMoreStationsThanItNeeds(String way) throws IOException {
        assertThat(rows(way).size() - 1).as("stations").isBetween(5, STATIONS);
    }

    @Test
    void theWayIsNoLongerThanItNeedsToBe() throws IOException {
        Set<Method> passed = new LinkedHashSet<>();
        Set<Method> named = new LinkedHashSet<>();
        for (String way : List.of(OUT, IN)) {
            for (Row row : rows(way)) {
                passed.addAll(row.way());
                named.addAll(all(row));
            }
        }
        Set<String> classes = passed.stream().map(Method::type).collect(Collectors.toSet());
        assertThat(classes).as("classes that a packet passes through").hasSizeBetween(5, CLASSES);
        assertThat(lines(passed)).as("lines that it passes through").isBetween(100, LINES);
        assertThat(lines(named)).as("lines of all methods named").isBetween(100, LINES_IN_ALL);
    }

    private static int lines(Set<Method> methods) throws IOException {
        int lines = 0;
        for (Method method : methods) {
            lines += method.lines().size();
        }
        return lines;
    }

    private static List<Method> all(Row row) {
        List<Method> all = new ArrayList<>(row.way());
        all.addAll(row.with());
        return all;
    }

    private static List<Row> rows(String way) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        int begin = text.indexOf("### " + way + "\n");
        assertThat(begin).as(way).isPositive();
        int end = text.indexOf("\n#", begin + 1);
        List<Row> rows = new ArrayList<>();
        for (String line : text.substring(begin, end).split("\n", -1)) {
            if (line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                rows.add(new Row(methods(cells[1]), methods(cells[2])));
            }
        }
        return rows;
    }

    private static List<Method> methods(String cell) {
        return METHOD.matcher(cell)
                .results()
                .map(match -> new Method(match.group(1), match.group(2)))
                .toList();
    }

    private static List<List<String>> sources(String type) throws IOException {
        List<List<String>> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (file.endsWith(type + ".java")) {
                        sources.add(Files.readAllLines(file));
                    }
                }
            }
        }
        return sources;
    }
}
