package org.jpptp.cli.background;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Moments of this machine that its processes can compare: hundredths of a second since the boot, which is what the kernel tells
 * the start of a process in. Unlike the time of day nobody sets it.
 */
public final class Uptime {
    /** When nothing had begun. */
    static final long BOOT = 0;
    /** When nothing begins any more. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Path NOW = Path.of("/proc/uptime");
    private static final Path THIS_PROCESS = Path.of("/proc/self/stat");
    /** Of what {@code /proc/PID/stat} has behind the name, as proc(5) counts them. */
    private static final int START_TIME = 22 - 3;

    private Uptime() {}

    /**
     * This moment; {@link #BOOT} where nobody tells. In a container that has its own it is earlier than all starts, and what has begun
     * seems to have been there before.
     */
    static long now() {
        try {
            return of(Files.readString(NOW, StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException e) {
            return BOOT;
        }
    }

    /** @param uptime as proc(5) has it: seconds with two decimals, and more */
    static long of(String uptime) {
        return Long.parseLong(uptime.strip().split(" ", 2)[0].replace(".", ""));
    }

    /**
     * When a process was started.
     *
     * @return of this one, which is later, where the other is hidden; {@link #NEVER} where nobody tells
     */
    public static long ofStart(long parent) {
        try {
            return ofStart(Path.of("/proc", Long.toString(parent), "stat"));
        } catch (IOException | RuntimeException hidden) {
            try {
                return ofStart(THIS_PROCESS);
            } catch (IOException | RuntimeException e) {
                return NEVER;
            }
        }
    }

    private static long ofStart(Path stat) throws IOException {
        return ofStart(Files.readString(stat, StandardCharsets.ISO_8859_1));
    }

    /** @param stat as proc(5) has it, whose second field is a name in parentheses that may hold anything */
    static long ofStart(String stat) {
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[START_TIME]);
    }
}
