package org.jpptp.client.net;

import org.jpptp.client.Failure;

/** The host refused something; carries what the user is told. */
public final class HostChangeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public HostChangeException(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    /** The sentence, the remedy and the exit code. */
    public Failure failure() {
        return failure;
    }
}
