package org.jpptp.gre;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.gre.wire.GreHeader;

/** A tunnel that holds up to four packets for up to 50 ms, and what leaves it. */
final class RecordedTunnel {
    static final long MILLI = 1_000_000L;
    /** How payloads begin that only the peer can send. */
    static final String ANSWER = "answer";

    /** What left the tunnel: ">" for the peer, and payloads as they are. */
    final List<String> events = new ArrayList<>();

    final GreOutput output = new GreOutput() {
        @Override
        public void transmit(ByteBuf packet) {
            GreHeader header = new GreHeader();
            assertThat(header.parse(packet, packet.readerIndex(), packet.writerIndex()))
                    .isEqualTo(GreHeader.Result.OK);
            assertThat(GreHeader.callId(packet)).isEqualTo(GrePackets.RIGHT_CALL);
            events.add(">"
                    + (header.hasSequence() ? " seq " + Integer.toUnsignedString(header.sequence()) : "")
                    + (header.hasAcknowledgement()
                            ? " ack " + Integer.toUnsignedString(header.acknowledgement())
                            : ""));
        }

        @Override
        public Trust deliver(ByteBuf frame, int sequence, long now) {
            events.add(frame.toString(US_ASCII));
            return Trust.UNPROVEN;
        }

        @Override
        public boolean answers(ByteBuf frame, long now) {
            return frame.toString(US_ASCII).startsWith(ANSWER);
        }
    };

    final GreTunnel tunnel = new GreTunnel(config(4), output);
    final GreStats stats = tunnel.stats();

    static GreConfig config(int reorderPackets) {
        return new GreConfig(
                GrePackets.LEFT_CALL,
                GrePackets.RIGHT_CALL,
                Duration.ofMillis(100),
                reorderPackets,
                Duration.ofMillis(50),
                GreConfig.Numbering.FROM_ZERO);
    }

    void receiveAnswer(long millis, int sequence) {
        GrePackets.receive(
                tunnel, GrePackets.payload(sequence, ANSWER + Integer.toUnsignedString(sequence)), millis * MILLI);
    }

    void receive(long millis, int... sequences) {
        for (int sequence : sequences) {
            GrePackets.receive(
                    tunnel, GrePackets.payload(sequence, "p" + Integer.toUnsignedString(sequence)), millis * MILLI);
        }
    }
}
