package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jspecify.annotations.Nullable;

/** The server's side of CHAP with MD5 (RFC 1994). */
public final class ChapMd5Server extends ChapServer {
    private static final int CHALLENGE_OCTETS = 16;

    /**
     * @param random for the challenge
     * @param timeout how long the peer may take
     */
    public ChapMd5Server(AuthRole.Authenticator role, RandomGenerator random, Duration timeout, AuthOutput output) {
        super(AuthMethod.CHAP_MD5, CHALLENGE_OCTETS, role, random, timeout, output);
    }

    @Override
    @Nullable
    ChapCheck check(int id, byte[] asked, byte[] name, byte[] value, char[] password) {
        return value.length == ChapMd5.RESPONSE_OCTETS
                ? new ChapCheck(MessageDigest.isEqual(ChapMd5.response(id, password, asked), value), greeting(), null)
                : null;
    }

    @Override
    void refuse(int error, byte[] name, AuthRole.@Nullable Account account, long now) {
        deny(MsChapFailure.words(error), refusal(error, name), now);
    }
}
