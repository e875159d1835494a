package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When class data is made, and what is left of that: with a Java that only pretends. */
class ClassDataIT {
    private static final String PREPARING = "jpptp: Preparing quick starts; this takes half a minute.\n";

    @TempDir
    Path directory;

    private SourceTree tree;

    @BeforeEach
    void tree() throws IOException {
        tree = new SourceTree(directory, "tree");
        tree.builtAt(Instant.now().plusSeconds(3600));
    }

    /** One that writes what it is to write, and dumps nothing but that. */
    private String java(String version) throws IOException {
        String does = """
                for word; do
                  case $word in
                    -Xshare:dump) dumps=yes ;;
                    -XX:SharedArchiveFile=*) archive=${word#*=} ;;
                  esac
                done
                [ -z "$dumps" ] || echo data >"$archive"
                """;
        return tree.java("java " + version, version, does).toString();
    }

    private boolean prepares(Path launcher, String java) throws Exception {
        String said = tree.run(launcher, java, "--version").err();
        assertThat(said).isIn("", PREPARING);
        return !said.isEmpty();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Java 17 takes no class data of a jar that was elsewhere. */
    @Test
    void aTreeThatWasMovedGetsItsOwn() throws Exception {
        String java = java("17.0.1");
        assertThat(prepares(tree.launcher, java)).isTrue();
        assertThat(prepares(tree.launcher, java)).isFalse();

        Path moved = Files.move(tree.root, directory.resolve("moved"));
        assertThat(prepares(moved.resolve("jpptp"), java)).isTrue();
        assertThat(prepares(moved.resolve("jpptp"), java)).isFalse();
    }

    @Test
    void aJarThatTookThePlaceOfAnotherGetsItsOwn() throws Exception {
        String java = java("17.0.1");
        Path launcher = installed();
        Path jar = directory.resolve("prefix/share/jpptp/jpptp.jar");
        assertThat(prepares(launcher, java)).isTrue();
        for (int seconds : List.of(-60, 60)) {
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(seconds)));
            assertThat(prepares(launcher, java)).isTrue();
            assertThat(prepares(launcher, java)).isFalse();
        }
    }

    @Test
    void eachJavaKeepsItsOwnUntilItIsGone() throws Exception {
        Path launcher = installed();
        String old = java("17.0.1");
        String current = java("25.0.1");
        assertThat(prepares(launcher, old)).isTrue();
        assertThat(prepares(launcher, current)).isTrue();
        assertThat(prepares(launcher, old)).isFalse();
        assertThat(prepares(launcher, current)).isFalse();

        Files.delete(Path.of(old, "bin/java"));
        assertThat(prepares(launcher, java("26"))).isTrue();
        assertThat(names(directory.resolve("prefix/share/jpptp")))
                .contains("jpptp-java-25.0.1.jsa", "jpptp-java-26.jsa")
                .doesNotContain("jpptp-java-17.0.1.jsa", "jpptp-java-17.0.1.jsa.for");
    }

    /** As a package installs it, below a directory of a test's. */
    private Path installed() throws IOException {
        Path share = Files.createDirectories(directory.resolve("prefix/share/jpptp"));
        Path bin = Files.createDirectories(directory.resolve("prefix/bin"));
        LauncherParts.copy(share);
        Files.copy(SourceTree.JAR, share.resolve("jpptp.jar"));
        Path launcher = SourceTree.JAR.resolve("../../../packaging/jpptp").normalize();
        return SourceTree.executable(Files.copy(launcher, bin.resolve("jpptp")));
    }

    @Test
    void whatIsInterruptedLeavesNothing() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        tree.environment.put("TMPDIR", temporary.toString());
        Path made = Files.createDirectory(directory.resolve("made"));
        Path archive = made.resolve("jpptp-java-17.0.1.jsa");
        // What one left that could not clean up: of a process that is no more.
        Files.createDirectory(made.resolve("jpptp-java-17.0.1.jsa.4194305.lists"));
        Files.createFile(made.resolve("jpptp-java-17.0.1.jsa.4194305"));
        for (String signal : List.of("HUP", "INT", "TERM")) {
            Path java = tree.java(
                            "java", "17.0.1", "case $* in *DumpLoadedClassList*) kill -" + signal + " $PPID ;; esac")
                    .resolve("bin/java");
            Process prepare = tree.start(
                    List.of(
                            // A shell takes no signal that was ignored when it started, as where this runs in the
                            // background.
                            "env",
                            "--default-signal=HUP,INT,TERM",
                            "/bin/sh",
                            tree.root + "/packaging/launcher/prepare",
                            java.toString(),
                            SourceTree.JAR.toString(),
                            archive.toString()),
                    "",
                    directory.resolve("err"));
            assertThat(prepare.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(prepare.exitValue()).as(signal).isGreaterThan(128);
            assertThat(names(temporary)).as(signal).isEmpty();
            assertThat(names(made)).as(signal).isEmpty();
        }
    }
}
