package org.jpptp.cli.file;

import org.jpptp.client.Failure;

/** This machine does not take a file, though nothing is wrong in the arguments. */
public final class NotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final boolean SUPPRESSES = false;
    private static final boolean IS_TRACED = false;

    private final transient Failure failure;

    public NotWrittenException(Failure failure) {
        super(failure.sentence(), null, SUPPRESSES, IS_TRACED);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
