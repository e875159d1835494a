package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of PAP (RFC 1334 §2): name and password in clear, until there is an answer.
 *
 * <p>A Nak ends it: PAP knows no second try.
 */
public final class PapClient implements Authentication {
    private enum State {
        INITIAL,
        AWAITING_VERDICT,
        PROVED,
        FAILED
    }

    private final Credentials credentials;
    private final RetryTimer timer;
    private final AuthOutput output;
    private final int firstIdentifier;

    private State state = State.INITIAL;
    private int requestsSent;

    /**
     * @param random for the first Identifier
     * @param timeout how long the whole authentication may take
     */
    public PapClient(Credentials credentials, RandomGenerator random, Duration timeout, AuthOutput output) {
        this.credentials = credentials;
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.SERVER);
        this.output = output;
        firstIdentifier = random.nextInt(256);
    }

    @Override
    public void start(long now) {
        state = State.AWAITING_VERDICT;
        timer.begin(now);
        sendRequest(now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        PapPacket parsed = PapPacket.parse(packet);
        if (parsed instanceof PapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else if (!(parsed instanceof PapPacket.Verdict verdict)) {
            output.note("ignored a PAP Authenticate-Request: we are the client");
        } else if (state != State.AWAITING_VERDICT || !answersUs(verdict.identifier())) {
            output.note("ignored a PAP answer with identifier " + verdict.identifier() + " to no request of ours");
        } else if (verdict.ack()) {
            state = State.PROVED;
            output.succeeded(
                    AuthResult.oneSided(
                            AuthMethod.PAP,
                            credentials.name(),
                            new String(verdict.message(), StandardCharsets.ISO_8859_1),
                            null),
                    now);
        } else {
            String said = PeerText.escape(verdict.message());
            fail(new Refusal(Refusal.Verdict.PAP_NAK, credentials.name(), 0, said).failure());
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long now) {
        if (state != State.AWAITING_VERDICT) {
            return;
        }
        if (timer.gaveUp(now)) {
            fail(new AuthFailure.AuthTimeout(AuthFailure.Awaited.PAP_VERDICT, requestsSent));
        } else if (timer.repeatDue(now)) {
            sendRequest(now);
        }
    }

    @Override
    public long deadlineNanos() {
        return state == State.AWAITING_VERDICT ? timer.deadlineNanos() : Deadlines.NEVER;
    }

    /** Each request has an Identifier of its own, and an answer to an earlier one may still be under way (§2.2.1). */
    private boolean answersUs(int identifier) {
        return (identifier - firstIdentifier & 0xff) < requestsSent;
    }

    private void sendRequest(long now) {
        byte[] name = credentials.name().getBytes(StandardCharsets.UTF_8);
        byte[] password = PasswordOctets.of(credentials.password());
        try {
            if (name.length > PapPacket.MAX_TEXT || password.length > PapPacket.MAX_TEXT) {
                fail(new AuthFailure.CredentialsTooLong(PapPacket.MAX_TEXT));
                return;
            }
            ByteBuf packet = Unpooled.buffer();
            new PapPacket.Request(firstIdentifier + requestsSent & 0xff, name, password).writeTo(packet);
            requestsSent++;
            timer.sent(now);
            output.send(PapPacket.PROTOCOL, packet, now);
            Arrays.fill(packet.array(), (byte) 0);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private void fail(PppFailure failure) {
        state = State.FAILED;
        output.failed(failure);
    }
}
