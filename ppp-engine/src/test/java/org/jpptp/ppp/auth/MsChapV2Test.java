package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of RFC 2759 §9.2 and §9.3. */
class MsChapV2Test {
    private static final byte[] USER = "User".getBytes(StandardCharsets.US_ASCII);
    private static final char[] PASSWORD = "clientPass".toCharArray();
    private static final byte[] AUTHENTICATOR_CHALLENGE = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static final byte[] PEER_CHALLENGE = hex("21402324255E262A28295F2B3A337C7E");
    private static final byte[] CHALLENGE = hex("D02E4386BCE91226");
    private static final byte[] PASSWORD_HASH = hex("44EBBA8D5312B8D611474411F56989AE");
    private static final byte[] PASSWORD_HASH_HASH = hex("41C00C584BD2D91C4017A2A12FA59F3F");
    private static final byte[] NT_RESPONSE = hex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

    @Test
    void everyIntermediateValueIsTheExamples() {
        assertThat(MsChapV2.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER))
                .isEqualTo(CHALLENGE);
        assertThat(MsChapV2.ntPasswordHash(PASSWORD)).isEqualTo(PASSWORD_HASH);
        assertThat(MsChapV2.hashNtPasswordHash(PASSWORD_HASH)).isEqualTo(PASSWORD_HASH_HASH);
        assertThat(MsChapV2.challengeResponse(CHALLENGE, PASSWORD_HASH)).isEqualTo(NT_RESPONSE);
        assertThat(MsChapV2.ntResponse(AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, USER, PASSWORD_HASH))
                .isEqualTo(NT_RESPONSE);
        byte[] proof = MsChapV2.authenticatorResponse(
                PASSWORD_HASH_HASH, NT_RESPONSE, PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER);
        assertThat(MsChapV2.authenticatorResponseText(proof)).isEqualTo("S=407A5589115FD0D6209F510FE9C04566932CDA56");
    }

    @Test
    void parityIsThatOfTheExample() {
        byte[] hash = hex("FC156AF7EDCD6C0EDDE3337D427F4EAC");
        assertThat(MsChapV2.insertParity(hash, 0)).isEqualTo(hex("FD0B5B5E7F6E34D9"));
        assertThat(MsChapV2.insertParity(hash, 7)).isEqualTo(hex("0E6E796737EA08FE"));
    }

    /** Against hashes that another implementation of MD4 gives of the UTF-16LE. */
    @Test
    void passwordsAreUnicode() {
        assertThat(MsChapV2.ntPasswordHash("".toCharArray())).isEqualTo(hex("31D6CFE0D16AE931B73C59D7E0C089C0"));
        assertThat(MsChapV2.ntPasswordHash("Pässwörd €".toCharArray()))
                .isEqualTo(hex("A480BEBA7A590B6DB08A069461B8E4C8"));
        assertThat(MsChapV2.ntPasswordHash("🔑".toCharArray())).isEqualTo(hex("5F7B3FF474E4237AFD6A078F3C4D8632"));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
