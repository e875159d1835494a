package org.jpptp.ppp.ipcp;

/** The option types of IPCP that are more than Rejected (RFC 1332 §3, RFC 1877 §1). */
public final class IpcpOption {
    public static final int ADDRESS = 3;
    public static final int PRIMARY_DNS = 129;
    public static final int PRIMARY_NBNS = 130;
    public static final int SECONDARY_DNS = 131;
    public static final int SECONDARY_NBNS = 132;

    private IpcpOption() {}
}
