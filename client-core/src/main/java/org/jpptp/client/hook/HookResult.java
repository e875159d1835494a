package org.jpptp.client.hook;

import java.nio.file.Path;

/**
 * What came of running a hook.
 *
 * @param program its path
 * @param kind how it ended
 * @param status its exit status, where it ended by itself
 * @param words what it said last, or why it was not run; printable, may be empty
 */
public record HookResult(Path program, Kind kind, int status, String words) {
    /** How a hook ends. */
    public enum Kind {
        /** By itself. */
        ENDED,
        /** It was killed, as it took too long. */
        TIMED_OUT,
        /** It was killed, as the tunnel had ended meanwhile. */
        CUT_SHORT,
        /** It could not be run. */
        NOT_RUN
    }

    /** Of one that could not be run, and why. */
    public static HookResult notRun(Path program, String why) {
        return new HookResult(program, Kind.NOT_RUN, -1, why);
    }

    /** Whether it did what it was run for. */
    public boolean isSuccess() {
        return kind == Kind.ENDED && status == 0;
    }
}
