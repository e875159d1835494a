package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Expected texts beside this class. */
final class Golden {
    private Golden() {}

    static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Compares; with {@code -Dgolden.write=true} writes what there is instead, to be read before it is committed. */
    static void check(String name, String actual) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Path file = Path.of("src/test/resources/org/jpptp/cli/view", name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        } else {
            assertThat(actual).isEqualTo(text(name));
        }
    }
}
