package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 2433 §B.2 and RFC 3079 §2.5, and LAN Manager hashes that OpenSSL's DES gives. */
class MsChapV1Test {
    private static final byte[] CHALLENGE = hex("102DB5DF085D3041");

    @Test
    void theResponseIsTheExamples() {
        byte[] hash = MsChapV2.ntPasswordHash("MyPw".toCharArray());
        assertThat(hash).isEqualTo(hex("FC156AF7EDCD6C0EDDE3337D427F4EAC"));
        byte[] ntResponse = MsChapV2.challengeResponse(CHALLENGE, hash);
        assertThat(ntResponse).isEqualTo(hex("4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61"));
        byte[] value = MsChapV1.toValue(ntResponse);
        assertThat(value).hasSize(49).endsWith(1);
        assertThat(Arrays.copyOf(value, 24)).containsOnly(0);
        assertThat(MsChapV1.ntResponse(value)).isEqualTo(ntResponse);
        value[48] = 0;
        assertThat(MsChapV1.ntResponse(value)).as("a LAN Manager response").isNull();
        assertThat(MsChapV1.ntResponse(new byte[48])).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "clientPass,              76a152936096d7830e2390227404afd2",
        "'',                      aad3b435b51404eeaad3b435b51404ee",
        "gr\u00fc\u00dfe\u00e91,  71c5d47a54157877aad3b435b51404ee",
    })
    void theLanManagersHash(String password, String expected) {
        assertThat(MsChapV1.lmPasswordHash(password.toCharArray())).isEqualTo(hex(expected));
    }

    /** Too long; in no code page; in one of them only; in both, but elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"fifteen letters", "\u9ad8", "\ud83d\udd11", "\u0394\u03c0", "\u00e0", "\u00a2", "\u20ac"})
    void whatNoLanManagerKnowsMakesNoShortKeys(String password) {
        assertThat(MsChapV1.lmPasswordHash(password.toCharArray())).isNull();
        MppeMasterKeys keys = MsChapV1.keys(password.toCharArray(), CHALLENGE);
        assertThat(keys.strengths()).containsExactly(MppeStrength.BITS_128);
    }

    /** The RFC prints the eighth octet of the long key once as CA, once as C1; the latter is what SHA-1 gives. */
    @Test
    void bothDirectionsHaveOneKey() {
        MppeMasterKeys keys = MsChapV1.keys("clientPass".toCharArray(), CHALLENGE);
        for (MppeStrength strength : MppeStrength.values()) {
            byte[] expected = strength == MppeStrength.BITS_128
                    ? hex("A8947850CFC0ACC1D1789FB62DDCDDB0")
                    : hex("76A152936096D7830E2390227404AFD2");
            assertThat(keys.send(strength)).isEqualTo(expected).isEqualTo(keys.receive(strength));
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
