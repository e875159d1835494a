package org.jpptp.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenPathTest {
    /** No locale has this half of a character. */
    private static final String INEXPRESSIBLE = "/x\ud800";

    @Test
    void whatCanBeNamedIsAPath() {
        assertThat(GivenPath.of("the file", "a/b")).isEqualTo(Path.of("a/b"));
        assertThat(GivenPath.ofOutput("--log", "-a")).isEqualTo(Path.of("-a"));
        assertThat(GivenPath.ofVariable("/a")).contains(Path.of("/a"));
        assertThat(GivenPath.of("the file", "/b", "/\uFFFD")).isEqualTo(Path.of("/b"));
    }

    @Test
    void whatTheLocaleCannotExpressSaysSo() {
        assertThatThrownBy(() -> GivenPath.of("the file", INEXPRESSIBLE))
                .isInstanceOf(UsageException.class)
                .hasMessage("The path of the file holds characters that this locale cannot express;"
                        + " set LC_ALL=C.UTF-8.");
        assertThatThrownBy(() -> GivenPath.of("the file", "a\0")).hasMessage("The path of the file holds a NUL.");
        assertThatThrownBy(() -> GivenPath.of("--log", "b", "/\uFFFD"))
                .isInstanceOf(UsageException.class)
                .hasMessage("The path of --log begins in a directory whose name this locale cannot express;"
                        + " set LC_ALL=C.UTF-8.");
        assertThat(GivenPath.ofVariable(INEXPRESSIBLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "a\0"})
    void anOutputHasAName(String text) {
        assertThatThrownBy(() -> GivenPath.ofOutput("--log", text))
                .isInstanceOf(UsageException.class)
                .hasMessage("--log takes the name of a file, not '" + text.replace('\0', '?') + "'.");
    }
}
