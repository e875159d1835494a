package org.jpptp.ppp.auth;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;

/** Makes the machine that LCP agreed on. */
public final class Authentications {
    private Authentications() {}

    /**
     * One side of an authentication protocol, not yet started.
     *
     * @param timeout how long the whole authentication may take
     * @throws IllegalArgumentException for a protocol that nobody carries out; LCP agrees on none
     */
    public static Authentication of(
            AuthRole role, AuthProtocol protocol, RandomGenerator random, Duration timeout, AuthOutput output) {
        return role instanceof AuthRole.Authenticatee client
                ? client(client, protocol, random, timeout, output)
                : server((AuthRole.Authenticator) role, protocol, random, timeout, output);
    }

    private static Authentication client(
            AuthRole.Authenticatee role,
            AuthProtocol protocol,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        return switch (protocol) {
            case MSCHAPV2 -> new MsChapV2Client(role.credentials(), random, timeout, output);
            case MSCHAPV1, CHAP_MD5, EAP, PAP, SPAP -> throw nobody(protocol);
        };
    }

    private static Authentication server(
            AuthRole.Authenticator role,
            AuthProtocol protocol,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        return switch (protocol) {
            case MSCHAPV2 -> new MsChapV2Server(role.name(), role.accounts(), random, timeout, output);
            case MSCHAPV1, CHAP_MD5, EAP, PAP, SPAP -> throw nobody(protocol);
        };
    }

    private static IllegalArgumentException nobody(AuthProtocol protocol) {
        return new IllegalArgumentException("nobody carries out " + protocol.label());
    }
}
