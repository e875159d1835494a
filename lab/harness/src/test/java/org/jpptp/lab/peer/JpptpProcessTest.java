package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for the command, which is built after this module. */
@RequiresRoot
class JpptpProcessTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final String jar = System.getProperty("jpptp.jar", "");

    @BeforeEach
    void compileStandIn() throws IOException {
        Path source = folder.resolve("org/jpptp/cli/Main.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package org.jpptp.cli;
                class Main {
                  public static void main(String[] arguments) throws Exception {
                    System.err.println("arguments " + String.join(",", arguments));
                    System.out.println("input " + new String(System.in.readAllBytes()).strip());
                    if (arguments.length > 1) Thread.sleep(600_000);
                    System.exit(7);
                  }
                }
                """);
        Command.run("javac", "-d", folder.toString(), source.toString()).orThrow();
        System.clearProperty("jpptp.jar");
        System.setProperty("jpptp.classpath", folder.toString());
    }

    @AfterEach
    void restore() {
        System.clearProperty("jpptp.classpath");
        if (!jar.isEmpty()) {
            System.setProperty("jpptp.jar", jar);
        }
    }

    @Test
    void runsAJarForUsersWhoCannotReachIt(@TempDir Path others) throws IOException {
        Path closed = Files.createDirectory(others.resolve("closed"));
        Path packed = closed.resolve("stand-in.jar");
        Command.run(
                        "jar",
                        "--create",
                        "--file",
                        "" + packed,
                        "--main-class",
                        "org.jpptp.cli.Main",
                        "-C",
                        "" + folder,
                        ".")
                .orThrow();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        System.setProperty("jpptp.jar", packed.toString());
        List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        try (TestNamespace namespace = TestNamespace.create();
                JpptpProcess process = JpptpProcess.startUnder(namespace, asNobody, "", List.of("connect"))) {
            assertThat(process.awaitExit(LIMIT)).as(process.err().text()).isEqualTo(7);
        }
    }

    @Test
    void runsInTheNamespaceAndGivesOutputAndStatus() {
        try (TestNamespace namespace = TestNamespace.create();
                JpptpProcess process = JpptpProcess.start(namespace, "secret\n", List.of("connect"))) {
            assertThat(process.awaitExit(LIMIT)).isEqualTo(7);
            assertThat(process.out().all()).containsExactly("input secret");
            assertThat(process.err().text()).contains("arguments connect");
        }
    }

    @Test
    void takesSignals() {
        try (TestNamespace namespace = TestNamespace.create();
                JpptpProcess process = JpptpProcess.start(namespace, "connect", "wait")) {
            process.out().await("^input", LIMIT);
            assertThat(namespace
                            .exec("ip", "netns", "identify", Long.toString(process.pid()))
                            .out()
                            .strip())
                    .isEqualTo(namespace.name());
            process.signal("TERM");
            assertThat(process.awaitExit(LIMIT)).isEqualTo(128 + 15);
            assertThat(process.isRunning()).isFalse();
        }
    }

    @Test
    void eachNamespaceHasJournalsAndSocketsOfItsOwn() {
        Path there = Path.of("/run/jpptp/" + ProcessHandle.current().pid() + ".test");
        List<String> make = List.of("sh", "-c", "test ! -e $0 && touch $0", there.toString());
        List<String> find = List.of("test", "-e", there.toString());
        Path folder;
        try (TestNamespace namespace = TestNamespace.create();
                TestNamespace other = TestNamespace.create()) {
            folder = namespace.runFolder();
            assertThat(ends(namespace, make)).isZero();
            assertThat(ends(other, make)).isZero();
            assertThat(ends(namespace, find)).isZero();
            assertThat(there).doesNotExist();
            assertThat(folder.resolve(there.getFileName())).exists();
        }
        assertThat(folder).doesNotExist();
    }

    private static int ends(TestNamespace namespace, List<String> program) {
        try (JpptpProcess process = JpptpProcess.startBy(namespace, program, "", List.of())) {
            return process.awaitExit(LIMIT);
        }
    }
}
