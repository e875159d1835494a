package org.jpptp.client;

/**
 * How much of the host's work on packets an interface takes over, so that larger ones cross it; each level includes those
 * before it.
 */
public enum Offload {
    /** Finished datagrams only, one a call. */
    NONE,
    /** The host leaves checksums open, or is told that they are right. */
    CHECKSUM,
    /** TCP comes and goes in packets of up to 64 KiB. */
    TSO,
    /** UDP too; since Linux 6.2. */
    USO
}
