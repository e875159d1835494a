package org.jpptp.client.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracedGreTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3081880b0020000700000005ffffffff | GRE seq=5 ack=4294967295 call=7, 32 octets
            3001880b0020000700000005         | GRE seq=5 call=7, 32 octets
            2081880b0000000700000003         | GRE ack=3 call=7, 0 octets
            3081880b00200007000000           | GRE call=7, 32 octets
            3081880b002000                   | GRE, 7 octets
            """)
    void tellsTheNumbers(String packet, String words) {
        ByteBuf octets = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet));
        assertThat(TracedGre.describe(octets)).isEqualTo(words);
        assertThat(octets.readerIndex()).isZero();
    }
}
