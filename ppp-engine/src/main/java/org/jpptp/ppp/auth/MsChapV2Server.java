package org.jpptp.ppp.auth;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jspecify.annotations.Nullable;

/** The server's side of MS-CHAPv2 (RFC 2759). */
public final class MsChapV2Server extends MsChapServer {
    /**
     * @param random for the challenges
     * @param timeout how long the peer may take
     */
    public MsChapV2Server(AuthRole.Authenticator role, RandomGenerator random, Duration timeout, AuthOutput output) {
        super(
                AuthMethod.MSCHAPV2,
                MsChapV2.CHALLENGE_OCTETS,
                MsChapChange.V2,
                "V=3 M=%s",
                role,
                random,
                timeout,
                output);
    }

    @Override
    byte[] challengeOfChange(byte[] last, byte[] next) {
        return next;
    }

    @Override
    @Nullable
    ChapCheck check(int id, byte[] asked, byte[] name, byte[] value, char[] password) {
        MsChapV2Response response = MsChapV2Response.parse(value);
        return response == null ? null : response.check(asked, name, password, greeting());
    }
}
