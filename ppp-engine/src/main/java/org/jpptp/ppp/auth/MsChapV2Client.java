package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of MS-CHAPv2 (RFC 2759): proves the password, and succeeds only once the server has proved that it
 * knows it too.
 *
 * <p>The credentials are used once per Challenge of the server and never tried again after a Failure, whatever that
 * permits: servers lock accounts out. After success, a new Challenge is answered and its verdict checked, but the keys
 * and the result stay those of the first time (RFC 3079 §3).
 */
public final class MsChapV2Client implements Authentication {
    private static final long RETRANSMIT_NANOS = Duration.ofSeconds(3).toNanos();

    private enum State {
        /** Not started. */
        INITIAL,
        /** No Challenge has come yet. */
        AWAITING_CHALLENGE,
        /** The Response is out. */
        AWAITING_VERDICT,
        /** The server has proved itself. */
        PROVED,
        /** It had, and has sent another Challenge: that Response is out. */
        AWAITING_VERDICT_AGAIN,
        FAILED
    }

    private final Credentials credentials;
    private final RandomGenerator random;
    private final long timeoutNanos;
    private final AuthOutput output;

    private State state = State.INITIAL;
    private long giveUpAt;
    private long retransmitAt;
    private int responsesSent;
    private @Nullable Exchange exchange;

    /** What was answered, with what, and what the server has to answer. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Exchange(
            int identifier,
            byte[] challenge,
            byte[] peerChallenge,
            ByteBuf response,
            byte[] expectedProof,
            MppeMasterKeys keys) {}

    /**
     * @param random for the peer challenges
     * @param timeout how long the whole authentication may take
     */
    public MsChapV2Client(Credentials credentials, RandomGenerator random, Duration timeout, AuthOutput output) {
        this.credentials = credentials;
        this.random = random;
        this.timeoutNanos = timeout.toNanos();
        this.output = output;
    }

    @Override
    public void start(long nowNanos) {
        state = State.AWAITING_CHALLENGE;
        giveUpAt = nowNanos + timeoutNanos;
    }

    @Override
    public void receive(ByteBuf packet, long nowNanos) {
        if (state == State.INITIAL || state == State.FAILED) {
            return;
        }
        ChapPacket parsed = ChapPacket.parse(packet);
        if (parsed instanceof ChapPacket.Challenge challenge) {
            onChallenge(challenge, nowNanos);
        } else if (parsed instanceof ChapPacket.Success success) {
            onSuccess(success);
        } else if (parsed instanceof ChapPacket.Failure failure) {
            onFailure(failure);
        } else if (parsed instanceof ChapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else {
            output.note("ignored a CHAP Response: we are the client");
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long nowNanos) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long nowNanos) {
        if (nowNanos - deadlineNanos() < 0 || deadlineNanos() == Long.MAX_VALUE) {
            return;
        }
        if (nowNanos - giveUpAt >= 0) {
            fail(Cause.AUTH_TIMEOUT, 0, silence());
        } else if (exchange != null) {
            respond(exchange, nowNanos);
        }
    }

    @Override
    public long deadlineNanos() {
        return switch (state) {
            case AWAITING_CHALLENGE -> giveUpAt;
            case AWAITING_VERDICT -> retransmitAt - giveUpAt < 0 ? retransmitAt : giveUpAt;
            case INITIAL, PROVED, AWAITING_VERDICT_AGAIN, FAILED -> Long.MAX_VALUE;
        };
    }

    private void onChallenge(ChapPacket.Challenge challenge, long nowNanos) {
        byte[] value = challenge.value();
        if (value.length != MsChapV2.CHALLENGE_OCTETS) {
            output.note("ignored a Challenge of " + value.length + " octets: MS-CHAPv2 has 16");
            return;
        }
        if (exchange != null && Arrays.equals(value, exchange.peerChallenge)) {
            reflected();
            return;
        }
        boolean repeated = exchange != null
                && challenge.identifier() == exchange.identifier
                && Arrays.equals(value, exchange.challenge);
        if (exchange == null || !repeated) {
            exchange = answer(challenge);
            state = switch (state) {
                case PROVED, AWAITING_VERDICT_AGAIN -> State.AWAITING_VERDICT_AGAIN;
                default -> State.AWAITING_VERDICT;
            };
        }
        respond(exchange, nowNanos);
    }

    /** Our own challenge come back: whoever sends it wants us to compute the proof that it cannot compute itself. */
    private void reflected() {
        if (state == State.AWAITING_VERDICT) {
            fail(Cause.SERVER_PROOF_WRONG, 0, "the server sent our own challenge back to us");
        } else {
            output.note("ignored a Challenge that is our own, reflected");
        }
    }

    private Exchange answer(ChapPacket.Challenge challenge) {
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        random.nextBytes(peerChallenge);
        byte[] userName = credentials.nameWithoutDomain().getBytes(StandardCharsets.UTF_8);
        byte[] hash = MsChapV2.ntPasswordHash(credentials.password());
        byte[] hashHash = MsChapV2.hashNtPasswordHash(hash);
        byte[] ntResponse = MsChapV2.ntResponse(challenge.value(), peerChallenge, userName, hash);
        byte[] proof = MsChapV2.authenticatorResponse(hashHash, ntResponse, peerChallenge, challenge.value(), userName);
        MppeMasterKeys keys = MppeKeys.fromMsChapV2(hashHash, ntResponse, false);
        Arrays.fill(hash, (byte) 0);
        Arrays.fill(hashHash, (byte) 0);
        ByteBuf response = Unpooled.buffer();
        new ChapPacket.Response(
                        challenge.identifier(),
                        new MsChapV2Response(peerChallenge, ntResponse).toValue(),
                        credentials.name().getBytes(StandardCharsets.UTF_8))
                .writeTo(response);
        return new Exchange(challenge.identifier(), challenge.value(), peerChallenge, response, proof, keys);
    }

    private void respond(Exchange sent, long nowNanos) {
        responsesSent++;
        retransmitAt = nowNanos + RETRANSMIT_NANOS;
        output.send(ChapPacket.PROTOCOL, sent.response.duplicate());
    }

    private void onSuccess(ChapPacket.Success success) {
        Exchange sent = awaitedBy("Success", success.identifier());
        if (sent == null) {
            return;
        }
        MsChapSuccess parsed = MsChapSuccess.parse(success.message());
        if (parsed == null) {
            fail(
                    Cause.SERVER_PROOF_WRONG,
                    0,
                    "the server's Success carries no proof: \"%s\"".formatted(PeerText.escape(success.message())));
        } else if (!MessageDigest.isEqual(parsed.proof(), sent.expectedProof)) {
            fail(Cause.SERVER_PROOF_WRONG, 0, "the proof in the server's Success is not that of our password");
        } else if (state == State.AWAITING_VERDICT_AGAIN) {
            state = State.PROVED;
            output.note("the server has proved itself again; the keys stay");
        } else {
            state = State.PROVED;
            output.succeeded(
                    new AuthResult(AuthMethod.MSCHAPV2, credentials.name(), true, parsed.message(), sent.keys));
        }
    }

    private void onFailure(ChapPacket.Failure packet) {
        if (awaitedBy("Failure", packet.identifier()) == null) {
            return;
        }
        MsChapFailure failure = MsChapFailure.parse(packet.message());
        Cause cause =
                switch (failure.error()) {
                    case 646, 647, 648, 649, 709 -> Cause.ACCOUNT_RESTRICTED;
                    default -> Cause.CREDENTIALS_REJECTED;
                };
        String said = failure.message().isEmpty() ? "" : "; it says \"" + PeerText.escape(failure.message()) + "\"";
        fail(
                cause,
                failure.error(),
                "the server refused user name \"%s\" with E=%d, %s%s"
                        .formatted(credentials.name(), failure.error(), failure.words(), said));
    }

    /** The exchange that a verdict belongs to; null if it is a duplicate, comes too early, or is for another. */
    private @Nullable Exchange awaitedBy(String verdict, int identifier) {
        boolean awaited = state == State.AWAITING_VERDICT || state == State.AWAITING_VERDICT_AGAIN;
        if (awaited && exchange != null && exchange.identifier == identifier) {
            return exchange;
        }
        output.note("ignored a " + verdict + " with identifier " + identifier + " that answers no Response of ours");
        return null;
    }

    private String silence() {
        return responsesSent == 0
                ? "the server sent no Challenge"
                : "the server answered none of our " + responsesSent + " Responses";
    }

    private void fail(Cause cause, int code, String evidence) {
        state = State.FAILED;
        output.failed(new PppFailure(cause, code, evidence));
    }
}
