package org.jpptp.cli.usage;

import org.jpptp.client.TunnelListener.Detail;

/** How much is told, from {@code -q} to {@code -vvv}. */
public enum Verbosity {
    /** Failures only. */
    QUIET,
    /** Phases, warnings and the end. */
    NORMAL,
    /** And every control packet. */
    PACKETS,
    /** And timers and decisions, and why. */
    DECISIONS,
    /** And octets. */
    OCTETS;

    /** Whether trace lines of this kind are shown. */
    public boolean shows(Detail detail) {
        return switch (detail) {
            case PACKETS -> compareTo(PACKETS) >= 0;
            case DECISIONS -> compareTo(DECISIONS) >= 0;
            case OCTETS -> this == OCTETS;
        };
    }
}
