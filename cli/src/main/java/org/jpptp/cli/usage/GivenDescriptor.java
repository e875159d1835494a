package org.jpptp.cli.usage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * File descriptors that this process was started with. Java opens files of its own before anything of ours runs, and they take the
 * numbers that are free: those are told by what they lead to.
 */
public final class GivenDescriptor {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Where Java has its random numbers from. */
    private static final Set<String> RANDOM = Set.of("/dev/random", "/dev/urandom");

    /** What its event loops wait with. */
    private static final String EVENTS = "anon_inode:";

    private GivenDescriptor() {}

    /** Where the open file is found once more; it need not be open. */
    public static Path path(int number) {
        return DESCRIPTORS.resolve(String.valueOf(number));
    }

    /** Whether whoever started this process has left it open for us. */
    public static boolean isOpen(int number) {
        Path descriptor = path(number);
        if (!Files.exists(DESCRIPTORS)) {
            return true;
        }
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return !target.startsWith(EVENTS)
                    && !RANDOM.contains(target)
                    && !(target.startsWith("/") && Files.exists(descriptor) && isJavas(descriptor));
        } catch (IOException e) {
            return Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Its modules, classes, and class data. */
    private static boolean isJavas(Path descriptor) throws IOException {
        Path real = descriptor.toRealPath();
        if (real.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
                || real.toString().endsWith(".jsa")) {
            return true;
        }
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && Files.exists(Path.of(entry)) && Files.isSameFile(Path.of(entry), real)) {
                return true;
            }
        }
        return false;
    }
}
