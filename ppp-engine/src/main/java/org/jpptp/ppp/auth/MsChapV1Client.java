package org.jpptp.ppp.auth;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;

/**
 * The client's side of MS-CHAP version 1 (RFC 2433). The server proves nothing.
 *
 * <p>Only the NT response is sent, and only the NT parts of a Change-Password of version 2; the LAN Manager's, and
 * version 1, give the password away.
 */
public final class MsChapV1Client extends MsChapClient {
    /** The version of the Change-Password that we send, and the least a server has to name (RFC 2433 §10). */
    private static final int CHANGE_VERSION = 2;

    /**
     * @param random for what fills up an encrypted password
     * @param timeout how long the server may take altogether
     */
    public MsChapV1Client(AuthRole.Authenticatee role, RandomGenerator random, Duration timeout, AuthOutput output) {
        super(AuthMethod.MSCHAPV1, MsChapV1.CHALLENGE_OCTETS, MsChapChange.V1, role, random, timeout, output);
    }

    @Override
    boolean mayChange(MsChapFailure failure) {
        return failure.version() >= CHANGE_VERSION;
    }

    /** Unlike MS-CHAPv2: the challenge of the last Response (RFC 2433 §10). */
    @Override
    byte[] challengeOfChange(byte[] last, MsChapFailure failure) {
        return last;
    }

    @Override
    Proof prove(Credentials user, char[] password, byte[] challenge) {
        byte[] hash = MsChapV2.ntPasswordHash(password);
        try {
            byte[] value = MsChapV1.toValue(MsChapV2.challengeResponse(challenge, hash));
            return new Proof(value, null, null, MsChapV1.keys(password, challenge));
        } finally {
            Arrays.fill(hash, (byte) 0);
        }
    }
}
