package org.jpptp.gre.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 1, 1",
        "1, 0, -1",
        "4294967295, 0, 1",
        "0, 4294967295, -1",
        "4294967290, 5, 11",
        "2147483647, 2147483648, 1",
        "0, 2147483647, 2147483647",
    })
    void distancesGoAroundTheCircle(long from, long to, int steps) {
        assertThat(SerialNumber.distance((int) from, (int) to)).isEqualTo(steps);
        assertThat(SerialNumber.isAfter((int) to, (int) from)).isEqualTo(steps > 0);
    }
}
