package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jspecify.annotations.Nullable;

/** The server's side of MS-CHAP version 1 (RFC 2433). A LAN Manager response is never taken for a proof. */
public final class MsChapV1Server extends MsChapServer {
    /**
     * @param random for the challenges
     * @param timeout how long the peer may take
     */
    public MsChapV1Server(AuthRole.Authenticator role, RandomGenerator random, Duration timeout, AuthOutput output) {
        super(AuthMethod.MSCHAPV1, MsChapV1.CHALLENGE_OCTETS, MsChapChange.V1, "V=2", role, random, timeout, output);
    }

    @Override
    byte[] challengeOfChange(byte[] last, byte[] next) {
        return last;
    }

    @Override
    @Nullable
    ChapCheck check(int id, byte[] asked, byte[] name, byte[] value, char[] password) {
        if (value.length != MsChapV1.VALUE_OCTETS) {
            return null;
        }
        byte[] hash = MsChapV2.ntPasswordHash(password);
        byte[] ntResponse = MsChapV1.ntResponse(value);
        boolean matches =
                ntResponse != null && MessageDigest.isEqual(MsChapV2.challengeResponse(asked, hash), ntResponse);
        Arrays.fill(hash, (byte) 0);
        return new ChapCheck(matches, greeting(), MsChapV1.keys(password, asked));
    }
}
