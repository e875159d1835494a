package org.jpptp.ppp.ipcp;

/** The option types of IPCP that are more than Rejected (RFC 1332 §3, RFC 1877 §1). */
final class IpcpOption {
    static final int ADDRESS = 3;
    static final int PRIMARY_DNS = 129;
    static final int PRIMARY_NBNS = 130;
    static final int SECONDARY_DNS = 131;
    static final int SECONDARY_NBNS = 132;

    private IpcpOption() {}
}
