package org.jpptp.client.diagnosis;

import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel had come to before its link failed, and how its control connection stands: the last fact alone does not
 * tell what is to be done.
 *
 * @param authenticated the method that authentication was complete with, null before that
 * @param encryption whether encryption was agreed on
 * @param control whether the server still answers there
 */
public record Background(@Nullable AuthMethod authenticated, Encryption encryption, Control control) {
    /** Of a link. */
    public enum Encryption {
        NEVER_AGREED,
        AGREED
    }

    /** Of a control connection. */
    public enum Control {
        /** Nothing was heard lately. */
        QUIET,
        /** It was heard since the link was heard last. */
        ANSWERS
    }

    /** Nothing is known yet. */
    public static final Background NONE = new Background(null, Encryption.NEVER_AGREED, Control.QUIET);

    /** The same once authentication is complete. */
    public Background with(AuthMethod method) {
        return new Background(method, encryption, control);
    }

    /** The same, however encryption stands. */
    public Background with(Encryption other) {
        return new Background(authenticated, other, control);
    }

    /** The same, however the control connection stands. */
    public Background with(Control other) {
        return new Background(authenticated, encryption, other);
    }

    boolean encrypted() {
        return encryption == Encryption.AGREED;
    }

    /** Whether the link was authenticated by a method that makes no keys to encrypt with. */
    boolean keyless() {
        return authenticated != null && !authenticated.yieldsKeys();
    }
}
