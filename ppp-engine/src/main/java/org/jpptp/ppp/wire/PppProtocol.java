package org.jpptp.ppp.wire;

/** PPP protocol numbers that a PPTP link meets (IANA, "PPP DLL Protocol Numbers"). */
public final class PppProtocol {
    public static final int IPV4 = 0x0021;
    public static final int IPV6 = 0x0057;
    /** A compressed datagram, which is what MPPE sends (RFC 3078 §3). */
    public static final int COMPRESSED = 0x00FD;

    public static final int IPCP = 0x8021;
    public static final int IPV6CP = 0x8057;
    public static final int CCP = 0x80FD;
    /** Labels of MPLS (RFC 3032 §4.2). */
    public static final int MPLSCP = 0x8281;

    public static final int LCP = 0xC021;
    public static final int PAP = 0xC023;
    public static final int LINK_QUALITY = 0xC025;
    public static final int SPAP = 0xC027;
    public static final int CBCP = 0xC029;
    public static final int CHAP = 0xC223;
    public static final int EAP = 0xC227;

    private PppProtocol() {}

    /** The name in the notation of pppd, or {@code proto=0x…} for a number without one. */
    public static String name(int protocol) {
        return switch (protocol) {
            case IPV4 -> "IP";
            case IPV6 -> "IPv6";
            case COMPRESSED -> "Compressed";
            case IPCP -> "IPCP";
            case IPV6CP -> "IPV6CP";
            case CCP -> "CCP";
            case MPLSCP -> "MPLSCP";
            case LCP -> "LCP";
            case PAP -> "PAP";
            case LINK_QUALITY -> "LQR";
            case SPAP -> "SPAP";
            case CBCP -> "CBCP";
            case CHAP -> "CHAP";
            case EAP -> "EAP";
            default -> "proto=0x" + Integer.toHexString(protocol);
        };
    }
}
