package org.jpptp.ppp;

/** The authentication protocols that peers ask for in LCP option 3 (RFC 1661 §6.2). */
public enum AuthMethod {
    /** MS-CHAPv2, RFC 2759: CHAP with algorithm 0x81. */
    MSCHAPV2(0xC223, 0x81, "MS-CHAPv2"),
    /** MS-CHAP version 1, RFC 2433: CHAP with algorithm 0x80. */
    MSCHAPV1(0xC223, 0x80, "MS-CHAP v1"),
    /** CHAP with MD5, RFC 1994: algorithm 5. */
    CHAP_MD5(0xC223, 0x05, "CHAP-MD5"),
    /** EAP, RFC 2284. */
    EAP(0xC227, -1, "EAP"),
    /** Shiva PAP, undocumented. */
    SPAP(0xC027, -1, "SPAP"),
    /** PAP, RFC 1334. */
    PAP(0xC023, -1, "PAP");

    private final int protocol;
    private final int algorithm;
    private final String label;

    AuthMethod(int protocol, int algorithm, String label) {
        this.protocol = protocol;
        this.algorithm = algorithm;
        this.label = label;
    }

    /** The PPP protocol number in the option. */
    public int protocol() {
        return protocol;
    }

    /** The CHAP algorithm octet that follows it, or -1 where there is none. */
    public int algorithm() {
        return algorithm;
    }

    /** The name that users know. */
    public String label() {
        return label;
    }
}
