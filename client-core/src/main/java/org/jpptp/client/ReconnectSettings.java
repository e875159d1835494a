package org.jpptp.client;

/**
 * What becomes of a tunnel that was up and is lost. The first connection is none of this: where it fails, the tunnel ends.
 *
 * @param mode whether it comes back by itself, and what the host does until then
 * @param maxTries how many tries may fail in a row, 0 for any number
 */
public record ReconnectSettings(Mode mode, int maxTries) {
    /** A tunnel that is lost has ended. */
    public static final ReconnectSettings OFF = new ReconnectSettings(Mode.OFF, 0);

    /** What happens between two connections. */
    public enum Mode {
        /** There is no second one. */
        OFF,
        /** Interface, addresses and routes stay, and what the host sends there goes nowhere. */
        FAIL_CLOSED,
        /** Addresses and routes are undone: what they led into the tunnel takes its usual way meanwhile. */
        FAIL_OPEN
    }

    /** A tunnel that comes back. */
    public static ReconnectSettings on(Mode mode) {
        return new ReconnectSettings(mode, 0);
    }

    /** The same with so many tries, 0 for any number. */
    public ReconnectSettings withMaxTries(int tries) {
        return new ReconnectSettings(mode, tries);
    }

    /** Whether a tunnel that is lost comes back by itself. */
    public boolean isOn() {
        return mode != Mode.OFF;
    }
}
