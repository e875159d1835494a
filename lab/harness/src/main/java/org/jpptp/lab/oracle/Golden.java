package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares text with a file of {@code src/test/resources/golden}; {@code -Djpptp.golden=write} writes it instead. */
public final class Golden {
    private Golden() {}

    /** Compares lines with the file of that name. */
    public static void matches(String name, List<String> lines) {
        String actual = String.join("\n", lines) + "\n";
        if ("write".equals(System.getProperty("jpptp.golden"))) {
            write(Path.of("src/test/resources/golden", name), actual);
        }
        assertThat(actual).as("golden trace %s", name).isEqualTo(read(name));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) {
        if ("write".equals(System.getProperty("jpptp.golden"))) {
            try {
                return Files.readString(Path.of("src/test/resources/golden", name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
