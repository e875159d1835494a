package org.jpptp.lab.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kept input of every target of the module whose test extends this, as a regression; what fuzzing finds is kept too.
 * Needs no jazzer.
 */
public abstract class CorpusReplay {
    private static final long OCTETS = 1 << 20;

    static List<String> targets() throws IOException {
        return FuzzTargets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void keptInputs(String target) throws Exception {
        assertThat(FuzzTargets.inputs(target)).isNotEmpty();
        FuzzTargets.replay(target);
    }

    @Test
    void everyKeptInputHasItsTarget() throws IOException {
        assertThat(FuzzTargets.folders())
                .containsExactlyInAnyOrderElementsOf(
                        targets().stream().map(FuzzTargets::folder).toList());
    }

    @Test
    void theCorpusStaysSmall() throws IOException {
        long octets = 0;
        for (String target : targets()) {
            for (Path input : FuzzTargets.inputs(target)) {
                octets += Files.size(input);
            }
        }
        assertThat(octets).isLessThan(OCTETS);
    }
}
