package org.jpptp.cli.background;

import org.jpptp.client.Failure;

/** The tunnel may not run under its name. */
public class NotShared extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    NotShared(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public final Failure failure() {
        return failure;
    }

    /** Another tunnel has the name. */
    static final class Taken extends NotShared {
        private static final long serialVersionUID = 1L;

        Taken(Failure failure) {
            super(failure);
        }
    }
}
