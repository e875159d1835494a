package org.jpptp.control;

/** A peer does not read what we send, and more waits for it than it may. */
public final class UnreadException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message a clause that says how long, or how much waits for it */
    public UnreadException(String message) {
        super(message);
    }
}
