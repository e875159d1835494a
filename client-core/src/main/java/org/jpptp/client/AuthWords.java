package org.jpptp.client;

import java.util.Optional;
import org.jpptp.ppp.AuthMethod;

/** The words by which users name the methods of authentication. */
public final class AuthWords {
    private AuthWords() {}

    /** The word of {@link Setting#AUTH}. */
    public static String word(AuthMethod method) {
        return switch (method) {
            case MSCHAPV2 -> "mschapv2";
            case EAP_MSCHAPV2 -> "eap-mschapv2";
            case MSCHAPV1 -> "mschap";
            case CHAP_MD5 -> "chap";
            case EAP_MD5 -> "eap-md5";
            case PAP -> "pap";
        };
    }

    /** The method of a word of {@link Setting#AUTH}; empty for any other word. */
    public static Optional<AuthMethod> method(String word) {
        for (AuthMethod method : AuthMethod.values()) {
            if (word(method).equals(word)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** Whether a method needs an option of its own, since it does not prove the server. */
    public static boolean isWeak(AuthMethod method) {
        return method != AuthMethod.MSCHAPV2 && method != AuthMethod.EAP_MSCHAPV2;
    }
}
