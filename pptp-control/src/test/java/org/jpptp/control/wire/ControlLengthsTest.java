package org.jpptp.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.jpptp.control.wire.DecodeResult.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every length that can be claimed and every length that can be there. */
class ControlLengthsTest {
    @ParameterizedTest
    @EnumSource
    void everyTruncationAsksForMoreAndTakesNothing(MessageType type) {
        ByteBuf whole = Samples.encode(Samples.of(type));
        for (int length = 0; length < type.length(); length++) {
            ByteBuf part = whole.copy(0, length);
            int known = length < 10 ? 10 : type.length();
            assertThat(ControlCodec.decode(part)).isEqualTo(new NeedMore(known - length));
            assertThat(part.readerIndex()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheOneLengthOfTheTypeIsAccepted(MessageType type) {
        ByteBuf octets = Samples.encode(Samples.of(type)).writeZero(ControlCodec.MAX_LENGTH - type.length());
        for (int length = 0; length <= 0xFFFF; length++) {
            octets.readerIndex(0).setShort(0, length);
            DecodeResult result = ControlCodec.decode(octets);
            if (length == type.length()) {
                assertThat(result).isInstanceOf(Decoded.class);
            } else if (!(result instanceof Malformed malformed && malformed.reason() == Reason.BAD_LENGTH)) {
                throw new AssertionError("length " + length + " gives " + result);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"OUTGOING_CALL_REQUEST, 36", "INCOMING_CALL_REQUEST, 24", "INCOMING_CALL_REQUEST, 26"})
    void aTextIsNoLongerThanItsField(MessageType type, int at) {
        ByteBuf octets = Samples.encode(Samples.of(type));
        for (int length = 0; length <= 0xFFFF; length++) {
            octets.readerIndex(0).setShort(at, length);
            DecodeResult result = ControlCodec.decode(octets);
            if (length <= 64) {
                assertThat(result).isInstanceOf(Decoded.class);
            } else if (!(result instanceof Malformed malformed && malformed.reason() == Reason.BAD_VALUE)) {
                throw new AssertionError("length " + length + " gives " + result);
            }
        }
    }
}
