package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package that the build makes. */
class PackagesIT {
    private static final Path JAR = Path.of(System.getProperty("jpptp.jar"));
    private static final Path BUILD = Path.of("../packaging/deb/build");

    @TempDir
    Path directory;

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    @Test
    void holdsTheProgramAndAllThatBelongsToIt() throws Exception {
        assumeTrue(isThere("dpkg-deb"), "needs dpkg-deb");
        Path file = directory.resolve("jpptp.deb");
        String said = run(
                List.of(BUILD.toString(), JAR.toString(), "1.2.3-SNAPSHOT", "2026-11-01T00:00:00Z", file.toString()));
        assertThat(said).isEmpty();

        String contents = run(List.of("dpkg-deb", "--contents", file.toString()));
        for (String path : List.of(
                "drwxr-xr-x root/root .* ./etc/jpptp/",
                "-rwxr-xr-x root/root .* ./usr/bin/jpptp",
                "-rw-r--r-- root/root .* ./usr/share/jpptp/jpptp.jar",
                "-rw-r--r-- root/root .* ./usr/lib/systemd/system/jpptp@.service",
                "-rw-r--r-- root/root .* ./usr/lib/systemd/system/jpptp-lockdown.service",
                "-rw-r--r-- root/root .* ./usr/lib/sysusers.d/jpptp.conf",
                "-rw-r--r-- root/root .* ./usr/share/polkit-1/rules.d/jpptp.rules",
                "-rw-r--r-- root/root .* ./usr/share/jpptp/drop-ins/namespace.conf",
                "-rw-r--r-- root/root .* ./usr/share/jpptp/drop-ins/proxy.conf",
                "-rw-r--r-- root/root .* ./usr/share/jpptp/drop-ins/resolv-conf.conf",
                "-rw-r--r-- root/root .* ./usr/share/man/man1/jpptp-connect.1.gz",
                "-rw-r--r-- root/root .* ./usr/share/man/man5/jpptp.conf.5.gz",
                "-rw-r--r-- root/root .* ./usr/share/bash-completion/completions/jpptp",
                "-rw-r--r-- root/root .* ./usr/share/zsh/vendor-completions/_jpptp")) {
            assertThat(contents).containsPattern("(?m)^" + path + "$");
        }
        for (String part : LauncherParts.names()) {
            assertThat(contents).containsPattern("(?m)^-rw.r-.r-. root/root .* ./usr/share/jpptp/" + part + "$");
        }
        assertThat(run(List.of("dpkg-deb", "--field", file.toString(), "Version", "Depends")))
                .contains("Version: 1.2.3~snapshot\n", "java17-runtime-headless", "iproute2");
        if (isThere("lintian")) {
            assertThat(run(List.of("lintian", "--allow-root", "--fail-on", "error,warning", file.toString())))
                    .isEmpty();
        }
    }
}
