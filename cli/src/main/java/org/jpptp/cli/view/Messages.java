package org.jpptp.cli.view;

import java.io.IOException;
import java.io.PrintStream;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.Style.Priority;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;

/** What is said on standard error, whatever standard output shows. */
public final class Messages {
    /** Columns of {@code jpptp: }. */
    private static final int HEAD = 7;

    private static final int WARNING = 9;

    private final PrintStream err;
    private final Style style;

    public Messages(PrintStream err, Style style) {
        this.err = err;
        this.style = style;
    }

    /**
     * Why the command ends: in one line for whoever reads it later; on a terminal what was seen, what to do, and the numbers,
     * each beginning a line.
     */
    public void failure(Failure failure) {
        failure(failure, Wording.OPTIONS);
    }

    /** The same with settings as the user would change them. */
    public void failure(Failure failure, Wording wording) {
        String head = style.red("jpptp:") + " ";
        if (style.width() == 0) {
            err.println(style.mark(Priority.ERROR) + head + FailureText.of(failure, wording));
            return;
        }
        err.println(style.hanging(head, HEAD, Style.visible(failure.sentence().strip())));
        String remedy = Style.visible(FailureText.remedy(failure, wording).strip());
        if (!remedy.isEmpty()) {
            String arrow = " ".repeat(HEAD - Style.columns(style.arrow()) - 1) + style.arrow() + " ";
            err.println(style.hanging(arrow, HEAD, remedy));
        }
        err.println(" ".repeat(HEAD) + style.dim("(" + FailureText.numbers(failure) + ")"));
    }

    /** Why a command cannot do it that has exit codes of its own: without the number that another would end with. */
    public void withoutNumber(Failure failure) {
        note((failure.sentence().strip() + " " + FailureText.remedy(failure).strip()).strip());
    }

    /**
     * What a command could not keep or show beside what it came to.
     *
     * @param code that it came to
     * @return the exit code: that of the failure, unless there is one already
     */
    public int beside(int code, Failure failure) {
        if (code == ExitCodes.SUCCESS) {
            failure(failure);
            return failure.reason().exitCode();
        }
        withoutNumber(failure);
        return code;
    }

    /** Something that the user should know. */
    public void warning(String text) {
        err.println(style.mark(Priority.WARNING)
                + style.hanging(style.yellow("warning:") + " ", WARNING, Style.visible(text)));
    }

    /** Something that was done beside the tunnel. */
    public void note(String text) {
        err.println(style.hanging("jpptp: ", HEAD, Style.visible(text)));
    }

    /** Nobody reads what is written any more, or it has no room. The tunnel is more than what is told of it. */
    void outputLost(IOException why) {
        warning("standard output cannot be written to (" + why.getMessage()
                + "). Nothing more is written there; what runs goes on.");
    }

    /** The same of a command that does nothing else, and so has failed. */
    public static Failure nothingWritten(IOException why) {
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "Standard output cannot be written to: " + why.getMessage() + ".",
                "Let it go elsewhere, or make room there if it is a file.");
    }

    /** The line that no connection goes without, since no option can mend it. */
    public void banner() {
        warning("PPTP cannot be made secure; use it to reach what speaks nothing else.");
    }

    /** A line as it is. */
    void line(String text) {
        err.println(style.mark(Priority.INFORMATION) + text);
    }
}
