package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.MsChapSuccess;
import org.jpptp.ppp.auth.MsChapV2;
import org.jpptp.ppp.auth.MsChapV2Proof;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of EAP-MS-CHAPv2 (draft-kamath-pppext-eap-mschapv2): the Type-Data of a Request is a CHAP packet of
 * RFC 2759 with OpCode for code and MS-CHAPv2-ID for identifier; Success and Failure are acknowledged by their OpCode.
 *
 * <p>EAP answers Request by Response, so that there is one Response whose verdict a Success or a Failure can be, whatever
 * its MS-CHAPv2-ID: pppd puts the identifier of the EAP packet there. The proof says whether a Success is genuine.
 */
final class EapMsChapV2Client implements EapClientMethod {
    private static final int AUTHENTICATION_FAILURE = 691;

    private final boolean interactive;
    private final RandomGenerator random;
    private Credentials credentials;

    private int chapIdentifier;
    private byte[] peerChallenge = new byte[0];
    /** What the server has to prove, null while no Response waits for its verdict. */
    private @Nullable MsChapV2Proof awaited;

    private @Nullable AuthResult result;
    /** Of a Failure that permits another try, until there is one. */
    private @Nullable Refusal refusal;

    private byte[] retryChallenge = new byte[0];

    EapMsChapV2Client(Credentials credentials, boolean interactive, RandomGenerator random) {
        this.credentials = credentials;
        this.interactive = interactive;
        this.random = random;
    }

    @Override
    public int type() {
        return EapType.MSCHAPV2;
    }

    @Override
    public Answer request(int identifier, byte[] data) {
        ChapPacket parsed = ChapPacket.parse(Unpooled.wrappedBuffer(data));
        if (parsed instanceof ChapPacket.Challenge challenge) {
            return challenge(challenge);
        }
        if (parsed instanceof ChapPacket.Success success) {
            return success(success);
        }
        if (parsed instanceof ChapPacket.Failure failure) {
            return failure(failure);
        }
        return new Answer.Ignored(
                parsed instanceof ChapPacket.Malformed malformed
                        ? "inside EAP-MS-CHAPv2 " + malformed.why()
                        : "an EAP-MS-CHAPv2 Response: we are the client");
    }

    private Answer challenge(ChapPacket.Challenge challenge) {
        if (challenge.value().length != MsChapV2.CHALLENGE_OCTETS) {
            return new Answer.Ignored("a Challenge of " + challenge.value().length + " octets: MS-CHAPv2 has 16");
        }
        if (Arrays.equals(challenge.value(), peerChallenge)) {
            return new Answer.Failed(null, new AuthFailure.ProofReflected());
        }
        return respond(challenge.identifier(), challenge.value());
    }

    private Answer respond(int identifier, byte[] challenge) {
        MsChapV2Proof proof = MsChapV2Proof.answer(credentials, credentials.password(), challenge, random);
        chapIdentifier = identifier;
        peerChallenge = proof.response().peerChallenge();
        awaited = proof;
        result = null;
        ByteBuf response = Unpooled.buffer();
        new ChapPacket.Response(
                        identifier,
                        proof.response().toValue(),
                        credentials.name().getBytes(StandardCharsets.UTF_8))
                .writeTo(response);
        return new Answer.Reply(ByteBufUtil.getBytes(response));
    }

    private Answer success(ChapPacket.Success packet) {
        MsChapV2Proof proof = awaited;
        if (proof == null) {
            return new Answer.Ignored("an EAP-MS-CHAPv2 Success that answers no Response of ours");
        }
        MsChapSuccess parsed = MsChapSuccess.parse(packet.message());
        if (parsed == null) {
            return new Answer.Failed(null, new AuthFailure.ProofMissing(PeerText.escape(packet.message())));
        }
        if (!MessageDigest.isEqual(parsed.proof(), proof.expected())) {
            return new Answer.Failed(null, new AuthFailure.ProofWrong());
        }
        awaited = null;
        result = AuthResult.mutual(AuthMethod.EAP_MSCHAPV2, credentials.name(), parsed.message(), proof.keys());
        return new Answer.Reply(new byte[] {ChapPacket.SUCCESS});
    }

    private Answer failure(ChapPacket.Failure packet) {
        if (awaited == null) {
            return new Answer.Ignored("an EAP-MS-CHAPv2 Failure that answers no Response of ours");
        }
        awaited = null;
        MsChapFailure failure = MsChapFailure.parse(packet.message());
        Refusal refused = new Refusal(
                Refusal.Verdict.FAILURE_INSIDE_EAP,
                credentials.name(),
                failure.error(),
                PeerText.escape(failure.message()));
        byte[] next = failure.challengeOctets(MsChapV2.CHALLENGE_OCTETS);
        if (interactive && failure.retry() && failure.error() == AUTHENTICATION_FAILURE && next != null) {
            refusal = refused;
            retryChallenge = next;
            return new Answer.Wanted(new PppEvent.SecretWanted(PppEvent.Secret.CREDENTIALS, refused));
        }
        return new Answer.Failed(new byte[] {ChapPacket.FAILURE}, refused.failure());
    }

    @Override
    public Answer provide(@Nullable Credentials answer) {
        Refusal refused = refusal;
        refusal = null;
        if (refused == null) {
            return new Answer.Ignored("a secret that nobody asked for");
        }
        if (answer == null) {
            return new Answer.Failed(new byte[] {ChapPacket.FAILURE}, refused.failure());
        }
        credentials = answer;
        // The sequence goes on with each retry (RFC 2759 §9.1).
        return respond(chapIdentifier + 1 & 0xff, retryChallenge);
    }

    @Override
    public @Nullable PppFailure pending() {
        return refusal == null ? null : refusal.failure();
    }

    @Override
    public @Nullable AuthResult result() {
        return result;
    }
}
