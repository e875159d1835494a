package org.jpptp.ppp.auth.eap;

import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;

/** The types of EAP Requests and Responses (RFC 2284 §3; IANA, "EAP Method Types"). */
final class EapType {
    static final int IDENTITY = 1;
    static final int NOTIFICATION = 2;
    static final int NAK = 3;
    static final int MD5_CHALLENGE = 4;
    static final int MSCHAPV2 = 26;

    private EapType() {}

    /** What a Request or a Nak of a type asks for. */
    static AuthDemand demand(int type) {
        EapMethods method = EapMethods.of(type);
        return new AuthDemand(label(type), null, method == null ? null : method.method());
    }

    /** The name that users know. */
    private static String label(int type) {
        return switch (type) {
            case MD5_CHALLENGE -> AuthMethod.EAP_MD5.label();
            case MSCHAPV2 -> AuthMethod.EAP_MSCHAPV2.label();
            case 5 -> "EAP-OTP";
            case 6 -> "EAP-GTC";
            case 13 -> "EAP-TLS";
            case 17 -> "LEAP";
            case 18 -> "EAP-SIM";
            case 21 -> "EAP-TTLS";
            case 23 -> "EAP-AKA";
            case 25 -> "PEAP";
            default -> "EAP type " + type;
        };
    }
}
