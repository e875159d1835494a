package org.jpptp.lab.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One processor for each guest. A guest's kernel and its processes are processes of this machine, of which one runs at a time:
 * on two processors each switch wakes one that sleeps, which costs several times what the guest does in between.
 */
final class Processors {
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Processors() {}

    /** The number of a processor that this process may use: the first. */
    static String alone() {
        return Integer.toString(allowed().get(0));
    }

    /** The same for guests that run beside others: they share the last, and leave the first alone. */
    static String besideOthers() {
        List<Integer> allowed = allowed();
        return Integer.toString(allowed.get(allowed.size() - 1));
    }

    private static List<Integer> allowed() {
        try {
            return allowed(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From the text of {@code /proc/PID/status}, which has a list such as {@code 0-3,6}. */
    static List<Integer> allowed(String status) {
        String list = status.lines()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .orElseThrow()
                .substring(ALLOWED.length())
                .strip();
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }
}
