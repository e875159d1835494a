package org.jpptp.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jpptp.ppp.auth.ChapPacket.Challenge;
import org.jpptp.ppp.auth.ChapPacket.Response;
import org.jpptp.ppp.auth.ChapPacket.Success;
import org.junit.jupiter.api.Test;

/** A session between two implementations that are not ours, of which the password is known. */
class CaptureTest {
    private static final char[] PASSWORD = "bPCFyF2uL1p5Lg5yrKmqmY".toCharArray();
    private static final int PCAP_HEADER_OCTETS = 24;
    private static final int RECORD_HEADER_OCTETS = 16;

    @Test
    void theResponseVerifiesAndTheProofComesOut() throws IOException {
        List<ChapPacket> packets = read("/chap-only.pcap");
        Challenge challenge = (Challenge) packets.get(0);
        Response response = (Response) packets.get(1);
        Success success = (Success) packets.get(2);
        MsChapV2Response value = MsChapV2Response.parse(response.value());
        assertThat(value).isNotNull();
        assertThat(value.toValue()).isEqualTo(response.value());
        assertThat(response.name()).asString(US_ASCII).isEqualTo("moxie");

        byte[] hash = MsChapV2.ntPasswordHash(PASSWORD);
        assertThat(MsChapV2.ntResponse(challenge.value(), value.peerChallenge(), response.name(), hash))
                .isEqualTo(value.ntResponse());
        byte[] proof = MsChapV2.authenticatorResponse(
                MsChapV2.hashNtPasswordHash(hash),
                value.ntResponse(),
                value.peerChallenge(),
                challenge.value(),
                response.name());
        assertThat(MsChapV2.authenticatorResponseText(proof)).isEqualTo("S=54644F81E5F18C0EE9E26776495D6BC7ADDFB767");
        MsChapSuccess parsed = MsChapSuccess.parse(success.message());
        assertThat(parsed).isNotNull();
        assertThat(parsed.proof()).isEqualTo(proof);
    }

    /** The CHAP packets of a capture: Ethernet, IPv4, enhanced GRE, PPP with its address field left out or not. */
    private static List<ChapPacket> read(String resource) throws IOException {
        ByteBuf file;
        try (InputStream in = Objects.requireNonNull(CaptureTest.class.getResourceAsStream(resource))) {
            file = Unpooled.wrappedBuffer(in.readAllBytes()).skipBytes(PCAP_HEADER_OCTETS);
        }
        List<ChapPacket> packets = new ArrayList<>();
        while (file.isReadable()) {
            int length = file.getIntLE(file.readerIndex() + 8);
            ByteBuf frame = file.skipBytes(RECORD_HEADER_OCTETS).readSlice(length);
            frame.skipBytes(14 + 20);
            int flags = frame.getUnsignedShort(frame.readerIndex());
            frame.skipBytes(8 + ((flags & 0x1000) != 0 ? 4 : 0) + ((flags & 0x80) != 0 ? 4 : 0));
            if (frame.getUnsignedShort(frame.readerIndex()) == 0xff03) {
                frame.skipBytes(2);
            }
            assertThat(frame.readUnsignedShort()).isEqualTo(0xc223);
            packets.add(ChapPacket.parse(frame));
        }
        return packets;
    }
}
