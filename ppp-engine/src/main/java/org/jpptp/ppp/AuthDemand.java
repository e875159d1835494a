package org.jpptp.ppp;

import org.jspecify.annotations.Nullable;

/**
 * What a peer asks for in authentication.
 *
 * @param label the name that users know
 * @param protocol what it names in LCP option 3, null where that is nothing known, or where it is asked for inside EAP
 * @param method the method that it names, null where we carry out none like it or where the protocol leaves it open
 */
public record AuthDemand(
        String label,
        @Nullable AuthProtocol protocol,
        @Nullable AuthMethod method) {
    /** A demand for a protocol. */
    public static AuthDemand of(AuthProtocol protocol) {
        AuthMethod only = null;
        for (AuthMethod method : AuthMethod.values()) {
            if (method.protocol() == protocol && protocol != AuthProtocol.EAP) {
                only = method;
            }
        }
        return new AuthDemand(protocol.label(), protocol, only);
    }

    /** Whether nothing that it may come to yields keys for MPPE (RFC 3079); false where that is not known. */
    public boolean keyless() {
        return method == null ? protocol == AuthProtocol.SPAP : !method.yieldsKeys();
    }
}
