package org.jpptp.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file of {@code src/test/resources/golden}; {@code -Dgolden.write=true} writes it instead. */
final class Golden {
    private Golden() {}

    static void check(String name, String actual) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (Boolean.getBoolean("golden.write")) {
                Files.writeString(Path.of("src/test/resources/golden", name), actual);
            } else {
                assertThat(in).as("golden file %s", name).isNotNull();
                assertThat(actual).isEqualTo(new String(in.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
