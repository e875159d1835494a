package org.jpptp.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a source tree of a name with blanks, with a Maven that only pretends. */
class LauncherIT {
    private static final Path JAR = Path.of(System.getProperty("jpptp.jar"));
    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "readlink",
            "sed",
            "find",
            "head",
            "stat",
            "id",
            "touch",
            "mkdir",
            "mv",
            "rm",
            "cp",
            "cat",
            "awk");

    /** What Maven prints of a build that goes well. */
    private static final String MAVEN = """
            [INFO] Scanning for projects...
            [INFO] ---------------------< org.jpptp:jpptp >----------------------
            [INFO] Building jpptp 0.1.0-SNAPSHOT                          [1/7]
            [INFO] Downloading from central: https://repo.example.com/a.pom
            [INFO] Downloaded from central: https://repo.example.com/a.pom (1 kB)
            [INFO] Downloading from central: https://repo.example.com/a.jar
            [WARNING] of no use
            [INFO] Building jpptp pptp-control 0.1.0-SNAPSHOT             [2/7]
            [INFO] BUILD SUCCESS
            """;

    private record Result(int exitCode, String out, String err) {}

    @TempDir
    Path directory;

    private Path tree;
    private Path tools;
    private Path elsewhere;

    @BeforeEach
    void tree() throws IOException {
        tree = Files.createDirectories(directory.resolve("source tree"));
        tools = Files.createDirectories(directory.resolve("bin"));
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.createDirectories(tree.resolve("cli/src/main"));
        Files.createDirectories(tree.resolve("cli/target"));
        Files.createFile(tree.resolve("pom.xml"));
        Path root = JAR.resolve("../../..").normalize();
        Files.copy(root.resolve("jpptp"), tree.resolve("jpptp"));
        executable(tree.resolve("jpptp"));
        Files.createDirectories(tree.resolve("packaging"));
        for (String part : List.of("find-java", "prepare", "launch", "wait")) {
            Files.copy(
                    root.resolve("packaging").resolve(part),
                    tree.resolve("packaging").resolve(part));
        }
        for (String tool : TOOLS) {
            script(tool, "exec " + which(tool) + " \"$@\"");
        }
    }

    private static Path which(String tool) {
        for (String place : List.of("/usr/bin", "/bin")) {
            if (Files.isExecutable(Path.of(place, tool))) {
                return Path.of(place, tool);
            }
        }
        throw new AssertionError("no " + tool);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void script(String name, String does) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + does + "\n");
        executable(file);
    }

    private void mavenThat(String does) throws IOException {
        script("mvn", does);
    }

    private void builtAt(Instant time) throws IOException {
        Path jar = tree.resolve("cli/target/jpptp.jar");
        Files.copy(JAR, jar);
        Files.setLastModifiedTime(jar, FileTime.from(time));
    }

    private Result run(Path launcher, String javaHome, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(elsewhere.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        if (!javaHome.isEmpty()) {
            builder.environment().put("JAVA_HOME", javaHome);
        }
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(tree.resolve("jpptp"), System.getProperty("java.home"), arguments);
    }

    @Test
    void runsWhatIsBuiltThroughLinksAndFromAnywhere() throws Exception {
        builtAt(Instant.now().plusSeconds(60));
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("source tree/jpptp"));
        Path linkToLink = Files.createSymbolicLink(elsewhere.resolve("jpptp"), link);

        Result result = run(linkToLink, System.getProperty("java.home"), "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("jpptp ").hasLineCount(1);
        assertThat(result.exitCode()).isZero();
        try (Stream<Path> files = Files.list(tree.resolve("cli/target"))) {
            assertThat(files)
                    .filteredOn(file -> file.toString().endsWith(".jsa"))
                    .singleElement(as(InstanceOfAssertFactories.PATH))
                    .isNotEmptyFile();
        }
    }

    /** Its lists of classes say more than those of 17. */
    @Test
    void theClassDataOfJava25HasTheCommandLine() throws Exception {
        Optional<Path> java = java25();
        assumeTrue(java.isPresent(), "there is no Java 25 in JAVA_HOME25 or /usr/lib/jvm");
        assertTheCommandLineIsMapped(java.orElseThrow());
    }

    private static Optional<Path> java25() throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA_HOME25")).map(Path::of).ifPresent(homes::add);
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                found.forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"25")) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }

    /** A start reads picocli's classes, which are of an old format, from the class data and not from the program. */
    private void assertTheCommandLineIsMapped(Path home) throws Exception {
        builtAt(Instant.now().plusSeconds(60));
        run(tree.resolve("jpptp"), home.toString(), "--version");
        Path target = tree.resolve("cli/target");
        Path archive;
        try (Stream<Path> files = Files.list(target)) {
            archive = files.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> mistake = loaded(home, archive, "connect", "--bad");
        assertThat(mistake).filteredOn(line -> line.contains(" picocli.")).hasSizeGreaterThan(50);
        assertThat(unmapped(mistake, " picocli.")).isEmpty();
        // Each of these is made anew, which takes a millisecond.
        assertThat(unmapped(mistake, "$$Lambda")).isEmpty();
        assertThat(mistake).noneMatch(line -> line.contains(" java.time.format."));

        Path password = Files.writeString(tree.resolve("password"), "nobody");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        List<String> refused =
                loaded(home, archive, "connect", "127.0.0.1:9", "-u", "nobody", "--password-file", password.toString());
        // As the launcher starts it, Netty takes these on every Java.
        assertThat(refused).filteredOn(line -> line.contains(".jctools.")).hasSizeGreaterThan(10);
        assertThat(unmapped(refused, ".jctools.")).isEmpty();
    }

    private static List<String> unmapped(List<String> loaded, String what) {
        return loaded.stream()
                .filter(line -> line.contains(what) && !line.contains("shared objects file"))
                .toList();
    }

    /** What a run loads, by the options of the launcher that make a difference. */
    private static List<String> loaded(Path home, Path archive, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                home + "/bin/java", "-XX:+UseSerialGC", "-Xlog:class+load", "-XX:SharedArchiveFile=" + archive));
        if (Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25")) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-jar", archive.resolveSibling("jpptp.jar").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines().toList();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        builtAt(Instant.now().plusSeconds(60));
        Result result = run("connect", "a b", "-u", "*");
        assertThat(result.err()).contains("not 'a b'");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void buildsWhenThereIsNoJar() throws Exception {
        mavenThat("cat <<END\n" + MAVEN + "END\ncp '" + JAR + "' '" + tree + "/cli/target/jpptp.jar'");
        Result result = run("--version");
        assertThat(result.err())
                .isEqualTo("jpptp: Building " + tree + "/cli/target/jpptp.jar; this takes half a minute.\n" + """
                        jpptp:   [1/7] jpptp
                        jpptp:   fetching what the build needs and is not there yet
                        jpptp:   [2/7] pptp-control
                        jpptp:   preparing quick starts
                        """);
        assertThat(result.out()).startsWith("jpptp ").hasLineCount(1);

        assertThat(run("--version").err()).isEmpty();
    }

    @Test
    void buildsWhenASourceIsNewer() throws Exception {
        builtAt(Instant.now().minusSeconds(3600));
        Files.createFile(tree.resolve("cli/src/main/New.java"));
        mavenThat("cp '" + JAR + "' '" + tree + "/cli/target/jpptp.jar'");

        assertThat(run("--version").err()).startsWith("jpptp: Building ");
        assertThat(run("--version").err()).isEmpty();
    }

    @Test
    void tellsWhyABuildFailed() throws Exception {
        mavenThat("echo '[ERROR] no such thing'; exit 1");
        Result result = run("--version");
        assertThat(result.err()).endsWith("[ERROR] no such thing\njpptp: The build failed; the lines above say why.\n");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        Result noMaven = run("--version");
        assertThat(noMaven.exitCode()).isEqualTo(127);
        assertThat(noMaven.err())
                .isEqualTo("jpptp: jpptp has to be built first, and Maven is missing; install it, 3.8 or later.\n");

        Result noJava = run(tree.resolve("jpptp"), "", "--version");
        assertThat(noJava.exitCode()).isEqualTo(127);
        assertThat(noJava.err())
                .isEqualTo("jpptp: Java is missing; install a JDK, version 17 or later, or set JAVA_HOME.\n");

        Result wrongHome = run(tree.resolve("jpptp"), "/nowhere", "--version");
        assertThat(wrongHome.exitCode()).isEqualTo(127);
        assertThat(wrongHome.err())
                .isEqualTo("jpptp: There is no bin/java in JAVA_HOME (/nowhere); correct it, or unset it.\n");
    }

    @Test
    void tellsThatJavaIsTooOld() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_392")) {
            Path home = Files.createDirectories(directory.resolve("java " + version));
            Files.createDirectories(home.resolve("bin"));
            Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
            executable(Files.createFile(home.resolve("bin/java")));

            Result result = run(tree.resolve("jpptp"), home.toString(), "--version");
            assertThat(result.exitCode()).isEqualTo(127);
            assertThat(result.err())
                    .isEqualTo("jpptp: Java 17 or later is needed, and " + home + "/bin/java is version " + version
                            + "; set JAVA_HOME.\n");
        }
    }

    /** What is over at once has none; and none begins before a tunnel is up. */
    @Test
    void theSecondCompilerIsNotWorthItAtFirst() throws Exception {
        builtAt(Instant.now().plusSeconds(60));
        Path home = directory.resolve("java");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        executable(Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho \"$*\"\n"));
        for (List<String> brief :
                List.of(List.of("status", "office"), List.of("connect", "--help"), List.of("doctor"))) {
            assertThat(run(tree.resolve("jpptp"), home.toString(), brief.toArray(String[]::new))
                            .out())
                    .contains("-XX:TieredStopAtLevel=1 ", "-Xmn12m ")
                    .endsWith(String.join(" ", brief) + "\n");
        }
        for (String lasting : List.of("connect", "explain", "up", "restart")) {
            assertThat(run(tree.resolve("jpptp"), home.toString(), lasting, "x").out())
                    .contains("-XX:Tier4InvocationThreshold=20000 ", "-XX:InlineSmallCode=500 ")
                    .doesNotContain("TieredStopAtLevel", "-Xmn")
                    .endsWith(lasting + " x\n");
        }
    }
}
