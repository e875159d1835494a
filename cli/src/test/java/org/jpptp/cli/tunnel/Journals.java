package org.jpptp.cli.tunnel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.net.linux.LinuxHostNetwork;

/** The undo journals that stand on this host. */
final class Journals {
    private Journals() {}

    static List<Path> left() {
        if (!Files.isDirectory(LinuxHostNetwork.JOURNALS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(LinuxHostNetwork.JOURNALS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
