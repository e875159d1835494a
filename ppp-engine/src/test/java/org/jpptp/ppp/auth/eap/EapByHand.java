package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapV2;
import org.jpptp.ppp.auth.MsChapV2Response;
import org.jpptp.ppp.auth.Recorder;

/** An EAP client, and what a server sends it, by hand. */
final class EapByHand {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final Credentials ALICE = new Credentials("BIGCO\\alice", "gr\u00fc\u00dfe".toCharArray());
    static final byte[] CHALLENGE = new byte[16];
    static final String RETRY = "E=691 R=1 C=" + "0A".repeat(16) + " V=3 M=again";

    private static final boolean INTERACTIVE = true;

    /** Whether the server knows the password. */
    enum Proof {
        RIGHT,
        WRONG
    }

    private EapByHand() {}

    static EapClient client(Set<AuthMethod> allowed, Recorder output) {
        return new EapClient(new AuthRole.Authenticatee(ALICE, allowed), new Random(1), TIMEOUT, output);
    }

    /** With somebody to ask. */
    static EapClient interactiveClient(Set<AuthMethod> allowed, Recorder output) {
        return new EapClient(new AuthRole.Authenticatee(ALICE, allowed, INTERACTIVE), new Random(1), TIMEOUT, output);
    }

    static ByteBuf request(int identifier, int type, byte... data) {
        ByteBuf out = Unpooled.buffer();
        new EapPacket.Request(identifier, type, data).writeTo(out);
        return out;
    }

    private static byte[] chap(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    static ByteBuf challenge(int identifier, byte[] value) {
        return request(identifier, 26, chap(new ChapPacket.Challenge(5, value, new byte[] {'g'})));
    }

    static ByteBuf failure(int identifier, String message) {
        return request(identifier, 26, chap(new ChapPacket.Failure(5, message.getBytes(StandardCharsets.US_ASCII))));
    }

    static ByteBuf success(int identifier, Proof proof, Recorder output) {
        return request(
                identifier,
                26,
                chap(new ChapPacket.Success(5, proof(proof, output).getBytes(StandardCharsets.US_ASCII))));
    }

    static ByteBuf verdict(int code, int identifier) {
        return Unpooled.wrappedBuffer(new byte[] {(byte) code, (byte) identifier, 0, 4});
    }

    /** What the server owes us for our last Response with an OpCode of 2. */
    private static String proof(Proof which, Recorder output) {
        byte[] proof = new byte[20];
        for (ByteBuf sent : output.sent) {
            if (EapPacket.parse(sent.duplicate()) instanceof EapPacket.Response response
                    && response.type() == 26
                    && ChapPacket.parse(Unpooled.wrappedBuffer(response.data())) instanceof ChapPacket.Response inner) {
                MsChapV2Response value = MsChapV2Response.parse(inner.value());
                if (value != null && which == Proof.RIGHT) {
                    proof = MsChapV2.authenticatorResponse(
                            MsChapV2.hashNtPasswordHash(MsChapV2.ntPasswordHash(ALICE.password())),
                            value.ntResponse(),
                            value.peerChallenge(),
                            CHALLENGE,
                            "alice".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return MsChapV2.authenticatorResponseText(proof) + " M=ok";
    }

    static EapPacket.Response lastResponse(Recorder output) {
        return (EapPacket.Response) EapPacket.parse(output.last());
    }

    /** Brings a client to a state. Returns the Identifier of the last Request. */
    static int reach(String state, EapClient client, Recorder output) {
        if (state.equals("INITIAL")) {
            return 0;
        }
        client.start(0);
        if (state.equals("WAITING")) {
            return 0;
        }
        client.receive(request(1, 1), 0);
        if (state.equals("NAMED")) {
            return 1;
        }
        client.receive(challenge(2, CHALLENGE), 0);
        if (state.equals("ANSWERED")) {
            return 2;
        }
        client.receive(success(3, state.equals("FAILED") ? Proof.WRONG : Proof.RIGHT, output), 0);
        if (state.equals("PROVED")) {
            client.receive(verdict(3, 3), 0);
        }
        return 3;
    }
}
