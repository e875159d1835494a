package org.jpptp.ppp.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The value of an MS-CHAPv2 Response (RFC 2759 §4): peer challenge, eight reserved octets, NT response, flags. */
@SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
record MsChapV2Response(byte[] peerChallenge, byte[] ntResponse) {
    private static final int NT_RESPONSE_AT = MsChapV2.CHALLENGE_OCTETS + 8;
    private static final int FLAGS_AT = NT_RESPONSE_AT + MsChapV2.NT_RESPONSE_OCTETS;
    private static final int OCTETS = FLAGS_AT + 1;

    /** Reads a value; null if it has another length. Reserved octets and flags mean nothing yet and may be anything. */
    static @Nullable MsChapV2Response parse(byte[] value) {
        if (value.length != OCTETS) {
            return null;
        }
        return new MsChapV2Response(
                Arrays.copyOf(value, MsChapV2.CHALLENGE_OCTETS), Arrays.copyOfRange(value, NT_RESPONSE_AT, FLAGS_AT));
    }

    byte[] toValue() {
        byte[] value = Arrays.copyOf(peerChallenge, OCTETS);
        System.arraycopy(ntResponse, 0, value, NT_RESPONSE_AT, ntResponse.length);
        return value;
    }
}
