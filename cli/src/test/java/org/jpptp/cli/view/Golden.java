package org.jpptp.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Expected texts beside this class. */
final class Golden {
    private Golden() {}

    static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
