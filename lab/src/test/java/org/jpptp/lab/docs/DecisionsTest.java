package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All decisions are written in one form: number and title, what was decided, why, and what else there was. */
class DecisionsTest {
    private static final Path FOLDER = Path.of("../docs/decisions");
    private static final Pattern NAME = Pattern.compile("0*(\\d+)-[a-z0-9-]+\\.md");

    static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("README.md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void hasTheForm(Path decision) throws IOException {
        Matcher name = NAME.matcher(decision.getFileName().toString());
        assertThat(name.matches()).as("a number and words").isTrue();
        String text = Files.readString(decision);
        assertThat(text).startsWith("# " + name.group(1) + ". ");
        assertThat(text.indexOf("\n**Why.** ")).isPositive().isLessThan(text.indexOf("\n**Else.** "));
        assertThat(text).doesNotContain("**Context.**").doesNotContain("**Decision.**");
    }
}
