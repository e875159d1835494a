package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of CHAP, whatever the algorithm: one Challenge, one verdict.
 *
 * <p>An unknown user gets what a wrong password gets, after the same work. The Response that a verdict was given on, and
 * any other with its identifier, gets that verdict again (RFC 1994 §4.1).
 */
abstract sealed class ChapServer implements Authentication permits ChapMd5Server, MsChapServer {
    private static final char[] NO_PASSWORD = {};

    private enum State {
        INITIAL,
        AWAITING_RESPONSE,
        /** A Failure is out that permits another Response. */
        AWAITING_RETRY,
        /** A Failure is out that asks for a Change-Password. */
        AWAITING_CHANGE,
        DECIDED,
        FAILED
    }

    private final AuthMethod method;
    private final AuthRole.Authenticator role;
    private final AuthOutput output;
    private final RetryTimer timer;
    private final ByteBuf challengePacket = Unpooled.buffer();

    private State state = State.INITIAL;
    private int challengesSent;
    /** The identifier of the Response that is awaited. */
    private int identifier;

    private byte[] challenge;
    /** The last verdict, and what it answers; empty before there is one. */
    private ByteBuf verdict = Unpooled.EMPTY_BUFFER;

    private int judged;
    private int judgedCode;
    /** The code of the packet that is decided on. */
    private int judging;
    /** How the link ends if the peer does not come back. */
    private @Nullable PppFailure otherwise;

    /** @param timeout how long the peer may take */
    ChapServer(
            AuthMethod method,
            int challengeOctets,
            AuthRole.Authenticator role,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        this.method = method;
        this.role = role;
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.CLIENT);
        this.output = output;
        identifier = random.nextInt(256);
        challenge = new byte[challengeOctets];
        random.nextBytes(challenge);
        new ChapPacket.Challenge(identifier, challenge, role.name().getBytes(StandardCharsets.UTF_8))
                .writeTo(challengePacket);
    }

    /** What a Success says to people. */
    final String greeting() {
        return role.greeting();
    }

    /**
     * Checks a Response.
     *
     * @param id its identifier
     * @param asked the challenge that it answers
     * @param name of the user, with its domain
     * @param value of the Response
     * @param password that it should have been made with
     * @return null if the value is none of this method
     */
    abstract @Nullable ChapCheck check(int id, byte[] asked, byte[] name, byte[] value, char[] password);

    /** Answers a Response that does not match, or of an account that may not be used. */
    abstract void refuse(int error, byte[] name, AuthRole.@Nullable Account account, long now);

    /** Takes a Change-Password that is awaited. */
    void changed(ChapPacket.ChangePassword packet, long now) {
        throw new IllegalStateException("no change is awaited");
    }

    @Override
    public void start(long now) {
        state = State.AWAITING_RESPONSE;
        timer.begin(now);
        sendChallenge(now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        if (state == State.INITIAL) {
            return;
        }
        ChapPacket parsed = ChapPacket.parse(packet);
        if (parsed instanceof ChapPacket.Response response) {
            boolean awaited = state == State.AWAITING_RESPONSE || state == State.AWAITING_RETRY;
            if (isNew(ChapPacket.RESPONSE, response.identifier(), awaited, now)) {
                decide(response, now);
            }
        } else if (parsed instanceof ChapPacket.ChangePassword change) {
            if (isNew(change.code(), change.identifier(), state == State.AWAITING_CHANGE, now)) {
                changed(change, now);
            }
        } else if (parsed instanceof ChapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else {
            output.note("ignored a CHAP packet that only a server sends");
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long now) {
        PppFailure end = otherwise;
        if (deadlineNanos() == Deadlines.NEVER) {
            return;
        }
        if (!timer.gaveUp(now)) {
            if (state == State.AWAITING_RESPONSE && timer.repeatDue(now)) {
                sendChallenge(now);
            }
        } else if (end != null) {
            fail(end);
        } else {
            fail(new AuthFailure.AuthTimeout(AuthFailure.Awaited.CHAP_RESPONSE, challengesSent));
        }
    }

    @Override
    public long deadlineNanos() {
        return switch (state) {
            case AWAITING_RESPONSE, AWAITING_RETRY, AWAITING_CHANGE -> timer.deadlineNanos();
            case INITIAL, DECIDED, FAILED -> Deadlines.NEVER;
        };
    }

    private void sendChallenge(long now) {
        challengesSent++;
        timer.sent(now);
        output.send(ChapPacket.PROTOCOL, challengePacket.duplicate(), now);
    }

    /** Whether a packet is to be decided on; a known one gets its verdict again. */
    private boolean isNew(int code, int id, boolean awaited, long now) {
        if (verdict.isReadable() && id == judged && code == judgedCode) {
            output.send(ChapPacket.PROTOCOL, verdict.duplicate(), now);
        } else if (awaited && id == identifier) {
            judging = code;
            return true;
        } else {
            output.note(
                    "ignored a packet of code " + code + " with identifier " + id + " that answers nothing of ours");
        }
        return false;
    }

    private void decide(ChapPacket.Response response, long now) {
        String name = text(response.name());
        AuthRole.Account account = role.accounts().find(name);
        char[] password = account == null ? NO_PASSWORD : account.credentials().password();
        ChapCheck check = check(identifier, challenge, response.name(), response.value(), password);
        if (check == null) {
            output.note("ignored a Response of " + response.value().length + " octets, which " + method.label()
                    + " does not have");
        } else if (account == null || !check.matches()) {
            refuse(MsChapFailure.AUTHENTICATION_FAILURE, response.name(), null, now);
        } else if (account.error() != 0) {
            refuse(account.error(), response.name(), account, now);
        } else {
            accept(response.name(), check, now);
        }
    }

    /** The verdict is a Success. */
    final void accept(byte[] name, ChapCheck check, long now) {
        otherwise = null;
        state = State.DECIDED;
        answer(new ChapPacket.Success(identifier, check.success().getBytes(StandardCharsets.US_ASCII)), now);
        MppeMasterKeys keys = role.keys() ? check.keys() : null;
        // Whether the peer verified our proof is its own knowledge, not ours.
        output.succeeded(AuthResult.oneSided(method, text(name), "", keys), now);
    }

    /** The verdict is a Failure, and the last word. */
    final void deny(String message, PppFailure reason, long now) {
        answer(new ChapPacket.Failure(identifier, message.getBytes(StandardCharsets.US_ASCII)), now);
        fail(reason);
    }

    /**
     * The verdict is a Failure, and the peer may answer it with a Change-Password, under the next identifier.
     *
     * @param next the challenge that it answers
     */
    final void denyUntilChange(String message, PppFailure reason, byte[] next, long now) {
        denyUntil(State.AWAITING_CHANGE, message, reason, next, now);
    }

    /** The same where the peer may answer with another Response. */
    final void denyUntilRetry(String message, PppFailure reason, byte[] next, long now) {
        denyUntil(State.AWAITING_RETRY, message, reason, next, now);
    }

    private void denyUntil(State until, String message, PppFailure reason, byte[] next, long now) {
        answer(new ChapPacket.Failure(identifier, message.getBytes(StandardCharsets.US_ASCII)), now);
        state = until;
        otherwise = reason;
        identifier = (identifier + 1) & 0xff;
        challenge = next;
        timer.beginAfter(RetryTimer.FOR_A_USER, now);
    }

    private void answer(ChapPacket packet, long now) {
        judged = identifier;
        judgedCode = judging;
        verdict = Unpooled.buffer();
        packet.writeTo(verdict);
        output.send(ChapPacket.PROTOCOL, verdict.duplicate(), now);
    }

    /** Why a name was refused. */
    static PppFailure refusal(int error, byte[] name) {
        return new Refusal(Refusal.Verdict.OURS, PeerText.escape(name), error, "").failure();
    }

    private void fail(PppFailure reason) {
        state = State.FAILED;
        output.failed(reason);
    }

    static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    final int identifier() {
        return identifier;
    }

    final byte[] challenge() {
        return challenge;
    }

    final AuthRole.Authenticator role() {
        return role;
    }

    final void note(String why) {
        output.note(why);
    }
}
