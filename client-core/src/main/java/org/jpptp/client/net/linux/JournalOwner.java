package org.jpptp.client.net.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose journal it is.
 *
 * @param pid the process
 * @param started when it was started, in clock ticks since the boot: process numbers are used again
 * @param namespace the inode of the network namespace that it worked in
 */
record JournalOwner(long pid, long started, long namespace) {
    private static final Pattern LINE = Pattern.compile("owner (\\d{1,10}) started (\\d{1,18}) netns (\\d{1,18})");
    /** Of {@code /proc/PID/stat}, counted from 1 as in proc(5). */
    private static final int START_TIME_FIELD = 22;

    /** This process, in the namespace of the calling thread. */
    static JournalOwner current() {
        long pid = ProcessHandle.current().pid();
        return new JournalOwner(pid, startTime(pid).orElse(0L), NetworkNamespace.inodeOfThisThread());
    }

    static Optional<JournalOwner> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new JournalOwner(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** What {@link #parse} reads. */
    String line() {
        return "owner " + pid + " started " + started + " netns " + namespace;
    }

    boolean isAlive() {
        return startTime(pid).equals(Optional.of(started));
    }

    private static Optional<Long> startTime(long pid) {
        try {
            return startTime(Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** From the text of {@code /proc/PID/stat}, whose second field is a name that may hold anything. Empty for a zombie. */
    static Optional<Long> startTime(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        int index = START_TIME_FIELD - 3; // the state, field 3, is the first behind the name
        if (fields.length <= index || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(fields[index]));
    }
}
