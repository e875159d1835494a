package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AnswerBudget;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.Authentication;
import org.jpptp.ppp.auth.RetryTimer;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of EAP (RFC 2284 §2): answers each Request, in the method that policy allows and the server
 * proposes, and refuses other methods.
 *
 * <p>An EAP-Success counts only where the method has come to its end by itself: it proves nothing. The server repeats
 * what is lost; a repeated Request gets the identical Response.
 */
public final class EapClient implements Authentication {
    /** Methods refused before the server is taken at its word that it has no other. */
    private static final int NAKS = 3;

    private enum State {
        INITIAL,
        RUNNING,
        /** A Request waits for what the user is asked. */
        AWAITING_SECRET,
        PROVED,
        FAILED
    }

    private final AuthRole.Authenticatee role;
    private final List<AuthMethod> allowed;
    private final RandomGenerator random;
    private final RetryTimer timer;
    private final AnswerBudget budget = new AnswerBudget();
    private final AuthOutput output;

    private State state = State.INITIAL;
    private @Nullable EapClientMethod method;

    /** The last Request that got a Response. */
    private byte[] lastRequest = new byte[0];

    private @Nullable ByteBuf lastResponse;
    private int lastIdentifier;
    /** Whether a Response has gone out that no verdict has answered. */
    private boolean awaitingVerdict;

    private int requests;
    private int naks;
    private final Set<AuthDemand> refused = new LinkedHashSet<>();
    private String notification = "";

    /**
     * @param role whose methods of EAP are allowed, the best first; it has one at least
     * @param random for what a method draws
     * @param timeout how long the whole authentication may take
     */
    public EapClient(AuthRole.Authenticatee role, RandomGenerator random, Duration timeout, AuthOutput output) {
        this.role = role;
        this.allowed = EapMethods.among(new TreeSet<>(role.allowed()));
        this.random = random;
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.SERVER);
        this.output = output;
    }

    @Override
    public void start(long now) {
        state = State.RUNNING;
        timer.begin(now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        if (state == State.INITIAL || state == State.FAILED) {
            return;
        }
        EapPacket parsed = EapPacket.parse(packet);
        if (parsed instanceof EapPacket.Request request) {
            onRequest(request, now);
        } else if (parsed instanceof EapPacket.Success success) {
            onSuccess(success.identifier(), now);
        } else if (parsed instanceof EapPacket.Failure failure) {
            onFailure(failure.identifier(), now);
        } else if (parsed instanceof EapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else {
            output.note("ignored an EAP Response: we are the client");
        }
    }

    @Override
    public void peerMovedOn(long now) {
        if (state == State.RUNNING && method != null && method.result() != null) {
            output.note("the server goes on: its EAP-Success is lost");
            succeed(method.result(), now);
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        EapClientMethod asked = method;
        if (state == State.AWAITING_SECRET && asked != null) {
            state = State.RUNNING;
            timer.begin(now);
            act(asked, asked.provide(answer), now);
        }
    }

    @Override
    public @Nullable PppFailure pending() {
        EapClientMethod running = method;
        if (running == null) {
            return state == State.RUNNING && !refused.isEmpty() ? methodRefused() : null;
        }
        return state == State.AWAITING_SECRET ? running.pending() : null;
    }

    @Override
    public void onDeadline(long now) {
        if (state == State.RUNNING && timer.gaveUp(now)) {
            PppFailure pending = pending();
            fail(
                    pending != null
                            ? pending
                            : new AuthFailure.AuthTimeout(
                                    requests == 0 ? AuthFailure.Awaited.EAP_REQUEST : AuthFailure.Awaited.EAP_VERDICT,
                                    requests));
        }
    }

    @Override
    public long deadlineNanos() {
        // A person who is asked has the time that the server gives.
        return state == State.RUNNING ? timer.deadlineNanos() : Deadlines.NEVER;
    }

    private void onRequest(EapPacket.Request request, long now) {
        if (state == State.PROVED && !budget.take(now)) {
            output.note("ignored an EAP Request: we are accepted, and have answered enough of them");
            return;
        }
        ByteBuf octets = Unpooled.buffer();
        request.writeTo(octets);
        byte[] received = ByteBufUtil.getBytes(octets);
        if (state == State.AWAITING_SECRET) {
            output.note("ignored an EAP Request while the user is asked");
            return;
        }
        if (lastResponse != null && Arrays.equals(received, lastRequest)) {
            output.send(EapPacket.PROTOCOL, lastResponse.duplicate(), now);
            return;
        }
        lastRequest = received;
        lastResponse = null;
        lastIdentifier = request.identifier();
        requests++;
        switch (request.type()) {
            case EapType.IDENTITY ->
                reply(EapType.IDENTITY, role.credentials().name().getBytes(StandardCharsets.UTF_8), now);
            case EapType.NOTIFICATION -> {
                notification = PeerText.escape(request.data());
                reply(EapType.NOTIFICATION, new byte[0], now);
            }
            case EapType.NAK -> output.note("ignored an EAP Request that is a Nak: only a client sends that");
            default -> onMethod(request, now);
        }
    }

    private void onMethod(EapPacket.Request request, long now) {
        EapClientMethod chosen = choose(request.type());
        if (chosen == null) {
            nak(request.type(), now);
        } else {
            method = chosen;
            act(chosen, chosen.request(request.identifier(), request.data()), now);
        }
    }

    /** The method for a type, null where it is not allowed, or where we are in the middle of another. */
    private @Nullable EapClientMethod choose(int type) {
        EapClientMethod running = method;
        if (running != null) {
            return running.type() == type ? running : null;
        }
        EapMethods wanted = EapMethods.of(type);
        return wanted == null || !allowed.contains(wanted.method()) ? null : wanted.client(role, random);
    }

    private void nak(int type, long now) {
        refused.add(EapType.demand(type));
        EapClientMethod running = method;
        reply(
                EapType.NAK,
                new byte[] {
                    (byte)
                            (running != null
                                    ? running.type()
                                    : EapMethods.of(allowed.get(0)).type())
                },
                now);
        if (++naks >= NAKS && state == State.RUNNING) {
            fail(methodRefused());
        }
    }

    private void act(EapClientMethod asked, EapClientMethod.Answer answer, long now) {
        answer.match(
                reply -> reply(asked.type(), reply.data(), now),
                ignored -> output.note("ignored " + ignored.why()),
                failed -> {
                    if (state == State.PROVED && failed.failure().cause() == PppFailure.Cause.SERVER_PROOF_WRONG) {
                        // As in CHAP: it did so for the keys in use, and what proves nothing later takes nothing from
                        // that.
                        output.note("ignored what lacks the proof: the server had proved itself before");
                        return;
                    }
                    byte[] last = failed.reply();
                    if (last != null) {
                        reply(asked.type(), last, now);
                    }
                    fail(failed.failure());
                },
                wanted -> {
                    if (state == State.RUNNING) {
                        state = State.AWAITING_SECRET;
                        output.wanted(wanted.secret(), now);
                    } else {
                        act(asked, asked.provide(null), now);
                    }
                });
    }

    private void reply(int type, byte[] data, long now) {
        ByteBuf response = Unpooled.buffer();
        new EapPacket.Response(lastIdentifier, type, data).writeTo(response);
        lastResponse = response;
        awaitingVerdict = true;
        output.send(EapPacket.PROTOCOL, response.duplicate(), now);
    }

    private void onSuccess(int identifier, long now) {
        AuthResult result = method == null ? null : method.result();
        if (result == null || !answersUs(identifier)) {
            output.note("ignored an EAP-Success with identifier " + identifier + ": nothing is proved by it");
        } else if (state == State.PROVED) {
            awaitingVerdict = false;
            output.note("authenticated once more; the keys stay");
        } else {
            succeed(result, now);
        }
    }

    private void succeed(AuthResult result, long now) {
        state = State.PROVED;
        awaitingVerdict = false;
        output.succeeded(result, now);
    }

    private void onFailure(int identifier, long now) {
        if (!answersUs(identifier)) {
            output.note("ignored an EAP-Failure with identifier " + identifier + " that answers no Response of ours");
        } else if (state == State.AWAITING_SECRET && method != null) {
            state = State.RUNNING;
            act(method, method.provide(null), now);
        } else {
            fail(refusal());
        }
    }

    @Override
    public @Nullable PppFailure refusal(ByteBuf packet) {
        return EapPacket.parse(packet) instanceof EapPacket.Failure verdict && answersUs(verdict.identifier())
                ? refusal()
                : null;
    }

    /** What an EAP-Failure says. */
    private PppFailure refusal() {
        return method == null && !refused.isEmpty()
                ? methodRefused()
                : new Refusal(verdict(), role.credentials().name(), 0, notification).failure();
    }

    private Refusal.Verdict verdict() {
        if (method == null) {
            return Refusal.Verdict.EAP_FAILURE_UNASKED;
        }
        AuthResult result = method.result();
        return result != null && result.mutual()
                ? Refusal.Verdict.EAP_FAILURE_AFTER_PROOF
                : Refusal.Verdict.EAP_FAILURE;
    }

    /** The Identifier of our last Response; some servers have counted on (RFC 2284 §2.2.2). */
    private boolean answersUs(int identifier) {
        return awaitingVerdict && (identifier - lastIdentifier & 0xff) <= 1;
    }

    private PppFailure methodRefused() {
        return new AuthFailure.EapMethodRefused(List.copyOf(refused), allowed);
    }

    private void fail(PppFailure failure) {
        state = State.FAILED;
        output.failed(failure);
    }
}
