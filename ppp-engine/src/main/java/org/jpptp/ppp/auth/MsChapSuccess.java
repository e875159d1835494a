package org.jpptp.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The message of an MS-CHAPv2 Success (RFC 2759 §5): {@code S=} and 40 hexadecimal digits, then {@code M=} and a text.
 *
 * @param proof the authenticator response, 20 octets
 * @param message the text, one character an octet; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
public record MsChapSuccess(byte[] proof, String message) {
    private static final int PROOF_AT = 2;
    private static final int PROOF_END = PROOF_AT + 2 * MsChapV2.PROOF_OCTETS;

    /** Reads a message; null if it does not begin with exactly 40 digits, upper or lower case. */
    public static @Nullable MsChapSuccess parse(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("S=") || text.length() < PROOF_END) {
            return null;
        }
        for (int i = PROOF_AT; i < PROOF_END; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return null;
            }
        }
        if (text.length() > PROOF_END && HexFormat.isHexDigit(text.charAt(PROOF_END))) {
            return null;
        }
        byte[] proof = HexFormat.of().parseHex(text, PROOF_AT, PROOF_END);
        // Server 2019 leaves out the space before M=.
        String rest = text.substring(PROOF_END).stripLeading();
        return new MsChapSuccess(proof, rest.startsWith("M=") ? rest.substring(2) : "");
    }
}
