package org.jpptp.ppp;

/** The ways to prove who one is that this implementation carries out, the best first. */
public enum AuthMethod {
    /** MS-CHAPv2, RFC 2759: mutual, and yields keys for MPPE. */
    MSCHAPV2(AuthProtocol.MSCHAPV2, "MS-CHAPv2", Yield.KEYS),
    /** EAP with MS-CHAPv2 inside, EAP type 26: the same within another envelope. */
    EAP_MSCHAPV2(AuthProtocol.EAP, "EAP-MS-CHAPv2", Yield.KEYS),
    /** MS-CHAP version 1, RFC 2433: the server proves nothing, and both directions have one key. */
    MSCHAPV1(AuthProtocol.MSCHAPV1, "MS-CHAP v1", Yield.KEYS),
    /** CHAP with MD5, RFC 1994: no keys. */
    CHAP_MD5(AuthProtocol.CHAP_MD5, "CHAP-MD5", Yield.NO_KEYS),
    /** EAP with MD5-Challenge inside, EAP type 4 (RFC 2284 §3.4): no keys. */
    EAP_MD5(AuthProtocol.EAP, "EAP-MD5", Yield.NO_KEYS),
    /** PAP, RFC 1334: the password itself, in clear. */
    PAP(AuthProtocol.PAP, "PAP", Yield.NO_KEYS);

    private enum Yield {
        KEYS,
        NO_KEYS
    }

    private final AuthProtocol protocol;
    private final String label;
    private final boolean yieldsKeys;

    AuthMethod(AuthProtocol protocol, String label, Yield what) {
        this.protocol = protocol;
        this.label = label;
        yieldsKeys = what == Yield.KEYS;
    }

    /** The protocol that LCP agrees on for this method. */
    public AuthProtocol protocol() {
        return protocol;
    }

    /** The name that users know. */
    public String label() {
        return label;
    }

    /** Whether less is proved by this method than by another. MS-CHAPv2 proves the same within EAP. */
    public boolean isWeakerThan(AuthMethod other) {
        return this != EAP_MSCHAPV2 && compareTo(other) > 0;
    }

    /** Whether this method yields keys for MPPE (RFC 3079). */
    public boolean yieldsKeys() {
        return yieldsKeys;
    }
}
