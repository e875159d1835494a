package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Time has one name and one form in every machine (docs/architecture.md, "What a machine is"). */
class MachineTimeTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("pptp-control", "gre-transport", "ppp-engine", "client-core", "lab", "cli");

    private static final Pattern FIELD = Pattern.compile(
            "(?m)(^ +/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^ +private (?:final )?long (\\w*(?:[dD]eadline|At))(?: =|;)");
    private static final Pattern COMPONENTS =
            Pattern.compile("(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\s*(?:public |private )*record \\w+\\(([^)]*)\\)");
    private static final Pattern COMPONENT = Pattern.compile("\\blong (\\w*(?:[dD]eadline|At))\\b");
    private static final Pattern HELPER =
            Pattern.compile("static (?:long|boolean) (?:after|passed|earlier)\\([^)]*\\)");

    @Test
    void timeIsNowEverywhere() throws IOException {
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, String> source : sources().entrySet()) {
            for (String line : source.getValue().split("\n", -1)) {
                if (line.matches(".*\\bnowNanos\\b.*") || line.matches(".*\\(.*\\blong now, .*")) {
                    others.add(source.getKey() + ": " + line.strip());
                }
            }
        }
        assertThat(others)
                .as("another name than now, or now before another argument")
                .isEmpty();
    }

    @Test
    void everyDeadlineSaysWhatItIsFor() throws IOException {
        List<String> silent = new ArrayList<>();
        int deadlines = 0;
        for (Map.Entry<String, String> source : sources().entrySet()) {
            for (MatchResult field : FIELD.matcher(source.getValue()).results().toList()) {
                deadlines++;
                if (field.group(1) == null || !field.group(1).strip().startsWith("/** When to ")) {
                    silent.add(source.getKey() + ": " + field.group(2));
                }
            }
            for (MatchResult header :
                    COMPONENTS.matcher(source.getValue()).results().toList()) {
                for (Matcher name = COMPONENT.matcher(header.group(2)); name.find(); deadlines++) {
                    if (!header.group(1).contains("@param " + name.group(1) + " when to ")) {
                        silent.add(source.getKey() + ": " + name.group(1));
                    }
                }
            }
        }
        assertThat(deadlines).as("deadlines").isGreaterThan(8);
        assertThat(silent)
                .as("deadlines without a comment that begins with When to")
                .isEmpty();
    }

    @Test
    void deadlinesAreComparedInOneForm() throws IOException {
        Map<String, Set<String>> forms = new LinkedHashMap<>();
        sources()
                .forEach((file, source) -> HELPER.matcher(source)
                        .results()
                        .forEach(helper -> forms.computeIfAbsent(helper.group(), form -> new TreeSet<>())
                                .add(file.substring(0, file.indexOf('/')) + " "
                                        + file.substring(file.lastIndexOf('/') + 1))));
        assertThat(forms.keySet())
                .containsExactlyInAnyOrder(
                        "static long after(Duration delay, long now)",
                        "static boolean passed(long deadline, long now)",
                        "static long earlier(long one, long other)");
        assertThat(forms.values())
                .allSatisfy(places -> assertThat(places).allMatch(place -> place.endsWith(" Deadlines.java")));
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                    if (file.toString().endsWith(".java")) {
                        sources.put(ROOT.relativize(file).toString(), Files.readString(file));
                    }
                }
            }
        }
        return sources;
    }
}
