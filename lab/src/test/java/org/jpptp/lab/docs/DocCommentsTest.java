package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comment of documentation stands before what it documents; newer compilers than 17 warn of others, which ends a build. */
class DocCommentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ABOVE_ANOTHER = Pattern.compile("\\*/\\s*\\n\\s*/\\*\\*");

    @Test
    void noneStandsAboveAnother() throws IOException {
        List<String> found = new ArrayList<>();
        int looked = 0;
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : (Iterable<Path>) files.filter(DocCommentsTest::isSource)::iterator) {
                looked++;
                if (ABOVE_ANOTHER.matcher(Files.readString(file)).find()) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        assertThat(looked).as("files").isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    private static boolean isSource(Path file) {
        return file.toString().contains("/src/") && file.toString().endsWith(".java");
    }
}
