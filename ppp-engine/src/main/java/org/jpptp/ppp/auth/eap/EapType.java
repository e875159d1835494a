package org.jpptp.ppp.auth.eap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/** The types of EAP Requests and Responses (RFC 2284 §3; IANA, "EAP Method Types"). */
final class EapType {
    static final int IDENTITY = 1;
    static final int NOTIFICATION = 2;
    static final int NAK = 3;
    static final int MD5_CHALLENGE = 4;
    static final int MSCHAPV2 = 26;

    private EapType() {}

    /** The type that carries a method; the method is one of EAP's. */
    static int of(AuthMethod method) {
        return method == AuthMethod.EAP_MD5 ? MD5_CHALLENGE : MSCHAPV2;
    }

    /** The method of a type, null where we carry out none like it. */
    static @Nullable AuthMethod method(int type) {
        return switch (type) {
            case MD5_CHALLENGE -> AuthMethod.EAP_MD5;
            case MSCHAPV2 -> AuthMethod.EAP_MSCHAPV2;
            default -> null;
        };
    }

    /** Those of some methods that are EAP's, in the same order. */
    static List<AuthMethod> among(Collection<AuthMethod> methods) {
        List<AuthMethod> among = new ArrayList<>(methods);
        among.retainAll(List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5));
        return among;
    }

    /** What a Request or a Nak of a type asks for. */
    static AuthDemand demand(int type) {
        return new AuthDemand(label(type), null, method(type));
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
