package org.jpptp.lab.docs;

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

/** Tests and rules are named as methods are, in all modules. */
class TestNamesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern WITH_UNDERSCORES =
            Pattern.compile("(?m)^ +(?:\\w+ )*(?:void (\\w+_\\w+)\\(|ArchRule (\\w*_\\w+) =)");

    @Test
    void noNameHasUnderscores() throws IOException {
        List<String> found = new ArrayList<>();
        int looked = 0;
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : (Iterable<Path>) files.filter(TestNamesTest::isTest)::iterator) {
                looked++;
                for (Matcher name = WITH_UNDERSCORES.matcher(Files.readString(file)); name.find(); ) {
                    found.add(file.getFileName() + ": " + name.group().strip());
                }
            }
        }
        assertThat(looked).as("files").isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/java/") && file.toString().endsWith(".java");
    }
}
