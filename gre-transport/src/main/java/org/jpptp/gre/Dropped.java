package org.jpptp.gre;

/** Why a packet of GRE goes no further; each has a counter in {@link GreStats}. */
public enum Dropped {
    MALFORMED,
    FOREIGN_CALL,
    DUPLICATE,
    IMPLAUSIBLE,
    REFUSED
}
