package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.Authentication;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.RetryTimer;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of EAP (RFC 2284 §2): asks who is there, proposes its methods one after the other, and says
 * EAP-Success or EAP-Failure.
 *
 * <p>One Request is open at a time; it is repeated until its Response comes.
 */
public final class EapServer implements Authentication {

    private enum State {
        INITIAL,
        ASKING,
        DECIDED
    }

    private final AuthRole.Authenticator role;
    /** The methods that are left, the one being tried first. */
    private final List<AuthMethod> methods;

    private final RandomGenerator random;
    private final PppHabits habits;
    private final RetryTimer timer;
    private final AuthOutput output;

    private State state = State.INITIAL;
    private int identifier;
    /** The Request that waits for its Response, or the verdict. */
    private ByteBuf last = Unpooled.EMPTY_BUFFER;

    private byte[] identity = new byte[0];
    private @Nullable EapServerMethod method;
    private int wantedByPeer = -1;
    private int requestsSent;

    /**
     * @param role whose methods of EAP are proposed, in its order; it has one at least
     * @param random for Identifiers and for what a method draws
     * @param timeout how long the peer may take for each Response
     * @param habits how it counts
     */
    public EapServer(
            AuthRole.Authenticator role,
            RandomGenerator random,
            Duration timeout,
            PppHabits habits,
            AuthOutput output) {
        this.role = role;
        this.habits = habits;
        this.methods = new ArrayList<>(EapMethods.among(role.methods()));
        this.random = random;
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.CLIENT);
        this.output = output;
        identifier = random.nextInt(256);
    }

    @Override
    public void start(long now) {
        state = State.ASKING;
        ask(EapType.IDENTITY, new byte[0], now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        if (state == State.INITIAL) {
            return;
        }
        EapPacket parsed = EapPacket.parse(packet);
        if (parsed instanceof EapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else if (!(parsed instanceof EapPacket.Response response)) {
            output.note("ignored an EAP packet that only a server sends");
        } else if (response.identifier() != identifier) {
            output.note("ignored an EAP Response with identifier " + response.identifier() + ", not " + identifier);
        } else if (state == State.DECIDED) {
            // Whoever repeats its last Response has not heard the verdict.
            output.send(EapPacket.PROTOCOL, last.duplicate(), now);
        } else {
            onResponse(response, now);
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long now) {
        if (state != State.ASKING) {
            return;
        }
        if (timer.gaveUp(now)) {
            state = State.DECIDED;
            output.failed(new AuthFailure.AuthTimeout(AuthFailure.Awaited.EAP_RESPONSE, requestsSent));
        } else if (timer.repeatDue(now)) {
            send(now);
        }
    }

    @Override
    public long deadlineNanos() {
        return state == State.ASKING ? timer.deadlineNanos() : Deadlines.NEVER;
    }

    private void onResponse(EapPacket.Response response, long now) {
        EapServerMethod running = method;
        if (running == null) {
            if (response.type() == EapType.IDENTITY) {
                identity = response.data();
                identified(now);
            } else {
                output.note("ignored an EAP Response of type " + response.type() + " to the question who is there");
            }
        } else if (response.type() == EapType.NAK) {
            onNak(response.data(), now);
        } else if (response.type() != running.type()) {
            output.note("ignored an EAP Response of type " + response.type() + ", not " + running.type());
        } else {
            act(running, running.response(response.data(), next(identifier)), now);
        }
    }

    private void identified(long now) {
        String name = new String(identity, StandardCharsets.UTF_8);
        if (habits.has(PppHabits.Way.EAP_PROPOSES_TO_USERS_ONLY)
                && role.accounts().find(name) == null) {
            Refusal stranger = new Refusal(
                    Refusal.Verdict.OURS, PeerText.escape(identity), MsChapFailure.AUTHENTICATION_FAILURE, "");
            refuse(stranger.failure(), now);
        } else {
            propose(now);
        }
    }

    private void propose(long now) {
        EapServerMethod proposed = EapMethods.of(methods.get(0)).server(role, identity, random, habits);
        method = proposed;
        ask(proposed.type(), proposed.begin(next(identifier)), now);
    }

    /** The peer does not take this method, and may name one that it would take (RFC 2284 §3.3). */
    private void onNak(byte[] data, long now) {
        methods.remove(0);
        wantedByPeer = data.length == 0 ? 0 : data[0] & 0xff;
        EapMethods wanted = EapMethods.of(wantedByPeer);
        if (wanted != null && methods.remove(wanted.method())) {
            methods.add(0, wanted.method());
        }
        if (methods.isEmpty()) {
            refuse(methodRefused(), now);
        } else {
            propose(now);
        }
    }

    private PppFailure methodRefused() {
        return new AuthFailure.EapMethodNotTaken(
                wantedByPeer == 0 ? null : EapType.demand(wantedByPeer), EapMethods.among(role.methods()));
    }

    private void act(EapServerMethod running, EapServerMethod.Step step, long now) {
        step.match(
                ask -> ask(running.type(), ask.data(), now),
                ignored -> output.note("ignored " + ignored.why()),
                accepted -> {
                    decide(new EapPacket.Success(verdict()), now);
                    output.succeeded(accepted.result(), now);
                },
                refused -> refuse(refused.failure(), now));
    }

    private void refuse(PppFailure failure, long now) {
        decide(new EapPacket.Failure(verdict()), now);
        output.failed(failure);
    }

    private int verdict() {
        return habits.has(PppHabits.Way.EAP_COUNTS_ON) ? next(identifier) : identifier;
    }

    private static int next(int identifier) {
        return identifier + 1 & 0xff;
    }

    private void decide(EapPacket verdict, long now) {
        state = State.DECIDED;
        last = Unpooled.buffer();
        verdict.writeTo(last);
        output.send(EapPacket.PROTOCOL, last.duplicate(), now);
    }

    private void ask(int type, byte[] data, long now) {
        identifier = next(identifier);
        last = Unpooled.buffer();
        new EapPacket.Request(identifier, type, data).writeTo(last);
        timer.begin(now);
        send(now);
    }

    private void send(long now) {
        requestsSent++;
        timer.sent(now);
        output.send(EapPacket.PROTOCOL, last.duplicate(), now);
    }
}
