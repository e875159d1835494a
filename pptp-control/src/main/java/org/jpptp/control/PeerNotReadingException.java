package org.jpptp.control;

/** The peer asks, and does not read the answers. */
public final class PeerNotReadingException extends Exception {
    private static final long serialVersionUID = 1;

    public PeerNotReadingException(String message) {
        super(message);
    }
}
