package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    /** One letter a packet: y where the next is expected to be as long, n where not. */
    @ParameterizedTest
    @CsvSource({
        "1402 1402 1402 1402 600 600 600, nnyynny",
        "1402 1402 52 1402 1402 52 1402 1402 52, nnnnnnnnn",
        "52 52 52 52 52, nnnnn",
        "255 255 255 256 256 256, nnnnny",
        "0 0 0, nnn"
    })
    void expected(String lengths, String guesses) {
        Pace pace = new Pace();
        String told = Arrays.stream(lengths.split(" "))
                .map(octets -> pace.goesOn(Integer.parseInt(octets)) ? "y" : "n")
                .collect(Collectors.joining());
        assertThat(told).isEqualTo(guesses);
    }
}
