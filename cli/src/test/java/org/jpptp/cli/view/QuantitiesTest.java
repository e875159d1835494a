package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, '   0.000'",
        "7, '   0.007'",
        "1042, '   1.042'",
        "59999, '  59.999'",
        "1234567, 1234.567",
        "98765432, 98765.432"
    })
    void secondsSinceAStartStandBelowEachOther(long millis, String text) {
        assertThat(Quantities.sinceStart(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'', 3, '   '", "ab, 3, 'ab '", "abc, 3, abc", "abcd, 3, abcd"})
    void whatIsTooWideIsNotCutOff(String text, int width, String padded) {
        assertThat(Quantities.left(text, width)).isEqualTo(padded);
        assertThat(Quantities.right(text, width)).hasSameSizeAs(padded).endsWith(text);
    }
}
