package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of MS-CHAPv2 (RFC 2759): one Challenge, one verdict.
 *
 * <p>An unknown user gets what a wrong password gets, after the same work. The Response that a verdict was given on, and
 * any other with its identifier, gets that verdict again (RFC 1994 §4.1).
 */
public final class MsChapV2Server implements Authentication {
    private static final long RETRANSMIT_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int AUTHENTICATION_FAILURE = 691;

    private enum State {
        INITIAL,
        AWAITING_RESPONSE,
        DECIDED,
        FAILED
    }

    private final AuthRole.Accounts accounts;
    private final RandomGenerator random;
    private final long timeoutNanos;
    private final AuthOutput output;

    private final int identifier;
    private final byte[] challenge = new byte[MsChapV2.CHALLENGE_OCTETS];
    private final ByteBuf challengePacket = Unpooled.buffer();
    private final ByteBuf verdict = Unpooled.buffer();

    private State state = State.INITIAL;
    private long giveUpAt;
    private long retransmitAt;
    private int challengesSent;

    /**
     * @param name the server's own name, sent in the Challenge
     * @param random for the challenges
     * @param timeout how long the peer may take
     */
    public MsChapV2Server(
            String name, AuthRole.Accounts accounts, RandomGenerator random, Duration timeout, AuthOutput output) {
        this.accounts = accounts;
        this.random = random;
        this.timeoutNanos = timeout.toNanos();
        this.output = output;
        identifier = random.nextInt(256);
        random.nextBytes(challenge);
        new ChapPacket.Challenge(identifier, challenge, name.getBytes(StandardCharsets.UTF_8)).writeTo(challengePacket);
    }

    @Override
    public void start(long nowNanos) {
        state = State.AWAITING_RESPONSE;
        giveUpAt = nowNanos + timeoutNanos;
        sendChallenge(nowNanos);
    }

    @Override
    public void receive(ByteBuf packet, long nowNanos) {
        if (state == State.INITIAL) {
            return;
        }
        ChapPacket parsed = ChapPacket.parse(packet);
        if (parsed instanceof ChapPacket.Response response) {
            onResponse(response);
        } else if (parsed instanceof ChapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else {
            output.note("ignored a CHAP packet that only a server sends");
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long nowNanos) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long nowNanos) {
        if (state != State.AWAITING_RESPONSE) {
            return;
        }
        if (nowNanos - giveUpAt >= 0) {
            fail(Cause.AUTH_TIMEOUT, 0, "no Response to our " + challengesSent + " Challenges");
        } else if (nowNanos - retransmitAt >= 0) {
            sendChallenge(nowNanos);
        }
    }

    @Override
    public long deadlineNanos() {
        if (state != State.AWAITING_RESPONSE) {
            return Long.MAX_VALUE;
        }
        return retransmitAt - giveUpAt < 0 ? retransmitAt : giveUpAt;
    }

    private void sendChallenge(long nowNanos) {
        challengesSent++;
        retransmitAt = nowNanos + RETRANSMIT_NANOS;
        output.send(ChapPacket.PROTOCOL, challengePacket.duplicate());
    }

    private void onResponse(ChapPacket.Response response) {
        if (response.identifier() != identifier) {
            output.note("ignored a Response with identifier " + response.identifier() + ", not " + identifier);
        } else if (verdict.isReadable()) {
            output.send(ChapPacket.PROTOCOL, verdict.duplicate());
        } else if (state == State.AWAITING_RESPONSE) {
            decide(response);
        }
    }

    private void decide(ChapPacket.Response response) {
        MsChapV2Response value = MsChapV2Response.parse(response.value());
        if (value == null) {
            output.note("ignored a Response of " + response.value().length + " octets: MS-CHAPv2 has 49");
            return;
        }
        String name = new String(response.name(), StandardCharsets.UTF_8);
        byte[] userName = withoutDomain(response.name());
        AuthRole.@Nullable Account account = accounts.find(name);
        byte[] hash = MsChapV2.ntPasswordHash(
                account == null ? new char[0] : account.credentials().password());
        byte[] expected = MsChapV2.ntResponse(challenge, value.peerChallenge(), userName, hash);
        boolean matches = MessageDigest.isEqual(expected, value.ntResponse());
        byte[] hashHash = MsChapV2.hashNtPasswordHash(hash);
        Arrays.fill(hash, (byte) 0);
        if (account == null || !matches) {
            refuse(AUTHENTICATION_FAILURE, Cause.CREDENTIALS_REJECTED, response.name());
        } else if (account.error() != 0) {
            refuse(account.error(), Cause.ACCOUNT_RESTRICTED, response.name());
        } else {
            accept(name, value, userName, hashHash);
        }
        Arrays.fill(hashHash, (byte) 0);
    }

    private void accept(String name, MsChapV2Response value, byte[] userName, byte[] hashHash) {
        byte[] proof = MsChapV2.authenticatorResponse(
                hashHash, value.ntResponse(), value.peerChallenge(), challenge, userName);
        String message = MsChapV2.authenticatorResponseText(proof) + " M=Access granted";
        state = State.DECIDED;
        new ChapPacket.Success(identifier, message.getBytes(StandardCharsets.US_ASCII)).writeTo(verdict);
        output.send(ChapPacket.PROTOCOL, verdict.duplicate());
        // Whether the peer verified our proof is its own knowledge, not ours.
        output.succeeded(new AuthResult(
                AuthMethod.MSCHAPV2, name, false, "", MppeKeys.fromMsChapV2(hashHash, value.ntResponse(), true)));
    }

    private void refuse(int error, Cause cause, byte[] name) {
        byte[] next = new byte[MsChapV2.CHALLENGE_OCTETS];
        random.nextBytes(next);
        String message = "E=%d R=0 C=%s V=3 M=%s"
                .formatted(error, HexFormat.of().withUpperCase().formatHex(next), MsChapFailure.words(error));
        new ChapPacket.Failure(identifier, message.getBytes(StandardCharsets.US_ASCII)).writeTo(verdict);
        output.send(ChapPacket.PROTOCOL, verdict.duplicate());
        fail(
                cause,
                error,
                "refused user name \"%s\" with E=%d, %s"
                        .formatted(PeerText.escape(name), error, MsChapFailure.words(error)));
    }

    private void fail(Cause cause, int code, String evidence) {
        state = State.FAILED;
        output.failed(new PppFailure(cause, code, evidence));
    }

    /** The octets behind the last backslash: what the peer hashed. */
    private static byte[] withoutDomain(byte[] name) {
        int from = name.length;
        while (from > 0 && name[from - 1] != '\\') {
            from--;
        }
        return Arrays.copyOfRange(name, from, name.length);
    }
}
