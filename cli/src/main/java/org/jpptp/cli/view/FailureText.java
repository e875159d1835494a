package org.jpptp.cli.view;

import java.util.stream.Collectors;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/** A failure in one line: what was seen, what to do, the exit code, and the number that Windows shows. */
public final class FailureText {
    private FailureText() {}

    /** Such as {@code The server … . Check … . (exit code 19; Windows error 691)}. */
    public static String of(Failure failure) {
        return of(failure, Wording.OPTIONS);
    }

    /** The same with settings as whoever reads it would change them. */
    static String of(Failure failure, Wording wording) {
        StringBuilder line = new StringBuilder(failure.sentence().strip());
        if (!failure.remedy().isEmpty()) {
            line.append(' ').append(remedy(failure, wording).strip());
        }
        line.append(" (").append(numbers(failure)).append(')');
        return Style.visible(line.toString());
    }

    /** Such as {@code exit code 19; Windows error 691}. */
    public static String numbers(Failure failure) {
        return "exit code " + failure.reason().exitCode()
                + (failure.windowsError() == 0 ? "" : "; Windows error " + failure.windowsError());
    }

    /** What to do, with settings as options of the command. */
    public static String remedy(Failure failure) {
        return remedy(failure, Wording.OPTIONS);
    }

    /** What to do. */
    public static String remedy(Failure failure, Wording wording) {
        return failure.remedy().parts().stream()
                .map(part -> text(part, wording))
                .collect(Collectors.joining());
    }

    private static String text(Remedy.Part part, Wording wording) {
        if (part instanceof Remedy.Part.Words words) {
            return words.text();
        }
        if (part instanceof Remedy.Part.Add add) {
            return "name " + add.value() + " in " + wording.of(add.setting(), null);
        }
        Remedy.Part.Set set = (Remedy.Part.Set) part;
        return wording.of(set.setting(), set.value());
    }

    /** Why a tunnel ended; null where the user ended one that was up. */
    public static @Nullable Failure of(TunnelEvent.Ended ended) {
        if (ended.failure() == null && !ended.wasUp()) {
            return Failure.of(FailureReason.INTERRUPTED, "Stopped before the tunnel was up.", "");
        }
        return ended.failure();
    }
}
