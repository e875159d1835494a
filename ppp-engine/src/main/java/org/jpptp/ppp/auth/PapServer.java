package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of PAP (RFC 1334 §2): one verdict on the first request, and the same again on every later one,
 * because the answer may have been lost (§2.2.2).
 */
public final class PapServer implements Authentication {
    /** ERROR_AUTHENTICATION_FAILURE, RFC 2759 §6: PAP has no numbers, and our diagnosis wants one. */
    private static final int AUTHENTICATION_FAILURE = 691;

    private enum State {
        INITIAL,
        AWAITING_REQUEST,
        ACCEPTED,
        REFUSED
    }

    private final AuthRole.Authenticator role;
    private final RetryTimer timer;
    private final AuthOutput output;

    private State state = State.INITIAL;
    private String message = "";

    /** @param timeout how long the peer may take */
    public PapServer(AuthRole.Authenticator role, Duration timeout, AuthOutput output) {
        this.role = role;
        this.timer = new RetryTimer(timeout, RetryTimer.Answerer.CLIENT);
        this.output = output;
    }

    @Override
    public void start(long now) {
        state = State.AWAITING_REQUEST;
        timer.begin(now);
    }

    @Override
    public void receive(ByteBuf packet, long now) {
        if (state == State.INITIAL) {
            return;
        }
        PapPacket parsed = PapPacket.parse(packet);
        if (parsed instanceof PapPacket.Request request) {
            if (state == State.AWAITING_REQUEST) {
                decide(request, now);
            } else {
                answer(request.identifier(), now);
            }
        } else if (parsed instanceof PapPacket.Malformed malformed) {
            output.note("ignored " + malformed.why());
        } else {
            output.note("ignored a PAP packet that only a server sends");
        }
    }

    @Override
    public void provide(@Nullable Credentials answer, long now) {
        // Nothing is asked for.
    }

    @Override
    public void onDeadline(long now) {
        if (state == State.AWAITING_REQUEST && timer.gaveUp(now)) {
            state = State.REFUSED;
            message = "too late";
            output.failed(new AuthFailure.AuthTimeout(AuthFailure.Awaited.PAP_REQUEST, 0));
        }
    }

    @Override
    public long deadlineNanos() {
        return state == State.AWAITING_REQUEST ? timer.deadlineNanos() : Deadlines.NEVER;
    }

    private void decide(PapPacket.Request request, long now) {
        String name = new String(request.name(), StandardCharsets.UTF_8);
        AuthRole.@Nullable Account account = role.accounts().find(name);
        byte[] password = PasswordOctets.of(
                account == null ? new char[0] : account.credentials().password());
        boolean matches = MessageDigest.isEqual(password, request.password());
        Arrays.fill(password, (byte) 0);
        Arrays.fill(request.password(), (byte) 0);
        if (account == null || !matches) {
            refuse(request, AUTHENTICATION_FAILURE, now);
        } else if (account.error() != 0) {
            refuse(request, account.error(), now);
        } else {
            state = State.ACCEPTED;
            message = role.greeting();
            answer(request.identifier(), now);
            output.succeeded(AuthResult.oneSided(AuthMethod.PAP, name, "", null), now);
        }
    }

    private void refuse(PapPacket.Request request, int error, long now) {
        state = State.REFUSED;
        message = MsChapFailure.words(error);
        answer(request.identifier(), now);
        output.failed(new Refusal(Refusal.Verdict.OURS, PeerText.escape(request.name()), error, "").failure());
    }

    private void answer(int identifier, long now) {
        ByteBuf packet = Unpooled.buffer();
        new PapPacket.Verdict(state == State.ACCEPTED, identifier, message.getBytes(StandardCharsets.US_ASCII))
                .writeTo(packet);
        output.send(PapPacket.PROTOCOL, packet, now);
    }
}
