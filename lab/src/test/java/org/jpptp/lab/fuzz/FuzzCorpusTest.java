package org.jpptp.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kept input of every target, as a regression; what fuzzing finds is kept too. Needs no jazzer. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/fuzz/corpus");
    private static final Path SOURCES = Path.of("src/test/java/org/jpptp/lab/fuzz");
    private static final String SUFFIX = "Fuzz";
    private static final long OCTETS = 1 << 20;

    static List<String> targets() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void keptInputs(String target) throws Exception {
        MethodHandle one = Target.of(target);
        List<Path> inputs = Target.files(CORPUS.resolve(target));
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            try {
                one.invokeExact(Files.readAllBytes(input));
            } catch (Throwable broken) {
                throw new AssertionError(target + " breaks on " + input, broken);
            }
        }
    }

    @Test
    void everyKeptInputHasItsTarget() throws IOException {
        assertThat(Target.files(CORPUS))
                .extracting(folder -> folder.getFileName().toString())
                .isEqualTo(targets());
    }

    @Test
    void theCorpusStaysSmall() throws IOException {
        long octets = 0;
        for (String target : targets()) {
            for (Path input : Target.files(CORPUS.resolve(target))) {
                octets += Files.size(input);
            }
        }
        assertThat(octets).isLessThan(OCTETS);
    }
}
