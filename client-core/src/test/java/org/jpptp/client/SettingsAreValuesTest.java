package org.jpptp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options are the command line's words: here a setting is a {@link Setting}, which every front end says in its own way. */
class SettingsAreValuesTest {
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z]|-[uv]+(?![\\w-]))");

    @Test
    void noLiteralNamesAnOption() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(SettingsAreValuesTest::speaksToUsers).toList()) {
                Matcher literals = LITERAL.matcher(Files.readString(file));
                while (literals.find()) {
                    if (OPTION.matcher(literals.group()).find()) {
                        found.add(file.getFileName() + ": " + literals.group());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** What deals with other programs of Linux knows their options. */
    private static boolean speaksToUsers(Path file) {
        return file.toString().endsWith(".java")
                && !file.toString().contains("/linux/")
                && !file.endsWith("doctor/FilterRules.java");
    }
}
