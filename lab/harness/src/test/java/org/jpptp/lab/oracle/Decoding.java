package org.jpptp.lab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.control.wire.ControlStream;
import org.jpptp.control.wire.DecodeResult;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.MessageText;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.lab.oracle.PcapFile.GrePacket;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/** What this project's decoders make of a capture, as text; whatever they cannot decode fails the test. */
final class Decoding {
    /** Below it are datagrams, from it on the control protocols (RFC 1661 §2). */
    private static final int CONTROL_PROTOCOLS = 0x8000;

    private final List<String> lines = new ArrayList<>();
    private final List<String> controlNames = new ArrayList<>();
    private final List<String> pppNames = new ArrayList<>();

    static Decoding of(PcapFile capture) {
        Decoding decoding = new Decoding();
        capture.controlStreams().forEach(decoding::control);
        capture.grePackets().forEach(decoding::gre);
        return decoding;
    }

    /** A line for each message and packet. */
    List<String> lines() {
        return lines;
    }

    /** The names of the control messages, direction after direction. */
    List<String> controlNames() {
        return controlNames;
    }

    /** The names of the PPP control packets, such as {@code LCP ConfReq}. */
    List<String> pppNames() {
        return pppNames;
    }

    private void control(String direction, byte[] octets) {
        lines.add("TCP " + direction);
        ControlStream stream = new ControlStream();
        ByteBuf rest = Unpooled.wrappedBuffer(octets);
        while (rest.isReadable()) {
            DecodeResult result = stream.next(rest);
            assertThat(result).as(direction).isInstanceOf(Decoded.class);
            if (result instanceof Decoded decoded) {
                controlNames.add(decoded.message().type().rfcName());
                lines.add("  " + MessageText.describe(decoded.message())
                        + (decoded.reservedSet() ? " (reserved field set)" : ""));
            }
        }
    }

    private void gre(GrePacket packet) {
        ByteBuf octets = packet.octets();
        GreHeader header = new GreHeader();
        assertThat(header.parse(octets, 0, octets.readableBytes())).isEqualTo(GreHeader.Result.OK);
        lines.add("GRE " + packet.source() + " > " + packet.destination() + " call=" + GreHeader.callId(octets)
                + (header.hasSequence() ? " seq=" + Integer.toUnsignedString(header.sequence()) : "")
                + (header.hasAcknowledgement() ? " ack=" + Integer.toUnsignedString(header.acknowledgement()) : ""));
        if (header.payloadLength() > 0) {
            ppp(octets.slice(header.payloadIndex(), header.payloadLength()));
        }
    }

    private void ppp(ByteBuf frame) {
        int protocol = PppFrame.parse(frame);
        assertThat(protocol).isNotEqualTo(PppFrame.MALFORMED);
        if (protocol < CONTROL_PROTOCOLS) {
            lines.add("  " + PppProtocol.name(protocol) + " " + frame.readableBytes() + " octets");
            return;
        }
        String description = PacketText.describe(protocol, frame);
        pppNames.add(description.replaceFirst(" id=.*", ""));
        lines.add("  " + description);
    }
}
