package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Random;
import org.jpptp.ppp.auth.ChapPacket.Challenge;
import org.jpptp.ppp.auth.ChapPacket.Failure;
import org.jpptp.ppp.auth.ChapPacket.Malformed;
import org.jpptp.ppp.auth.ChapPacket.Response;
import org.jpptp.ppp.auth.ChapPacket.Success;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChapPacketTest {
    @Test
    void readsEachCode() {
        // code, identifier, length, value size, value, name; two octets of padding
        Challenge challenge = (Challenge) parse("01 b0 000a 03 010203 6162 ffff");
        assertThat(challenge.identifier()).isEqualTo(0xb0);
        assertThat(challenge.value()).containsExactly(1, 2, 3);
        assertThat(challenge.name()).containsExactly('a', 'b');
        Response response = (Response) parse("02 ff 0006 01 09");
        assertThat(response.value()).containsExactly(9);
        assertThat(response.name()).isEmpty();
        assertThat(((Success) parse("03 01 0006 533d")).message()).containsExactly('S', '=');
        assertThat(((Failure) parse("04 01 0004")).message()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''               | a CHAP packet of 0 octets",
                "01 00 00         | a CHAP packet of 3 octets",
                "01 00 0003       | a CHAP length of 3 in 4 octets",
                "01 00 0005       | a CHAP length of 5 in 4 octets",
                "01 00 ffff 00    | a CHAP length of 65535 in 5 octets",
                "01 00 0004       | a CHAP packet without a value",
                "02 00 0006 02 00 | a CHAP value of 2 in 1 octets",
                "02 00 0006 ff 00 | a CHAP value of 255 in 1 octets",
                "05 00 0004       | CHAP code 5",
                "06 00 0004       | a Change-Password of 4 octets",
                "07 00 0004       | a Change-Password of 4 octets",
                "00 00 0004       | CHAP code 0",
                "ff 00 0004       | CHAP code 255",
            })
    void saysWhyItCannotRead(String hex, String why) {
        assertThat(parse(hex)).isEqualTo(new Malformed(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01b0000a030102036162", "0200000501" + "aa", "03010006533d", "04010004"})
    void writesWhatItReads(String hex) {
        if (!(parse(hex) instanceof Malformed)) {
            ByteBuf out = Unpooled.buffer();
            parse(hex).writeTo(out);
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
        }
    }

    @Test
    void anyOctetsAreAPacketOrMalformed() {
        Random random = new Random(1994);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(70)];
            random.nextBytes(octets);
            if (octets.length > 3 && random.nextBoolean()) {
                octets[0] &= 7;
                octets[2] = 0;
                octets[3] &= 0x3f;
            }
            assertThat(ChapPacket.parse(Unpooled.wrappedBuffer(octets))).isNotNull();
        }
    }

    private static ChapPacket parse(String hex) {
        return ChapPacket.parse(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
