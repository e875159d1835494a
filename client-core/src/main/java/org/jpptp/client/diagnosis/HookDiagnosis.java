package org.jpptp.client.diagnosis;

import java.nio.file.Path;
import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.hook.HookResult;

/** What becomes of hooks, in words. */
public final class HookDiagnosis {
    private HookDiagnosis() {}

    /**
     * A warning: a hook did not do what it was run for.
     *
     * @param limit how long it was given
     */
    public static String failed(HookResult result, Duration limit) {
        String words = result.words().isEmpty() ? "" : ": " + quoted(result.words());
        String seen =
                switch (result.kind()) {
                    case ENDED -> "ended with exit status " + result.status() + words;
                    case TIMED_OUT -> "had not ended after " + limit.toSeconds() + " s and was killed" + words;
                    case CUT_SHORT -> "was killed, as the tunnel ended before it did" + words;
                    case NOT_RUN -> "was not run: " + result.words();
                };
        return "The hook \"" + result.program() + "\" " + seen + ".";
    }

    /**
     * It is known beforehand that a hook will not be run.
     *
     * @param why a clause
     */
    public static Failure notRun(Moment moment, Path program, String why) {
        return refused(moment, program, why, "Give it and the directories above it to root, writable by nobody else");
    }

    /**
     * The same of what is no program at all.
     *
     * @param why a clause
     */
    public static Failure noProgram(Moment moment, Path program, String why) {
        return refused(moment, program, why, "Name a program that is there and may be run");
    }

    private static Failure refused(Moment moment, Path program, String why, String advice) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The hook \"" + program + "\" cannot be run: " + why + ".",
                Remedy.of(advice + ", or leave out ").set(setting(moment)).say("."));
    }

    private static Setting setting(Moment moment) {
        return switch (moment) {
            case UP -> Setting.ON_UP;
            case DOWN -> Setting.ON_DOWN;
            case RECONNECT -> Setting.ON_RECONNECT;
        };
    }

    private static String quoted(String words) {
        return "\"" + words.replace('"', '\'').replaceAll("\\.+$", "") + "\"";
    }
}
