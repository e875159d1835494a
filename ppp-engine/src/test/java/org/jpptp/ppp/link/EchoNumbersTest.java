package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.ppp.wire.ControlPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoNumbersTest {
    private final EchoNumbers numbers = new EchoNumbers(Configs.client(), new SplittableRandom(7));

    /** As RFC 1661 §5.8 has it: the peer's magic number, then our data. */
    private static ByteBuf answer(byte... data) {
        return packet(ControlPacket.ECHO_REPLY, data);
    }

    private static ByteBuf packet(int code, byte... data) {
        byte[] behindMagic = new byte[Integer.BYTES + data.length];
        System.arraycopy(data, 0, behindMagic, Integer.BYTES, data.length);
        return ControlPacket.encode(code, 1, behindMagic);
    }

    @Test
    void eachCountsOnce() {
        byte[] first = numbers.next();
        byte[] second = numbers.next();
        assertThat(first).hasSize(8).isNotEqualTo(second);
        assertThat(numbers.which(answer(first))).isZero();
        assertThat(numbers.which(answer(first))).as("looked at only").isZero();
        assertThat(numbers.use(answer(first))).isZero();
        assertThat(numbers.use(answer(first))).isEqualTo(EchoNumbers.NONE);
        assertThat(numbers.use(answer(second))).isEqualTo(1);
        assertThat(numbers.use(answer(second))).isEqualTo(EchoNumbers.NONE);
    }

    @Test
    void noneCountsThatWasGivenBeforeOneThatHas() {
        byte[] first = numbers.next();
        byte[] second = numbers.next();
        assertThat(numbers.use(answer(second))).isEqualTo(1);
        assertThat(numbers.use(answer(first))).isEqualTo(EchoNumbers.NONE);
    }

    @Test
    void onlyTheLastCount() {
        List<byte[]> given = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            given.add(numbers.next());
        }
        assertThat(numbers.count()).isEqualTo(30);
        assertThat(numbers.which(answer(given.get(21)))).isEqualTo(EchoNumbers.NONE);
        assertThat(numbers.which(answer(given.get(22)))).isEqualTo(22);
        assertThat(numbers.which(answer(given.get(29)))).isEqualTo(29);
    }

    @Test
    void nothingElseIsAnAnswer() {
        assertThat(numbers.which(answer(new byte[8]))).as("nothing was asked").isEqualTo(EchoNumbers.NONE);
        byte[] number = numbers.next();
        assertThat(numbers.which(packet(ControlPacket.ECHO_REQUEST, number))).isEqualTo(EchoNumbers.NONE);
        assertThat(numbers.which(answer(new byte[8]))).isEqualTo(EchoNumbers.NONE);
        ByteBuf whole = answer(number);
        for (int length = 0; length < whole.readableBytes(); length++) {
            assertThat(numbers.which(whole.slice(whole.readerIndex(), length))).isEqualTo(EchoNumbers.NONE);
        }
        ByteBuf shorter = answer(number);
        shorter.setShort(shorter.readerIndex() + 2, 15);
        assertThat(numbers.which(shorter)).as("the rest is padding").isEqualTo(EchoNumbers.NONE);
        ByteBuf padded = Unpooled.wrappedBuffer(answer(number), Unpooled.wrappedBuffer(new byte[3]));
        assertThat(numbers.which(padded)).isZero();
    }

    /** Not even one that brings back no data, or less, or something of its own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7})
    void aPeerThatDoesNotCopyAnswersWithoutANumber(int octets) {
        byte[] number = numbers.next();
        assertThat(numbers.which(answer(Arrays.copyOf(number, octets)))).isEqualTo(EchoNumbers.NONE);
    }

    @Test
    void aServersRequestsHaveNone() {
        EchoNumbers servers = new EchoNumbers(Configs.server(), new SplittableRandom(7));
        assertThat(servers.areGiven()).isFalse();
        assertThat(servers.next()).isEmpty();
        assertThat(servers.which(answer(new byte[8]))).isEqualTo(EchoNumbers.NONE);
    }
}
