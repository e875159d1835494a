package org.jpptp.cli.background;

import org.jpptp.client.Failure;

/** The tunnel may not run under its name. */
public final class NotShared extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    NotShared(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
