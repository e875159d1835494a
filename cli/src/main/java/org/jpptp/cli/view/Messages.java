package org.jpptp.cli.view;

import java.io.PrintStream;

/** What is said on standard error, whatever standard output shows. */
public final class Messages {
    private final PrintStream err;
    private final Style style;

    public Messages(PrintStream err, Style style) {
        this.err = err;
        this.style = style;
    }

    /** The one line that explains why the command ends. */
    public void failure(String text) {
        err.println(style.red("jpptp:") + " " + Style.visible(text));
    }

    /** Something that the user should know. */
    public void warning(String text) {
        err.println(style.yellow("warning:") + " " + Style.visible(text));
    }

    /** The line that no connection goes without, since no option can mend it. */
    public void banner() {
        warning("PPTP cannot be made secure; use it to reach what speaks nothing else.");
    }

    /** A line as it is. */
    void line(String text) {
        err.println(text);
    }
}
