package org.jpptp.ppp;

/** The authentication protocols that peers ask for in LCP option 3 (RFC 1661 §6.2). */
public enum AuthProtocol {
    /** CHAP with algorithm 0x81: MS-CHAPv2, RFC 2759. */
    MSCHAPV2(0xC223, 0x81, "MS-CHAPv2"),
    /** CHAP with algorithm 0x80: MS-CHAP version 1, RFC 2433. */
    MSCHAPV1(0xC223, 0x80, "MS-CHAP v1"),
    /** CHAP with algorithm 5: MD5, RFC 1994. */
    CHAP_MD5(0xC223, 0x05, "CHAP-MD5"),
    /** EAP, RFC 2284; the methods are agreed on inside. */
    EAP(0xC227, -1, "EAP"),
    /** Shiva PAP, undocumented. */
    SPAP(0xC027, -1, "SPAP"),
    /** PAP, RFC 1334. */
    PAP(0xC023, -1, "PAP");

    private final int number;
    private final int algorithm;
    private final String label;

    AuthProtocol(int number, int algorithm, String label) {
        this.number = number;
        this.algorithm = algorithm;
        this.label = label;
    }

    /** The PPP protocol number in the option. */
    public int number() {
        return number;
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
