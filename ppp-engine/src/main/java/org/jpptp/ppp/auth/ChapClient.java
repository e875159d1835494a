package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of CHAP, whatever the algorithm: answers Challenges, and waits for the verdict.
 *
 * <p>The same Challenge gets the same Response, octet for octet; one with another identifier or value is answered
 * afresh, and until one Response has its verdict the verdict on any of the last is taken. After success a new Challenge
 * is answered too, but the keys and the result stay those of the first time (RFC 1994 §2, RFC 3079 §3).
 */
abstract sealed class ChapClient implements Authentication permits ChapMd5Client, MsChapClient {
    private enum State {
        /** Not started. */
        INITIAL,
        /** No Challenge has come yet. */
        AWAITING_CHALLENGE,
        /** The Response is out. */
        AWAITING_VERDICT,
        /** It was refused, and the user is asked for another secret. */
        AWAITING_SECRET,
        /** The server has accepted us. */
        ACCEPTED,
        /** It had, and has sent another Challenge: that Response is out. */
        AWAITING_VERDICT_AGAIN,
        FAILED
    }

    private final AuthMethod method;
    private final AuthOutput output;
    private final RetryTimer timer;
    private final AnswerBudget budget = new AnswerBudget();
    /** Responses that no verdict has answered. */
    private final ChapExchanges open = new ChapExchanges();
    /** Responses that a verdict has answered. */
    private final ChapExchanges judged = new ChapExchanges();

    private Credentials credentials;
    /** The password of the credentials, or the new one. */
    private char[] password;

    private boolean changing;
    private State state = State.INITIAL;
    private int responsesSent;
    /** How the link ends if the user has no other secret. */
    private @Nullable PppFailure otherwise;

    /** @param timeout how long the server may take altogether */
    ChapClient(AuthMethod method, AuthRole.Authenticatee role, Duration timeout, AuthOutput output) {
        this.method = method;
        this.credentials = role.credentials();
        this.password = credentials.password();
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.SERVER);
        this.output = output;
    }

    /** Whether a Challenge of so many octets can be answered. */
    abstract boolean takes(int octets);

    /**
     * Computes the Response to a Challenge.
     *
     * @param as whose it is
     * @param password theirs, the new one after a change
     */
    abstract ChapExchange answer(Credentials as, char[] password, int identifier, byte[] challenge);

    /** Reads the message of a Success; null if it lacks the proof that the method demands. */
    @Nullable
    Granted granted(byte[] message) {
        return new Granted(null, new String(message, StandardCharsets.ISO_8859_1));
    }

    /** Reads the message of a Failure. */
    MsChapFailure refusal(byte[] message) {
        return MsChapFailure.parse(message);
    }

    /** The first verdict is a refusal. */
    void refused(ChapExchange exchange, MsChapFailure failure, Refusal refusal, long now) {
        fail(refusal.failure());
    }

    /** Another Challenge, while the user is asked. */
    void challengedMeanwhile(ChapPacket.Challenge challenge) {
        note("ignored a Challenge: the user is still asked");
    }

    /**
     * What a Success says.
     *
     * @param proof null where the method has none
     */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    record Granted(byte @Nullable [] proof, String message) {}

    @Override
    public void start(long now) {
        state = State.AWAITING_CHALLENGE;
        timer.begin(now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        if (state == State.INITIAL || state == State.FAILED) {
            return;
        }
        ChapPacket parsed = ChapPacket.parse(packet);
        if (parsed instanceof ChapPacket.Challenge challenge) {
            onChallenge(challenge, now);
        } else if (parsed instanceof ChapPacket.Success success) {
            onSuccess(success, now);
        } else if (parsed instanceof ChapPacket.Failure failure) {
            onFailure(failure, now);
        } else if (parsed instanceof ChapPacket.Malformed malformed) {
            note("ignored " + malformed.why());
        } else {
            note("ignored a CHAP packet that only a client sends");
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        PppFailure end = otherwise;
        if (state != State.AWAITING_SECRET || end == null) {
            return;
        }
        if (answer == null) {
            fail(end);
        } else {
            credentials = answer;
            password = answer.password();
            provided(now);
        }
    }

    @Override
    public @Nullable PppFailure pending() {
        return state == State.AWAITING_SECRET ? otherwise : null;
    }

    /** The user has brought other credentials. */
    void provided(long now) {
        throw new IllegalStateException("nobody was asked");
    }

    @Override
    public @Nullable PppFailure refusal(ByteBuf packet) {
        return ChapPacket.parse(packet) instanceof ChapPacket.Failure verdict && open.find(verdict.identifier()) != null
                ? refusal(verdict.message()).refusal(credentials.name()).failure()
                : null;
    }

    @Override
    public void onDeadline(long now) {
        if (!Deadlines.passed(deadlineNanos(), now)) {
            return;
        }
        ChapExchange last = open.last();
        if (!timer.gaveUp(now)) {
            if (last != null) {
                respond(last, now);
            }
        } else if (state == State.AWAITING_SECRET && otherwise != null) {
            note("nobody answered");
            fail(otherwise);
        } else {
            fail(silence());
        }
    }

    @Override
    public long deadlineNanos() {
        return switch (state) {
            case AWAITING_CHALLENGE, AWAITING_VERDICT, AWAITING_SECRET -> timer.deadlineNanos();
            case INITIAL, ACCEPTED, AWAITING_VERDICT_AGAIN, FAILED -> Deadlines.NEVER;
        };
    }

    private void onChallenge(ChapPacket.Challenge challenge, long now) {
        if (isAccepted() && !budget.take(now)) {
            note("ignored a Challenge: we are accepted, and have answered enough of them");
            return;
        }
        byte[] value = challenge.value();
        ChapExchange before = open.find(challenge);
        ChapExchange over = judged.find(challenge);
        if (!takes(value.length)) {
            note("ignored a Challenge of " + value.length + " octets, which " + method.label() + " does not have");
        } else if (open.haveOwn(value) || judged.haveOwn(value)) {
            reflected();
        } else if (before != null) {
            respond(before, now);
        } else if (over != null && state != State.AWAITING_SECRET && state != State.AWAITING_VERDICT) {
            respond(over, now);
        } else if (over != null) {
            note("ignored a Challenge that we have answered, and been refused");
        } else if (changing) {
            note("ignored a Challenge: whether the password is the old or the new one is not known yet");
        } else if (state == State.AWAITING_SECRET) {
            challengedMeanwhile(challenge);
        } else {
            state = isAccepted() ? State.AWAITING_VERDICT_AGAIN : State.AWAITING_VERDICT;
            first(answer(credentials, password, challenge.identifier(), value), now);
        }
    }

    private boolean isAccepted() {
        return state == State.ACCEPTED || state == State.AWAITING_VERDICT_AGAIN;
    }

    /** Our own challenge come back: whoever sends it wants us to compute the proof that it cannot compute itself. */
    private void reflected() {
        if (state == State.AWAITING_VERDICT) {
            fail(new AuthFailure.ProofReflected());
        } else {
            note("ignored a Challenge that is our own, reflected");
        }
    }

    /** Another attempt, after a refusal. */
    final void attempt(ChapExchange exchange, long now) {
        otherwise = null;
        state = State.AWAITING_VERDICT;
        responsesSent = 0;
        timer.begin(now);
        first(exchange, now);
    }

    /** The same with another password, which is ours from now on. */
    final void attemptChange(ChapExchange exchange, char[] newPassword, long now) {
        password = newPassword;
        changing = true;
        attempt(exchange, now);
    }

    private void first(ChapExchange exchange, long now) {
        open.remember(exchange);
        respond(exchange, now);
    }

    private void respond(ChapExchange exchange, long now) {
        responsesSent++;
        timer.sent(now);
        output.send(ChapPacket.PROTOCOL, exchange.packet().duplicate(), now);
    }

    private void onSuccess(ChapPacket.Success success, long now) {
        if (open.find(success.identifier()) == null) {
            unawaited("Success", success.identifier());
            return;
        }
        Granted granted = granted(success.message());
        ChapExchange proved = granted == null ? null : open.find(success.identifier(), granted.proof());
        if (granted == null) {
            unproved(new AuthFailure.ProofMissing(PeerText.escape(success.message())));
        } else if (proved != null) {
            accepted(proved, granted.message(), now);
        } else if (judged.find(success.identifier(), granted.proof()) != null) {
            note("ignored a Success that is known already");
        } else {
            unproved(new AuthFailure.ProofWrong());
        }
    }

    /** A server that has proved itself once did so for the keys in use; what proves nothing later takes nothing from that. */
    private void unproved(PppFailure reason) {
        if (state == State.AWAITING_VERDICT_AGAIN) {
            note("ignored a Success without the proof: the server had proved itself before");
        } else {
            fail(reason);
        }
    }

    private void accepted(ChapExchange proved, String message, long now) {
        boolean again = state == State.AWAITING_VERDICT_AGAIN;
        state = State.ACCEPTED;
        changing = false;
        open.moveTo(judged);
        if (again) {
            note("the server has "
                    + (proved.proof() == null ? "accepted us" : "proved itself")
                    + " again; the keys stay");
        } else {
            output.succeeded(
                    new AuthResult(method, credentials.name(), proved.proof() != null, message, proved.keys()), now);
        }
    }

    private void onFailure(ChapPacket.Failure packet, long now) {
        ChapExchange exchange = open.find(packet.identifier());
        if (exchange == null) {
            unawaited("Failure", packet.identifier());
            return;
        }
        MsChapFailure failure = refusal(packet.message());
        Refusal refusal = failure.refusal(credentials.name());
        open.moveTo(judged);
        if (state == State.AWAITING_VERDICT_AGAIN) {
            fail(refusal.failure());
        } else {
            refused(exchange, failure, refusal, now);
        }
    }

    /** A verdict is a duplicate, comes too early, or is for another. */
    private void unawaited(String verdict, int identifier) {
        note("ignored a " + verdict + " with identifier " + identifier + " that answers no Response of ours");
    }

    private PppFailure silence() {
        AuthFailure.Awaited awaited =
                responsesSent == 0 ? AuthFailure.Awaited.CHALLENGE : AuthFailure.Awaited.CHAP_VERDICT;
        return new AuthFailure.AuthTimeout(awaited, responsesSent);
    }

    /** Waits for {@link #provide}, as long as a user may take. */
    final void await(PppFailure end, long now) {
        state = State.AWAITING_SECRET;
        otherwise = end;
        timer.allowOnly(RetryTimer.FOR_A_USER, now);
    }

    final Credentials credentials() {
        return credentials;
    }

    final AuthOutput output() {
        return output;
    }

    final void note(String why) {
        output.note(why);
    }

    final void fail(PppFailure reason) {
        state = State.FAILED;
        output.failed(reason);
    }
}
