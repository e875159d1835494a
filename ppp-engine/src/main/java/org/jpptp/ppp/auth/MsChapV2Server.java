package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.mppe.MppeKeys;
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
        if (response == null) {
            return null;
        }
        byte[] userName = withoutDomain(name);
        byte[] hash = MsChapV2.ntPasswordHash(password);
        byte[] hashHash = MsChapV2.hashNtPasswordHash(hash);
        try {
            byte[] expected = MsChapV2.ntResponse(asked, response.peerChallenge(), userName, hash);
            byte[] proof = MsChapV2.authenticatorResponse(
                    hashHash, response.ntResponse(), response.peerChallenge(), asked, userName);
            return new ChapCheck(
                    MessageDigest.isEqual(expected, response.ntResponse()),
                    MsChapV2.successText(proof, greeting()),
                    MppeKeys.fromMsChapV2(hashHash, response.ntResponse(), true));
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(hashHash, (byte) 0);
        }
    }

    /** The octets behind the last backslash: what the peer hashed. */
    private static byte[] withoutDomain(byte[] name) {
        int from = name.length;
        while (from > 0 && name[from - 1] != '\\') {
            from--;
        }
        return Arrays.copyOfRange(name, from, name.length);
    }
}
