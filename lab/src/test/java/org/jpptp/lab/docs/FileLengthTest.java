package org.jpptp.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A source file, of the program or of its tests, is read in one sitting: what grows beyond that has two concepts in it. */
class FileLengthTest {
    private static final Path ROOT = Path.of("..");
    private static final int LINES = 400;

    @Test
    void noSourceFileIsTooLong() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        int looked = 0;
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : (Iterable<Path>) files.filter(FileLengthTest::isSource)::iterator) {
                looked++;
                int lines = Files.readAllLines(file).size();
                if (lines > LINES) {
                    tooLong.put(file.getFileName().toString(), lines);
                }
            }
        }
        assertThat(looked).as("files").isGreaterThan(100);
        assertThat(tooLong).as("files of more than " + LINES + " lines").isEmpty();
    }

    private static boolean isSource(Path file) {
        return file.toString().contains("/src/") && file.toString().endsWith(".java");
    }
}
