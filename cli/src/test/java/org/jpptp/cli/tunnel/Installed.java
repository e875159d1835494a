package org.jpptp.cli.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.cli.LauncherParts;

/** The program as a package installs it, below a folder that every user may read. */
final class Installed {
    private static final Path JAR = Path.of(System.getProperty("jpptp.jar", ""));
    private static final Path PACKAGING = Path.of("../packaging");

    private final Path launcher;

    /** @param prefix in the place of {@code /usr} */
    Installed(Path prefix) throws IOException {
        Files.setPosixFilePermissions(prefix, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path share = Files.createDirectories(prefix.resolve("share/jpptp"));
        Files.copy(JAR, share.resolve("jpptp.jar"));
        LauncherParts.copy(share);
        launcher = Files.createDirectory(prefix.resolve("bin")).resolve("jpptp");
        Files.copy(PACKAGING.resolve("jpptp"), launcher);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Its path. */
    String launcher() {
        return launcher.toString();
    }
}
