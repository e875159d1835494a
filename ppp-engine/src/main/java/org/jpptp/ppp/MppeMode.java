package org.jpptp.ppp;

/** When MPPE changes its key (RFC 3078 §7). */
public enum MppeMode {
    /** Before every packet: a lost packet costs only itself. */
    STATELESS,
    /** Every 256 packets: a lost packet costs a Reset-Request and a round trip. */
    STATEFUL
}
