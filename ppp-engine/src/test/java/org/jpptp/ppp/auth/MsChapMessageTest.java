package org.jpptp.ppp.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jpptp.ppp.text.PeerText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of Success and Failure, as they are specified and as servers send them. */
class MsChapMessageTest {
    private static final String PROOF = "407A5589115FD0D6209F510FE9C04566932CDA56";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "S=" + PROOF + " M=Access granted  | Access granted",
                "S=" + PROOF + "M=Server 2019      | Server 2019",
                "S=" + PROOF + " M=                | ''",
                "S=" + PROOF + "                   | ''",
                "S=" + PROOF + " other             | ''",
                "S=407a5589115fd0d6209f510fe9c04566932cda56 M=lower case | lower case",
            })
    void successIsRead(String text, String message) {
        MsChapSuccess success = MsChapSuccess.parse(text.getBytes(ISO_8859_1));
        assertThat(success).isNotNull();
        assertThat(success.proof()).asHexString().isEqualTo(PROOF);
        assertThat(success.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S=",
                "M=Access granted",
                " S=" + PROOF,
                "s=" + PROOF,
                "S=407A5589115FD0D6209F510FE9C04566932CDA5",
                "S=407A5589115FD0D6209F510FE9C04566932CDA5 M=short",
                "S=407A5589115FD0D6209F510FE9C04566932CDA560 M=long",
                "S=407A5589115FD0D6209F510FE9C04566932CDA5G M=no digit",
                "S=407A5589115FD0D6209F510FE9C04566932CDA5\u00b2 M=no digit either",
            })
    void whatIsNoProofIsNoSuccess(String text) {
        assertThat(MsChapSuccess.parse(text.getBytes(ISO_8859_1))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=Authentication failure"
                        + "|691|true|00112233445566778899AABBCCDDEEFF|3|Authentication failure",
                "E=648 R=0|648|false|''|0|''",
                "E=0000000647 R=0 V=2|647|false|''|2|''",
                "R=1 E=691|691|true|''|0|''",
                "E=691 M=no R=1 in here|691|false|''|0|no R=1 in here",
                "E=99999999999 R=0|0|false|''|0|''",
                "E=abc|0|false|''|0|''",
                "E=-1 R=01|0|false|''|0|''",
                "Access denied|0|false|''|0|Access denied",
                "E=691  X=1  R=1|691|true|''|0|''",
                "''|0|false|''|0|''",
                "' '|0|false|''|0|' '",
                "E=|0|false|''|0|E=",
            })
    void failureIsReadAsFarAsItGoes(
            String text, int error, boolean retry, String challenge, int version, String message) {
        assertThat(MsChapFailure.parse(text.getBytes(ISO_8859_1)))
                .isEqualTo(new MsChapFailure(error, retry, challenge, version, message));
    }

    @ParameterizedTest
    @ValueSource(ints = {646, 647, 648, 649, 691, 709, 1})
    void everyErrorHasWordsOfItsOwn(int error) {
        assertThat(MsChapFailure.words(error)).isNotEmpty();
        assertThat(MsChapFailure.words(error).equals(MsChapFailure.words(0))).isEqualTo(error == 1);
    }

    @Test
    void anyTextIsRead() {
        Random random = new Random(2759);
        String alphabet = "ERCVMS= 0123456789abcdef\u0000\u001b\r\n\u00ff";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "E=691 " : "S=");
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] octets = text.toString().getBytes(ISO_8859_1);
            assertThat(MsChapFailure.parse(octets)).isNotNull();
            MsChapSuccess success = MsChapSuccess.parse(octets);
            assertThat(success == null || success.proof().length == 20).isTrue();
        }
    }

    @Test
    void textOfThePeerIsHarmlessWhenShown() {
        assertThat(PeerText.escape("a\\b\u001b[31m\r\n\u0000$(id)\u00e9"))
                .isEqualTo("a\\\\b\\x1b[31m\\x0d\\x0a\\x00$(id)\\xe9");
        assertThat(PeerText.escape("x".repeat(70_000))).hasSize(259).endsWith("...");
    }
}
