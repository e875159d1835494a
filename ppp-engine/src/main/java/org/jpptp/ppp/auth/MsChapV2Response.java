package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jspecify.annotations.Nullable;

/** The value of an MS-CHAPv2 Response (RFC 2759 §4): peer challenge, eight reserved octets, NT response, flags. */
@SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
public record MsChapV2Response(byte[] peerChallenge, byte[] ntResponse) {
    private static final int NT_RESPONSE_AT = MsChapV2.CHALLENGE_OCTETS + 8;
    private static final int FLAGS_AT = NT_RESPONSE_AT + MsChapV2.NT_RESPONSE_OCTETS;
    private static final int OCTETS = FLAGS_AT + 1;

    /** Reads a value; null if it has another length. Reserved octets and flags mean nothing yet and may be anything. */
    public static @Nullable MsChapV2Response parse(byte[] value) {
        if (value.length != OCTETS) {
            return null;
        }
        return new MsChapV2Response(
                Arrays.copyOf(value, MsChapV2.CHALLENGE_OCTETS), Arrays.copyOfRange(value, NT_RESPONSE_AT, FLAGS_AT));
    }

    /**
     * What a server finds in it.
     *
     * @param challenge the server's, 16 octets
     * @param name of the user as the peer sent it; its domain is not hashed
     * @param password that it should have been made with
     * @param greeting for people, in the Success
     */
    public ChapCheck check(byte[] challenge, byte[] name, char[] password, String greeting) {
        byte[] hash = MsChapV2.ntPasswordHash(password);
        try {
            return check(challenge, name, hash, greeting);
        } finally {
            Arrays.fill(hash, (byte) 0);
        }
    }

    /**
     * The same where only the hash of the password is known.
     *
     * @param passwordHash NtPasswordHash (RFC 2759 §8.3), 16 octets
     */
    public ChapCheck check(byte[] challenge, byte[] name, byte[] passwordHash, String greeting) {
        byte[] userName = withoutDomain(name);
        byte[] hashHash = MsChapV2.hashNtPasswordHash(passwordHash);
        try {
            byte[] expected = MsChapV2.ntResponse(challenge, peerChallenge, userName, passwordHash);
            byte[] proof = MsChapV2.authenticatorResponse(hashHash, ntResponse, peerChallenge, challenge, userName);
            return new ChapCheck(
                    MessageDigest.isEqual(expected, ntResponse),
                    MsChapV2.successText(proof, greeting),
                    MppeKeys.fromMsChapV2(hashHash, ntResponse, MppeKeys.Side.SERVER));
        } finally {
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

    public byte[] toValue() {
        byte[] value = Arrays.copyOf(peerChallenge, OCTETS);
        System.arraycopy(ntResponse, 0, value, NT_RESPONSE_AT, ntResponse.length);
        return value;
    }
}
