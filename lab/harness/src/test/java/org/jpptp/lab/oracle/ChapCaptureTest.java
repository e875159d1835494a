package org.jpptp.lab.oracle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.MsChapV2Client;
import org.jpptp.ppp.wire.PppFrame;
import org.junit.jupiter.api.Test;

/** An MS-CHAPv2 exchange between two foreign implementations, of which the password is known. */
class ChapCaptureTest {
    private static final String PASSWORD = "bPCFyF2uL1p5Lg5yrKmqmY";
    private static final String SERVER_PROOF = "54644F81E5F18C0EE9E26776495D6BC7ADDFB767";

    /** Code, identifier, length, value size. */
    private static final int VALUE_AT = 5;

    private static final int CHALLENGE_OCTETS = 16;

    @Test
    void ourClientSendsTheSameResponseAndAcceptsTheServersProof() throws IOException {
        List<byte[]> packets = chapPackets();
        byte[] response = packets.get(1);
        byte[] success = packets.get(2);
        Output output = new Output();
        MsChapV2Client client = new MsChapV2Client(
                new AuthRole.Authenticatee(
                        new Credentials("moxie", PASSWORD.toCharArray()), Set.of(AuthMethod.MSCHAPV2)),
                new Replay(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(response), VALUE_AT, CHALLENGE_OCTETS)),
                Duration.ofSeconds(30),
                output);

        client.start(0);
        client.receive(Unpooled.wrappedBuffer(packets.get(0)), 0);
        assertThat(output.sent).containsExactly(response);

        assertThat(new String(success, US_ASCII)).contains("S=" + SERVER_PROOF);
        client.receive(Unpooled.wrappedBuffer(success), 0);
        assertThat(output.results).hasSize(1);
        AuthResult result = output.results.get(0);
        assertThat(result.mutual()).isTrue();
        assertThat(result.message()).isEqualTo("Access granted");
        assertThat(result.keys()).isNotNull();
    }

    @Test
    void ourClientRefusesAnotherProof() throws IOException {
        List<byte[]> packets = chapPackets();
        Output output = new Output();
        MsChapV2Client client = new MsChapV2Client(
                new AuthRole.Authenticatee(
                        new Credentials("moxie", PASSWORD.toCharArray()), Set.of(AuthMethod.MSCHAPV2)),
                new Replay(new byte[CHALLENGE_OCTETS]),
                Duration.ofSeconds(30),
                output);
        client.start(0);
        client.receive(Unpooled.wrappedBuffer(packets.get(0)), 0);
        client.receive(Unpooled.wrappedBuffer(packets.get(2)), 0);
        assertThat(output.results).isEmpty();
        assertThat(output.failures).hasSize(1);
    }

    private static List<byte[]> chapPackets() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        for (PcapFile.GrePacket packet :
                PcapFile.read(Captures.pcap(Captures.CHAP_ONLY)).grePackets()) {
            ByteBuf octets = packet.octets();
            GreHeader header = new GreHeader();
            header.parse(octets, 0, octets.readableBytes());
            ByteBuf frame = octets.slice(header.payloadIndex(), header.payloadLength());
            PppFrame.parse(frame);
            packets.add(ByteBufUtil.getBytes(frame));
        }
        return packets;
    }

    /** The peer challenge of the capture in place of a random one. */
    private static final class Replay implements RandomGenerator {
        private final byte[] octets;

        Replay(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public void nextBytes(byte[] into) {
            assertThat(into).hasSameSizeAs(octets);
            System.arraycopy(octets, 0, into, 0, octets.length);
        }

        @Override
        public long nextLong() {
            throw new AssertionError("only the peer challenge is random");
        }
    }

    private static final class Output implements AuthOutput {
        private final List<byte[]> sent = new ArrayList<>();
        private final List<AuthResult> results = new ArrayList<>();
        private final List<PppFailure> failures = new ArrayList<>();

        @Override
        public void send(int protocol, ByteBuf packet, long now) {
            sent.add(ByteBufUtil.getBytes(packet));
        }

        @Override
        public void note(String why) {}

        @Override
        public void succeeded(AuthResult result, long now) {
            results.add(result);
        }

        @Override
        public void wanted(PppEvent.SecretWanted secret, long now) {
            throw new AssertionError(secret.toString());
        }

        @Override
        public void failed(PppFailure failure) {
            failures.add(failure);
        }
    }
}
