package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The archive with a Java of its own, unpacked where no other Java is of use. Its first start is like that of any other program of ours. */
@RequiresRoot
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveIT {
    @TempDir
    static Path folder;

    private TestNamespace host;

    @BeforeAll
    static void unpack() throws IOException {
        Path archive = folder.resolve("jpptp.tar.gz");
        Command.run(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        "../packaging/archive/build",
                        System.getProperty("jpptp.jar"),
                        "1.2.3",
                        "2026-11-01T00:00:00Z",
                        archive.toString())
                .orThrow();
        Command.run("tar", "-C", folder.toString(), "-xzf", archive.toString()).orThrow();
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'another Java'\nexit 1\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @BeforeEach
    void make() {
        host = TestNamespace.create();
    }

    @AfterEach
    void remove() {
        host.close();
    }

    private JpptpProcess start(String... arguments) {
        List<String> launcher = List.of(
                "env",
                "JAVA_HOME=/nowhere",
                "PATH=" + folder.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin",
                folder.resolve("jpptp-1.2.3/bin/jpptp").toString());
        return JpptpProcess.startBy(host, launcher, "", List.of(arguments));
    }

    /** It tries tunnels out for class data. */
    @Test
    @Order(1)
    void itsFirstStartLeavesTheStateOfTunnelsAsItWas() throws Exception {
        Path run = Files.createDirectory(host.runFolder());
        // What each start would take back: of a tunnel that is no more.
        Path dead = Files.writeString(run.resolve("office-1.journal"), "");
        Path trace = Files.writeString(run.resolve("127.0.0.1.trace"), "of a tunnel");
        try (JpptpProcess jpptp = start("version")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
            assertThat(jpptp.err().text()).contains("Preparing quick starts");
            assertThat(jpptp.out().text()).contains("(Java " + System.getProperty("java.version"));
        }
        try (Stream<Path> left = Files.list(run)) {
            assertThat(left).containsExactlyInAnyOrder(dead, trace);
        }
        assertThat(trace).hasContent("of a tunnel");
        assertThat(host.lastingFolder()).isEmptyDirectory();
        // It has been a whole tunnel all the same.
        try (Stream<Path> made = Files.list(folder.resolve("jpptp-1.2.3/share/jpptp"))) {
            Path archive = made.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
            assertThat(new String(Files.readAllBytes(archive), StandardCharsets.ISO_8859_1))
                    .contains("org/jpptp/lab/demo/DemoNetwork");
        }
    }

    @Test
    @Order(2)
    void itRefusesAMistake() {
        try (JpptpProcess jpptp = start("connect", "--mistake")) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(2);
            assertThat(jpptp.err().text()).contains("jpptp: ", "(exit code 2)").doesNotContain("Preparing");
        }
    }

    @Test
    @Order(3)
    void aTunnelComesUpAndGoes() {
        String before = host.hostState();
        try (JpptpProcess demo = start("demo", "--size", "1")) {
            assertThat(demo.awaitExit(Connect.LONG)).as(demo.err().text()).isZero();
            assertThat(demo.out().text())
                    .contains("MPPE 128-bit stateless, both directions")
                    .contains("It works.");
        }
        assertThat(host.hostState()).isEqualTo(before);
        assertThat(Journals.left(host)).isEmpty();
    }
}
