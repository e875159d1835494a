package org.jpptp.cli.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jpptp.client.TunnelListener.Detail;

/**
 * Tells JNA and Netty where to unpack their native parts: to a directory where nobody else can put a library in
 * its place. Their defaults lie under /tmp.
 */
public final class Libraries {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private Libraries() {}

    /** Tunnels whose libraries find what they need. */
    public static TunnelRunner preparedFor(TunnelRunner runner) {
        return (config, listener, secrets) -> {
            prepare(System.getenv(), listener.traces(Detail.DECISIONS));
            return runner.prepare(config, listener, secrets);
        };
    }

    /** To be called before the first class of these libraries is loaded. */
    public static void prepare(Map<String, String> environment, boolean withTheirLogs) {
        String directory;
        try {
            directory = directory(candidate(environment)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("jna.tmpdir", directory);
        // Not the system's own copy, which may be of another version.
        System.setProperty("jna.nosys", "true");
        System.setProperty("io.netty.native.workdir", directory);
        if (!withTheirLogs) {
            // What matters to users reaches them as a failure; this would be stack traces.
            Logger.getLogger("").setLevel(Level.OFF);
        }
    }

    /** Root's and each user's place for what can be made again. Not /run, from which many systems load no library. */
    private static Path candidate(Map<String, String> environment) throws IOException {
        if (ownUid() == 0) {
            return Path.of("/var/cache/jpptp");
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The specification wants relative paths ignored.
        return cache.startsWith("/")
                ? Path.of(cache, "jpptp")
                : Path.of(System.getProperty("user.home"), ".cache", "jpptp");
    }

    /** The candidate, if it is or can be made a directory of ours alone; else a fresh one. */
    static Path directory(Path candidate) throws IOException {
        FileAttribute<Set<PosixFilePermission>> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        try {
            if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(candidate, ownerOnly);
            }
            if (Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                    && Files.isWritable(candidate)
                    && Files.getPosixFilePermissions(candidate).equals(OWNER_ONLY)
                    && uid(candidate) == ownUid()) {
                return candidate;
            }
        } catch (IOException e) {
            // No home, a system that cannot be written to: the other place will do.
        }
        Path fresh = Files.createTempDirectory("jpptp-", ownerOnly);
        fresh.toFile().deleteOnExit();
        return fresh;
    }

    /** Of the folder behind the link, which itself is root's. */
    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
