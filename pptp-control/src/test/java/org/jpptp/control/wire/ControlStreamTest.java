package org.jpptp.control.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.jpptp.control.wire.DecodeResult.Reason;
import org.junit.jupiter.api.Test;

class ControlStreamTest {
    private static ByteBuf session() {
        ByteBuf session = Unpooled.buffer();
        Samples.all().forEach(message -> ControlCodec.encode(message, session));
        return session;
    }

    private static List<ControlMessage> feed(ControlStream stream, ByteBuf chunk) {
        List<ControlMessage> messages = new ArrayList<>();
        while (stream.next(chunk) instanceof Decoded decoded) {
            assertThat(Samples.decode(stream.octets())).isEqualTo(decoded.message());
            messages.add(decoded.message());
        }
        return messages;
    }

    @Test
    void allMessagesGluedTogetherComeApart() {
        ControlStream stream = new ControlStream();
        assertThat(feed(stream, session())).isEqualTo(Samples.all());
        assertThat(stream.unfinishedOctets()).isZero();
    }

    @Test
    void everySplitInTwoGivesTheSameMessages() {
        ByteBuf session = session();
        for (int cut = 0; cut <= session.writerIndex(); cut++) {
            ControlStream stream = new ControlStream();
            List<ControlMessage> messages = feed(stream, session.copy(0, cut));
            messages.addAll(feed(stream, session.copy(cut, session.writerIndex() - cut)));
            assertThat(messages).as("cut at %d", cut).isEqualTo(Samples.all());
        }
    }

    @Test
    void everyPortionSizeGivesTheSameMessages() {
        ByteBuf session = session();
        for (int size = 1; size <= ControlCodec.MAX_LENGTH + 1; size++) {
            ControlStream stream = new ControlStream();
            List<ControlMessage> messages = new ArrayList<>();
            for (int at = 0; at < session.writerIndex(); at += size) {
                messages.addAll(feed(stream, session.copy(at, Math.min(size, session.writerIndex() - at))));
            }
            assertThat(messages).as("portions of %d", size).isEqualTo(Samples.all());
        }
    }

    @Test
    void unfinishedOctetsAreCounted() {
        ControlStream stream = new ControlStream();
        assertThat(stream.next(Samples.encode(new EchoRequest(1)).copy(0, 13))).isEqualTo(new NeedMore(3));
        assertThat(stream.unfinishedOctets()).isEqualTo(13);
    }

    @Test
    void whatIsNotPptpIsQuotedAsFarAsItIsThere() {
        ControlStream stream = new ControlStream();
        ByteBuf answer =
                Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\n\u001b]0;\u0007" + "x".repeat(5000), US_ASCII);
        Malformed malformed = new Malformed(
                Reason.NOT_PPTP, "\"HTTP/1.1 400 Bad Request\\x0d\\x0a\\x1b]0;\\x07xxxxxxxxxxxxxxxxx\"...");
        assertThat(stream.next(answer)).isEqualTo(malformed);
        assertThat(stream.next(Samples.encode(new EchoRequest(1))))
                .as("for good")
                .isEqualTo(malformed);
    }

    @Test
    void garbageNeverThrowsAndIsNeverHeld() {
        SplittableRandom random = new SplittableRandom(1723);
        for (int round = 0; round < 5_000; round++) {
            byte[] octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            if (random.nextBoolean()) {
                ByteBuf header = Unpooled.wrappedBuffer(octets).clear();
                if (header.capacity() >= 10) {
                    header.writeShort(random.nextInt(256))
                            .writeShort(1)
                            .writeInt(0x1A2B3C4D)
                            .writeShort(random.nextInt(17));
                }
            }
            ControlStream stream = new ControlStream();
            feed(stream, Unpooled.wrappedBuffer(octets));
            assertThat(stream.octets().capacity()).isEqualTo(ControlCodec.MAX_LENGTH);
        }
    }
}
