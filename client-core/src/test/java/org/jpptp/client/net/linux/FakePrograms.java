package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

/** Programs that write down how they were run, and say what a test wants. */
final class FakePrograms {
    private final Path directory;
    private final Path log;

    /** All of {@link HostCommands.Program}, which say nothing. */
    FakePrograms(Path directory) throws IOException {
        this.directory = directory;
        this.log = Files.writeString(directory.resolve("log"), "");
        for (HostCommands.Program program : HostCommands.Program.values()) {
            says(program.toString(), 0, "");
        }
    }

    /** Lets a program end with a status, after these words. */
    void says(String program, int exit, String words) throws IOException {
        Path script = directory.resolve(program);
        Files.writeString(script, """
                #!/bin/sh
                PATH=/usr/bin:/bin
                echo "%s $*" >> %s
                cat >> %s
                echo '%s'
                exit %d
                """.formatted(program, log, log, words, exit));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    HostCommands commands(Consumer<String> trace) {
        return new HostCommands(List.of(directory), trace);
    }

    /** How they were run, and what was written to them, since the last call. */
    List<String> runs() throws IOException {
        List<String> lines = Files.readAllLines(log);
        Files.writeString(log, "");
        return lines;
    }
}
