package org.jpptp.ppp.mppc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.mppc.MppcDecompressor.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every class of literal, offset and length, bit by bit (RFC 2118 §4.1, §4.2); and every way to be malformed. */
class MppcBitsTest {
    private static final int LIMIT = 8192;

    private final MppcDecompressor decompressor = new MppcDecompressor(LIMIT);

    /** The octets of bits that are written with spaces between them, filled up with zeros. */
    private static byte[] octets(String bits) {
        String digits = bits.replace(" ", "");
        digits += "0".repeat((8 - digits.length() % 8) % 8);
        byte[] octets = new byte[digits.length() / 8];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(digits.substring(8 * i, 8 * i + 8), 2);
        }
        return octets;
    }

    private Result decompress(byte[] packet, int header) {
        assertThat(decompressor.load(Unpooled.wrappedBuffer(packet))).isTrue();
        Result result = decompressor.decompress(header | Coherency.COMPRESSED);
        if (result == Result.OK) {
            decompressor.take();
        }
        return result;
    }

    private byte[] output() {
        return ByteBufUtil.getBytes(decompressor.output());
    }

    @ParameterizedTest
    @CsvSource({
        // literals: an octet below 0x80 as it is, else 10 and its low seven bits
        "'01000001',                                       41",
        "'00000000 01111111',                              007f",
        "'10 0000000',                                     80",
        "'10 1111111 01000001',                            ff41",
        // offsets: 1111 and six bits below 64; lengths: 3 is 0, 4…7 are 10 and two bits
        "'01100001 01100010 01100011 1111 000011 0',       616263616263",
        "'01100001 1111 000001 0',                         61616161",
        "'01100001 1111 000001 10 00',                     6161616161",
        "'01100001 1111 000001 10 11',                     6161616161616161",
        // 8…15 are 110 and three bits, 16…31 1110 and four
        "'01100001 1111 000001 110 000',                   616161616161616161",
        "'01100001 1111 000001 110 111',                   61616161616161616161616161616161",
        "'01100001 1111 000001 1110 0000',                 6161616161616161616161616161616161",
    })
    void eachClassIsUnderstood(String bits, String plain) {
        assertThat(decompress(octets(bits), Coherency.FLUSHED)).isEqualTo(Result.OK);
        assertThat(HexFormat.of().formatHex(output())).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "1,    1111 000001",
        "63,   1111 111111",
        "64,   1110 00000000",
        "319,  1110 11111111",
        "320,  110 0000000000000",
        "4000, 110 0111001100000",
    })
    void eachOffsetReachesItsPlace(int offset, String bits) {
        byte[] history = new byte[4000];
        for (int i = 0; i < history.length; i++) {
            history[i] = (byte) (i * 7 & 0x7f);
        }
        assertThat(decompress(history, Coherency.FLUSHED))
                .as("all literals below 0x80")
                .isEqualTo(Result.OK);
        assertThat(decompress(octets(bits + " 0"), 0)).isEqualTo(Result.OK);
        byte[] all = Arrays.copyOf(history, 4003);
        for (int i = 4000; i < 4003; i++) {
            all[i] = all[i - offset];
        }
        assertThat(output()).isEqualTo(Arrays.copyOfRange(all, 4000, 4003));
    }

    /** Lengths from 3 to 8191: so many ones, a zero, so many bits. */
    @Test
    void eachLengthIsUnderstood() {
        for (int length = 3; length < 8192; length++) {
            int tail = 31 - Integer.numberOfLeadingZeros(length);
            String bits = length == 3
                    ? "0"
                    : "1".repeat(tail - 1)
                            + "0"
                            + Integer.toBinaryString(length).substring(1);
            assertThat(decompress(octets("01100001 1111 000001 " + bits), Coherency.FLUSHED))
                    .as("length %d", length)
                    .isEqualTo(Result.OK);
            assertThat(decompressor.output().readableBytes()).isEqualTo(length + 1);
        }
    }

    /** What the compressor makes of the same: annotated, so that a change of the encoding is seen. */
    private static final boolean FLUSHED = true;

    @ParameterizedTest
    @CsvSource({
        // a b c, then offset 3 and length 9 (1111 000011 110 001)
        "abcabcabcabc,          616263f0f1",
        // a dot, 59 more of them (1111 000001 11110 11011), then offset 64 and length 4 (1110 00000000 10 00)
        "0123 + 60 dots + 0123, 303132332ef07dbe0080",
    })
    void theCompressorWritesTheseBits(String what, String expected) {
        String plain = what.startsWith("0123") ? "0123" + ".".repeat(60) + "0123" : what;
        ByteBuf frame = Unpooled.copiedBuffer(plain, StandardCharsets.US_ASCII);
        int header = new MppcCompressor().compress(frame, FLUSHED);
        assertThat(header).isEqualTo(Coherency.COMPRESSED | Coherency.AT_FRONT);
        String hex = ByteBufUtil.hexDump(frame);
        assertThat(hex).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNCATED,  '10 000000'", // a literal of nine bits, of which eight are there
        "TRUNCATED,  '01100001 110 00000'",
        "TRUNCATED,  '01100001 1111 000001 11111110'",
        "BAD_OFFSET, '01100001 1111 000000 0'",
        "BAD_OFFSET, '01100001 1111 000010 0'", // from the last octet over the end
        "BAD_OFFSET, '01100001 110 1111111111111 0'", // 8511
        "BAD_LENGTH, '01100001 1111 000001 111111111111 0'",
        "TOO_LONG,   '01100001 1111 000001 11111111111 0 111111111111 1111 000001 0'",
    })
    void whatIsMalformedIsToldAndChangesNothing(Result expected, String bits) {
        String text = "a history that stays";
        assertThat(decompress(text.getBytes(StandardCharsets.US_ASCII), Coherency.FLUSHED))
                .isEqualTo(Result.OK);
        assertThat(decompress(octets(bits), Coherency.FLUSHED)).isEqualTo(expected);
        // "stays" again, from five octets back.
        assertThat(decompress(octets("1111 000101 10 01"), 0)).isEqualTo(Result.OK);
        assertThat(new String(output(), StandardCharsets.US_ASCII)).isEqualTo("stays");
    }

    /** A packet that turns into more than any packet has (threats, row 14). */
    @Test
    void aBombIsDefused() {
        MppcDecompressor small = new MppcDecompressor(1502);
        assertThat(small.load(Unpooled.wrappedBuffer(octets("01100001 1111 000001 11111111111 0 000000000000"))))
                .isTrue();
        assertThat(small.decompress(Coherency.FLUSHED)).isEqualTo(Result.TOO_LONG);
        assertThat(small.load(Unpooled.buffer(1800).writeZero(1800))).isFalse();
        assertThat(small.load(Unpooled.buffer(1600).writeZero(1600))).isTrue();
        assertThat(small.decompress(Coherency.FLUSHED)).isEqualTo(Result.TOO_LONG);
    }

    /** After its front has been written anew, the history still holds what was farther back; and zeros behind that. */
    @Test
    void offsetsReachBehindTheFront() {
        byte[] old = new byte[600];
        for (int i = 0; i < old.length; i++) {
            old[i] = (byte) (i % 100);
        }
        assertThat(decompress(old, Coherency.FLUSHED)).isEqualTo(Result.OK);
        assertThat(decompress(octets("01100001"), Coherency.AT_FRONT)).isEqualTo(Result.OK);
        // At place 1, an offset of 1 + 8192 - 597 reaches place 597: three octets are left there.
        String back = "110 "
                + "0".repeat(13 - Integer.toBinaryString(7596 - 320).length()) + Integer.toBinaryString(7596 - 320);
        assertThat(decompress(octets(back + " 10 00"), 0)).isEqualTo(Result.OK);
        // Histories begin with zeros, which is what lies behind.
        assertThat(output()).containsExactly(97, 98, 99, 0);
        assertThat(decompress(octets("01100001 110 0000000000000 0"), Coherency.FLUSHED))
                .isEqualTo(Result.OK);
        assertThat(output()).as("what was there before is gone").containsExactly(97, 0, 0, 0);
    }
}
