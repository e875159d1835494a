package org.jpptp.cli.service;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.usage.EffectiveUser;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.ProcessDiagnosis;
import org.jspecify.annotations.Nullable;

/**
 * Tells JNA and Netty where to unpack their native parts: to a directory where nobody else can put a library in
 * its place, and from which the kernel lets programs be loaded. Their defaults lie under /tmp.
 */
public final class Libraries {
    /** Names the directory, before any other place. */
    static final String VARIABLE = "JPPTP_LIBRARY_DIR";
    /** More than all of them have together. */
    private static final long NEEDED_OCTETS = 1 << 20;
    /** A fresh directory, which nobody else uses. */
    private static volatile @Nullable Path ofThisProcess;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** Where a fresh directory is made when the usual place will not do; the second is memory, also where / is not written. */
    private static final List<Path> OTHERS =
            List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/dev/shm"));

    private Libraries() {}

    /** Tunnels whose libraries find what they need. */
    public static TunnelRunner preparedFor(TunnelRunner runner) {
        return new PreparedRunner(
                runner, () -> ClientTunnel.HOST.prepareProcess(PasswordSource.VARIABLE), System.getenv());
    }

    /**
     * Where they are unpacked.
     *
     * @param directory null where nothing would do
     * @param refused each place that would not do and why, such as {@code /tmp is mounted noexec}
     */
    public record Place(@Nullable Path directory, List<String> refused) {
        public Place {
            refused = List.copyOf(refused);
        }
    }

    /** To be called before the first class of these libraries is loaded. */
    public static Place prepare(Map<String, String> environment, TunnelRunner.Logs logs) {
        Place place = place(candidates(environment), OTHERS, Mounts.read());
        if (place.directory() != null) {
            System.setProperty("jna.tmpdir", place.directory().toString());
            // Not the system's own copy, which may be of another version.
            System.setProperty("jna.nosys", "true");
            System.setProperty("io.netty.native.workdir", place.directory().toString());
        }
        // What is called is in the process already; without this, ldconfig is run to say where else to look.
        System.setProperty("jna.platform.library.path", "");
        if (logs == TunnelRunner.Logs.HIDDEN) {
            Logger.getLogger("").setLevel(Level.OFF);
        }
        return place;
    }

    /**
     * Removes the directory of this process alone, if there is one, as the JVM does at its exit: one that is halted does not.
     * What was unpacked in it is deleted as soon as it is loaded.
     */
    static void leave() {
        Path directory = ofThisProcess;
        if (directory != null) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // Something is being unpacked there just now.
            }
        }
    }

    /** Waits for what loads them. */
    static void await(@Nullable CompletableFuture<Void> loading) {
        if (loading != null) {
            loading.join();
        }
    }

    /** Why they could not be loaded after all. */
    static Failure notLoaded(Path directory, LinkageError refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return ProcessDiagnosis.librariesNotLoaded(directory, why.replaceAll("[^ -~]", "?"));
    }

    /**
     * What the user named; else root's and each user's place for what can be made again. Not /run, from which many systems
     * load no library.
     */
    static List<Path> candidates(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (named.startsWith("/")) {
            return GivenPath.ofVariable(named).stream().toList();
        }
        if (EffectiveUser.ofProcess() == 0) {
            return List.of(Path.of("/var/cache/jpptp"));
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The specification wants relative paths ignored.
        return GivenPath.ofVariable(
                        cache.startsWith("/") ? cache + "/jpptp" : System.getProperty("user.home") + "/.cache/jpptp")
                .stream()
                .toList();
    }

    /** The first candidate that will do, else a fresh directory in one of the others. */
    static Place place(List<Path> candidates, List<Path> others, Mounts mounts) {
        List<String> refused = new ArrayList<>();
        for (Path candidate : candidates) {
            if (isRefused(candidate, mounts, refused)) {
                continue;
            }
            try {
                if (!isOurs(candidate)) {
                    refused.add(candidate + " is open to others, or another user's");
                } else if (!isFull(candidate, refused)) {
                    return new Place(candidate, refused);
                }
            } catch (IOException e) {
                refused.add(clause(candidate, e));
            }
        }
        for (Path other : others) {
            if (!isRefused(other, mounts, refused) && !isFull(other, refused)) {
                try {
                    Path fresh = Files.createTempDirectory(
                            other, "jpptp-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                    fresh.toFile().deleteOnExit();
                    ofThisProcess = fresh;
                    return new Place(fresh, refused);
                } catch (IOException e) {
                    refused.add(clause(other, e));
                }
            }
        }
        return new Place(null, refused);
    }

    private static boolean isRefused(Path place, Mounts mounts, List<String> refused) {
        if (mounts.isNoexec(place)) {
            refused.add(place + " is mounted noexec");
            return true;
        }
        return false;
    }

    /** Of a place that is there. */
    private static boolean isFull(Path place, List<String> refused) {
        if (place.toFile().getUsableSpace() >= NEEDED_OCTETS) {
            return false;
        }
        refused.add(place + " has no room");
        return true;
    }

    /** Whether it is, or can be made, a directory of ours alone. */
    private static boolean isOurs(Path candidate) throws IOException {
        FileAttribute<Set<PosixFilePermission>> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(candidate, ownerOnly);
        }
        boolean ours = Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                && Files.getPosixFilePermissions(candidate).equals(OWNER_ONLY)
                && uid(candidate) == EffectiveUser.ofProcess();
        if (ours) {
            Files.delete(Files.createTempFile(candidate, "probe-", ""));
        }
        return ours;
    }

    private static String clause(Path place, IOException e) {
        String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
        if ("Read-only file system".equals(reason)) {
            return place + " is on a read-only file system";
        }
        return place + " cannot be written to" + (reason == null ? "" : " (" + reason + ")");
    }

    private static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
