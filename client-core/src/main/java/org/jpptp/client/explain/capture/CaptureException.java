package org.jpptp.client.explain.capture;

/** A file cannot be read on as a capture. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong with it. */
    public enum Kind {
        /** It begins like no capture file. */
        NOT_A_CAPTURE,
        /** A header in it contradicts itself: what follows cannot be found. */
        DAMAGED,
        /** It ends in the middle of a packet. */
        CUT_OFF
    }

    CaptureException(Kind kind) {
        super(kind.name());
        this.kind = kind;
    }

    /** Which it is. */
    public Kind kind() {
        return kind;
    }
}
