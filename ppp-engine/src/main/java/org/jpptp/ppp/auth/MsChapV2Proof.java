package org.jpptp.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jpptp.ppp.mppe.MppeMasterKeys;

/**
 * A client's answer to an MS-CHAPv2 challenge, and what the server has to answer to that (RFC 2759 §4, §5).
 *
 * @param response peer challenge and NT response
 * @param expected the authenticator response that proves the server, 20 octets
 * @param keys what MPPE gets once it has
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record MsChapV2Proof(MsChapV2Response response, byte[] expected, MppeMasterKeys keys) {
    /**
     * Answers a challenge, with a peer challenge at random.
     *
     * @param user whose name is hashed
     * @param password his, or the one that he changes it to
     * @param challenge the authenticator's, 16 octets
     * @param random for the peer challenge
     */
    public static MsChapV2Proof answer(Credentials user, char[] password, byte[] challenge, RandomGenerator random) {
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        random.nextBytes(peerChallenge);
        byte[] userName = user.nameWithoutDomain().getBytes(StandardCharsets.UTF_8);
        byte[] hash = MsChapV2.ntPasswordHash(password);
        byte[] hashHash = MsChapV2.hashNtPasswordHash(hash);
        byte[] ntResponse = MsChapV2.ntResponse(challenge, peerChallenge, userName, hash);
        byte[] expected = MsChapV2.authenticatorResponse(hashHash, ntResponse, peerChallenge, challenge, userName);
        MppeMasterKeys keys = MppeKeys.fromMsChapV2(hashHash, ntResponse, MppeKeys.Side.CLIENT);
        Arrays.fill(hash, (byte) 0);
        Arrays.fill(hashHash, (byte) 0);
        return new MsChapV2Proof(new MsChapV2Response(peerChallenge, ntResponse), expected, keys);
    }
}
