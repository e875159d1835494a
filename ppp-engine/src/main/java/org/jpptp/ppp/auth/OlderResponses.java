package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jspecify.annotations.Nullable;

/** What somebody who knows the password finds in a Response of MS-CHAP version 1 (RFC 2433), or of CHAP (RFC 1994). */
public final class OlderResponses {
    private OlderResponses() {}

    /**
     * Checks a Response of MS-CHAP version 1.
     *
     * @param value of the Response
     * @param passwordHash NtPasswordHash, 16 octets
     * @param password that it is of; null where only the hash is known, and then there are no keys of 40 and 56 bits
     * @return null for a value of another length, or one without an NT response
     */
    public static @Nullable ChapCheck msChapV1(
            byte[] challenge, byte[] value, byte[] passwordHash, char @Nullable [] password) {
        byte[] response = MsChapV1.ntResponse(value);
        if (response == null || challenge.length != MsChapV1.CHALLENGE_OCTETS) {
            return null;
        }
        byte[] hashHash = MsChapV2.hashNtPasswordHash(passwordHash);
        byte[] lmHash = password == null ? null : MsChapV1.lmPasswordHash(password);
        try {
            byte[] expected = MsChapV2.challengeResponse(challenge, passwordHash);
            return new ChapCheck(
                    MessageDigest.isEqual(expected, response), "", MppeKeys.fromMsChapV1(lmHash, hashHash, challenge));
        } finally {
            Arrays.fill(hashHash, (byte) 0);
            if (lmHash != null) {
                Arrays.fill(lmHash, (byte) 0);
            }
        }
    }

    /** Whether a Response of CHAP with MD5, or of EAP-MD5, was made with a password. */
    public static boolean md5(int identifier, byte[] challenge, byte[] value, char[] password) {
        return MessageDigest.isEqual(ChapMd5.response(identifier, password, challenge), value);
    }
}
