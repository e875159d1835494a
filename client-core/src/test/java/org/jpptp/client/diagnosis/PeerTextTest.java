package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.control.wire.PeerText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leaves do not know one another, and a user sees the text of both: in one notation. */
class PeerTextTest {
    static Stream<String> texts() {
        return Stream.concat(
                IntStream.range(0, 256).mapToObj(Character::toString),
                Stream.of(
                        "",
                        "CORP\\alice",
                        "he said \"no\"",
                        "\u001b]0;x\u0007\r\n",
                        "\u20ac and \u202e",
                        "\\x1b is text",
                        "x".repeat(256)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void pppAndControlShowTextInTheSameWay(String text) {
        assertThat("\"" + org.jpptp.ppp.text.PeerText.escape(text) + "\"").isEqualTo(PeerText.quote(text, 256));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatIsCutOffIsTold(String text) {
        String longer = text + "y".repeat(300);
        assertThat(org.jpptp.ppp.text.PeerText.escape(longer)).endsWith("...");
        assertThat(PeerText.quote(longer, 256)).endsWith("...");
    }
}
