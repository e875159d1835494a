package org.jpptp.ppp.auth;

import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;

/**
 * A completed authentication.
 *
 * @param method how
 * @param name who was proved
 * @param mutual whether the server's proof was verified
 * @param message the server's text, unescaped, empty where there is none
 * @param keys for MPPE, null where the method yields none
 */
public record AuthResult(
        AuthMethod method,
        String name,
        boolean mutual,
        String message,
        @Nullable MppeMasterKeys keys) {
    /** The server's proof was verified too. */
    public static AuthResult mutual(AuthMethod method, String name, String message, @Nullable MppeMasterKeys keys) {
        return new AuthResult(method, name, true, message, keys);
    }

    /** Only the client has proved who it is, as far as this side can tell. */
    public static AuthResult oneSided(AuthMethod method, String name, String message, @Nullable MppeMasterKeys keys) {
        return new AuthResult(method, name, false, message, keys);
    }
}
