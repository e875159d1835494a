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

    /** The name that users know; of what we do not carry out with the number, as servers' settings and logs have it. */
    private static String label(int type) {
        return switch (type) {
            case MD5_CHALLENGE -> AuthMethod.EAP_MD5.label();
            case MSCHAPV2 -> AuthMethod.EAP_MSCHAPV2.label();
            case 5 -> numbered("EAP-OTP", type);
            case 6 -> numbered("EAP-GTC", type);
            case 13 -> numbered("EAP-TLS", type);
            case 15 -> numbered("RSA SecurID", type);
            case 17 -> numbered("LEAP", type);
            case 18 -> numbered("EAP-SIM", type);
            case 21 -> numbered("EAP-TTLS", type);
            case 23 -> numbered("EAP-AKA", type);
            case 25 -> numbered("PEAP", type);
            case 29 -> numbered("EAP-MSCHAP-V2", type);
            case 43 -> numbered("EAP-FAST", type);
            case 52 -> numbered("EAP-pwd", type);
            case 55 -> numbered("TEAP", type);
            default -> "EAP type " + type;
        };
    }

    private static String numbered(String name, int type) {
        return name + " (type " + type + ")";
    }
}
