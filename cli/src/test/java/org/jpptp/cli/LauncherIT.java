package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.lab.peer.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a source tree of a name with blanks, with a Maven that only pretends. */
class LauncherIT {
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

    @TempDir
    Path directory;

    private SourceTree tree;

    @BeforeEach
    void tree() throws IOException {
        tree = new SourceTree(directory, "source tree");
    }

    @Test
    void runsWhatIsBuiltThroughLinksAndFromAnywhere() throws Exception {
        tree.builtAt(Instant.now().plusSeconds(60));
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("source tree/jpptp"));
        Path linkToLink = Files.createSymbolicLink(tree.elsewhere.resolve("jpptp"), link);

        SourceTree.Result result = tree.run(linkToLink, System.getProperty("java.home"), "--version");
        assertThat(result.err()).isEqualTo("jpptp: Preparing quick starts; this takes half a minute.\n");
        assertThat(result.out()).startsWith("jpptp ").hasLineCount(1);
        assertThat(result.exitCode()).isZero();
        assertThat(tree.run("--version").err()).isEmpty();
        // Some Javas leave out what comes from such a path.
        Path archive = archive(tree);
        if (Files.size(archive) > 0) {
            assertThat(loaded(Path.of(System.getProperty("java.home")), archive, "--version"))
                    .anyMatch(line -> line.contains(" org.jpptp.") && line.contains("shared objects file"));
        }
    }

    /** The class data that its first start has made. */
    private static Path archive(SourceTree tree) throws IOException {
        try (Stream<Path> files = Files.list(tree.target)) {
            List<Path> archives =
                    files.filter(file -> file.toString().endsWith(".jsa")).toList();
            assertThat(archives).hasSize(1);
            return archives.get(0);
        }
    }

    /** Its lists of classes say more than those of 17. */
    @Test
    void theClassDataOfJava25HasTheCommandLine() throws Exception {
        Optional<Path> java = java25();
        assumeTrue(java.isPresent(), "there is no Java 25 in JAVA_HOME25 or /usr/lib/jvm");
        assertTheCommandLineIsMapped(tree, java.orElseThrow());
    }

    /** Where there is no blank in the path: see packaging/launcher/prepare. */
    @Test
    void theClassDataOfThisJavaHasTheCommandLine() throws Exception {
        assertTheCommandLineIsMapped(new SourceTree(directory, "tree"), Path.of(System.getProperty("java.home")));
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
    private void assertTheCommandLineIsMapped(SourceTree tree, Path home) throws Exception {
        // What root is trained with where that is seen by nobody.
        tree.give("unshare");
        tree.give("mount");
        tree.builtAt(Instant.now().plusSeconds(60));
        tree.run(tree.launcher, home.toString(), "--version");
        Path archive = archive(tree);
        List<String> mistake = loaded(home, archive, "connect", "--bad");
        assertThat(mistake).filteredOn(line -> line.contains(" picocli.")).hasSizeGreaterThan(50);
        assertThat(unmapped(mistake, " picocli.")).isEmpty();
        // Each of these is made anew, which takes a millisecond.
        assertThat(unmapped(mistake, "$$Lambda")).isEmpty();
        assertThat(mistake).noneMatch(line -> line.contains(" java.time.format."));

        Path password = Files.writeString(tree.root.resolve("password"), "nobody");
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
        List<String> command = new ArrayList<>();
        if (Requirement.ROOT.missing().isEmpty()) {
            // Root's tunnels have their state there, and a trace of this one would stay.
            command.addAll(List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /run && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
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
        tree.builtAt(Instant.now().plusSeconds(60));
        SourceTree.Result result = tree.run("connect", "a b", "-u", "*");
        assertThat(result.err()).contains("not 'a b'");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void buildsWhenThereIsNoJar() throws Exception {
        tree.script(
                "mvn", "cat <<END\n" + MAVEN + "END\ncp '" + SourceTree.JAR + "' '" + tree.target + "/jpptp-new.jar'");
        SourceTree.Result result = tree.run("--version");
        assertThat(result.err())
                .isEqualTo("jpptp: Building " + tree.target + "/jpptp.jar; this takes half a minute.\n" + """
                        jpptp:   [1/7] jpptp
                        jpptp:   fetching what the build needs and is not there yet
                        jpptp:   [2/7] pptp-control
                        jpptp: Preparing quick starts; this takes half a minute.
                        """);
        assertThat(result.out()).startsWith("jpptp ").hasLineCount(1);

        assertThat(tree.run("--version").err()).isEmpty();
    }

    @Test
    void buildsWhenASourceIsNewer() throws Exception {
        tree.builtAt(Instant.now().minusSeconds(3600));
        Files.createFile(tree.root.resolve("cli/src/main/New.java"));
        tree.script("mvn", "cp '" + SourceTree.JAR + "' '" + tree.target + "/jpptp-new.jar'");

        assertThat(tree.run("--version").err()).startsWith("jpptp: Building ");
        assertThat(tree.run("--version").err()).isEmpty();
    }

    /** What runs has it open. */
    @Test
    void aBuildLeavesTheJarBeforeItWholeUntilItsOwnIs() throws Exception {
        tree.builtAt(Instant.now().minusSeconds(3600));
        Path jar = tree.target.resolve("jpptp.jar");
        Path open = Files.createLink(directory.resolve("open.jar"), jar);
        Files.createFile(tree.root.resolve("cli/src/main/New.java"));
        tree.script(
                "mvn",
                "cmp '" + SourceTree.JAR + "' '" + jar + "' || exit 1; echo half >'"
                        + jar.resolveSibling("jpptp-new.jar") + "'");
        tree.give("cmp");
        tree.run("--version");
        assertThat(jar).hasContent("half");
        assertThat(open).hasSameBinaryContentAs(SourceTree.JAR);
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        tree.give("flock");
        tree.give("sleep");
        Path built = directory.resolve("built");
        tree.script(
                "mvn",
                "echo once >>'" + built + "'; sleep 2; cp '" + SourceTree.JAR + "' '" + tree.target
                        + "/jpptp-new.jar'");
        String java = tree.java("java", "17.0.1", "").toString();
        Files.createFile(directory.resolve("java/bin/javac"));
        SourceTree.executable(directory.resolve("java/bin/javac"));
        List<Process> starts = new ArrayList<>();
        for (String err : List.of("one", "other")) {
            starts.add(tree.start(List.of(tree.launcher.toString(), "--version"), java, directory.resolve(err)));
        }
        for (Process start : starts) {
            assertThat(start.waitFor()).isZero();
        }
        assertThat(built).hasContent("once");
        assertThat(Files.readString(directory.resolve("one")) + Files.readString(directory.resolve("other")))
                .contains("jpptp: Waiting for another start, which builds or prepares the program.")
                .containsOnlyOnce("jpptp: Preparing quick starts");
    }

    /** As in a container that has the tree of a user of the machine's. */
    @Test
    void rootBuildsWhatBelongsToNobodyWithAName() throws Exception {
        tree.script("id", "echo 0");
        tree.script("stat", "echo UNKNOWN");
        tree.script("runuser", "echo runuser: user UNKNOWN does not exist; exit 1");
        tree.script("mvn", "cp '" + SourceTree.JAR + "' '" + tree.target + "/jpptp-new.jar'");
        assertThat(tree.run("--version").out()).startsWith("jpptp ");
    }

    @Test
    void tellsWhyABuildFailed() throws Exception {
        tree.script("mvn", "echo '[ERROR] no such thing'; exit 1");
        SourceTree.Result result = tree.run("--version");
        assertThat(result.err()).endsWith("[ERROR] no such thing\njpptp: The build failed; the lines above say why.\n");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        SourceTree.Result noMaven = tree.run("--version");
        assertThat(noMaven.exitCode()).isEqualTo(127);
        assertThat(noMaven.err())
                .isEqualTo("jpptp: jpptp has to be built first, and Maven is missing; install it, 3.8 or later.\n");

        SourceTree.Result noJava = tree.run(tree.launcher, "", "--version");
        assertThat(noJava.exitCode()).isEqualTo(127);
        assertThat(noJava.err())
                .isEqualTo("jpptp: Java is missing; install a JDK, version 17 or later, or set JAVA_HOME.\n");

        SourceTree.Result wrongHome = tree.run(tree.launcher, "/nowhere", "--version");
        assertThat(wrongHome.exitCode()).isEqualTo(127);
        assertThat(wrongHome.err())
                .isEqualTo("jpptp: There is no bin/java in JAVA_HOME (/nowhere); correct it, or unset it.\n");
    }

    @Test
    void tellsThatJavaIsTooOld() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_392")) {
            Path home = tree.java("java " + version, version, "");

            SourceTree.Result result = tree.run(tree.launcher, home.toString(), "--version");
            assertThat(result.exitCode()).isEqualTo(127);
            assertThat(result.err())
                    .isEqualTo("jpptp: Java 17 or later is needed, and " + home + "/bin/java is version " + version
                            + "; set JAVA_HOME.\n");
        }
    }

    /** What is over at once has none; and none begins before a tunnel is up. */
    @Test
    void theSecondCompilerIsNotWorthItAtFirst() throws Exception {
        tree.builtAt(Instant.now().plusSeconds(60));
        Path home = tree.java("java", "17.0.1", "echo \"$*\"");
        for (List<String> brief :
                List.of(List.of("status", "office"), List.of("connect", "--help"), List.of("doctor"))) {
            assertThat(tree.run(tree.launcher, home.toString(), brief.toArray(String[]::new))
                            .out())
                    .contains("-XX:TieredStopAtLevel=1 ", "-Xmn12m ")
                    .endsWith(String.join(" ", brief) + "\n");
        }
        for (List<String> lasting : List.of(
                List.of("connect", "x"),
                List.of("explain", "x"),
                List.of("up", "x"),
                List.of("restart", "x"),
                // None of these asks for help.
                List.of("connect", "x", "--on-up", "program -h y"),
                List.of("connect", "--", "-h"),
                List.of("exec", "x", "ls", "--version"))) {
            assertThat(tree.run(tree.launcher, home.toString(), lasting.toArray(String[]::new))
                            .out())
                    .contains("-XX:Tier4InvocationThreshold=20000 ", "-XX:InlineSmallCode=500 ")
                    .doesNotContain("TieredStopAtLevel", "-Xmn")
                    .endsWith(String.join(" ", lasting) + "\n");
        }
    }
}
