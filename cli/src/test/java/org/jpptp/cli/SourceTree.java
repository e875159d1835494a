package org.jpptp.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The launcher in a source tree, with tools of its own: a Maven, and where a test likes others, that only pretend. */
final class SourceTree {
    static final Path JAR = Path.of(System.getProperty("jpptp.jar"));

    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "readlink",
            "sed",
            "find",
            "grep",
            "head",
            "stat",
            "id",
            "touch",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "rmdir",
            "cp",
            "cat",
            "awk");

    record Result(int exitCode, String out, String err) {}

    final Path root;
    final Path launcher;
    final Path target;
    /** The directory that it is run in. */
    final Path elsewhere;
    /** What it is run with, beside its PATH. */
    final Map<String, String> environment = new LinkedHashMap<>();

    private final Path directory;
    private final Path tools;

    /**
     * @param directory for all of it
     * @param name of the tree in it
     */
    SourceTree(Path directory, String name) throws IOException {
        this.directory = directory;
        root = Files.createDirectories(directory.resolve(name));
        launcher = root.resolve("jpptp");
        target = Files.createDirectories(root.resolve("cli/target"));
        tools = Files.createDirectories(directory.resolve("bin"));
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.createDirectories(root.resolve("cli/src/main"));
        Files.createFile(root.resolve("pom.xml"));
        Path ours = JAR.resolve("../../..").normalize();
        executable(Files.copy(ours.resolve("jpptp"), launcher));
        LauncherParts.copy(Files.createDirectories(root.resolve("packaging/launcher")));
        for (String tool : TOOLS) {
            give(tool);
        }
    }

    static Path executable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Lets it find a tool of this machine's. */
    void give(String tool) throws IOException {
        script(tool, "exec " + which(tool) + " \"$@\"");
    }

    private static Path which(String tool) {
        for (String place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            if (Files.isExecutable(Path.of(place, tool))) {
                return Path.of(place, tool);
            }
        }
        throw new AssertionError("no " + tool);
    }

    /** Lets it find one that does something else. */
    void script(String name, String does) throws IOException {
        executable(Files.writeString(tools.resolve(name), "#!/bin/sh\n" + does + "\n"));
    }

    /**
     * A Java that does something else.
     *
     * @return its home
     */
    Path java(String name, String version, String does) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n" + does + "\n"));
        return home;
    }

    /** As if it had been built at this time. */
    void builtAt(Instant time) throws IOException {
        Path jar = target.resolve("jpptp.jar");
        Files.copy(JAR, jar);
        Files.setLastModifiedTime(jar, FileTime.from(time));
    }

    Result run(Path launcher, String javaHome, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        Path err = Files.createTempFile(directory, "err", "");
        Process process = start(line, javaHome, err);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    /** Starts a command line as a user of the launcher would, whose complaints go to a file. */
    Process start(List<String> line, String javaHome, Path err) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(elsewhere.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        if (!javaHome.isEmpty()) {
            builder.environment().put("JAVA_HOME", javaHome);
        }
        return builder.start();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(launcher, System.getProperty("java.home"), arguments);
    }
}
