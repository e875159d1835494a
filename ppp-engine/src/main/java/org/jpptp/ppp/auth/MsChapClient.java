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
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppEvent.Secret;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;

/**
 * What Microsoft added to the client's side of CHAP, in both versions: another try (R=1), and the change of an expired
 * password (E=648).
 *
 * <p>The same credentials are never tried again after a Failure, whatever that permits: servers lock accounts out. Only
 * a user, or a new password that came with the old one, is another try.
 */
abstract sealed class MsChapClient extends ChapClient permits MsChapV1Client, MsChapV2Client {
    /** Added to the first octet of a challenge where a Failure names no new one (RFC 2433 §8). */
    private static final int IMPLIED_CHALLENGE = 23;

    private final boolean interactive;
    private final int challengeOctets;
    private final int changeCode;
    private final RandomGenerator random;

    private @Nullable Question question;
    private ChapPacket.@Nullable Challenge meanwhile;
    /** No retry is ever allowed after a Change-Password (RFC 2759 §9.1). */
    private boolean changed;

    /** What the user is asked about. */
    private record Question(Secret wanted, ChapExchange exchange, MsChapFailure failure, Refusal refusal) {}

    /**
     * What proves a password, and what a server that knows it has to say to that.
     *
     * @param value of a Response
     * @param ownChallenge what the server has to prove itself with, null where it need not
     * @param expected what has to be in its Success, null where there is no proof
     */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
    record Proof(byte[] value, byte @Nullable [] ownChallenge, byte @Nullable [] expected, MppeMasterKeys keys) {}

    /**
     * @param changeCode of the Change-Password that is sent
     * @param random for what fills up an encrypted password
     */
    MsChapClient(
            AuthMethod method,
            int challengeOctets,
            int changeCode,
            AuthRole.Authenticatee role,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        super(method, role, timeout, output);
        this.challengeOctets = challengeOctets;
        this.changeCode = changeCode;
        this.random = random;
        this.interactive = role.interactive();
    }

    /** Whether the server that refused an expired password takes a new one in a way that we speak. */
    abstract boolean mayChange(MsChapFailure failure);

    /** Which challenge a Change-Password answers, the last one or that of the Failure. */
    abstract byte[] challengeOfChange(byte[] last, MsChapFailure failure);

    /** Proves the password of a user, the old one or the one that it changes to. */
    abstract Proof prove(Credentials user, char[] password, byte[] challenge);

    @Override
    final ChapExchange answer(Credentials as, char[] password, int identifier, byte[] challenge) {
        Proof proof = prove(as, password, challenge);
        byte[] name = as.name().getBytes(StandardCharsets.UTF_8);
        return exchange(identifier, challenge, proof, new ChapPacket.Response(identifier, proof.value, name));
    }

    /** Computes the Change-Password. */
    final ChapExchange change(Credentials old, char[] newPassword, int identifier, byte[] challenge) {
        Proof proof = prove(old, newPassword, challenge);
        MsChapChange change = MsChapChange.of(old.password(), newPassword, proof.value, random);
        byte[] data = change.toData(changeCode);
        return exchange(identifier, challenge, proof, new ChapPacket.ChangePassword(changeCode, identifier, data));
    }

    private static ChapExchange exchange(int identifier, byte[] challenge, Proof proof, ChapPacket packet) {
        ByteBuf octets = Unpooled.buffer();
        packet.writeTo(octets);
        return new ChapExchange(identifier, challenge, octets, proof.ownChallenge, proof.expected, proof.keys);
    }

    @Override
    final boolean takes(int octets) {
        return octets == challengeOctets;
    }

    @Override
    final void refused(ChapExchange exchange, MsChapFailure failure, Refusal refusal, long now) {
        boolean change = !changed && failure.error() == MsChapFailure.PASSWORD_EXPIRED && mayChange(failure);
        boolean retry = !changed && failure.retry();
        if (change && credentials().newPassword() != null) {
            changePassword(new Question(Secret.NEW_PASSWORD, exchange, failure, refusal), now);
        } else if (interactive && (change || retry)) {
            Secret wanted = change ? Secret.NEW_PASSWORD : Secret.CREDENTIALS;
            question = new Question(wanted, exchange, failure, refusal);
            await(refusal.failure(), now);
            output().wanted(new PppEvent.SecretWanted(wanted, refusal), now);
        } else {
            fail(refusal.failure());
        }
    }

    @Override
    final void challengedMeanwhile(ChapPacket.Challenge challenge) {
        note("the next attempt will answer this Challenge");
        meanwhile = challenge;
    }

    @Override
    final void provided(long now) {
        Question asked = question;
        if (asked == null) {
            return;
        }
        question = null;
        if (asked.wanted == Secret.NEW_PASSWORD) {
            changePassword(asked, now);
        } else {
            tryAgain(asked, now);
        }
    }

    private void tryAgain(Question asked, long now) {
        ChapPacket.Challenge fresh = meanwhile;
        meanwhile = null;
        if (fresh != null) {
            attempt(answer(credentials(), credentials().password(), fresh.identifier(), fresh.value()), now);
            return;
        }
        byte[] next = asked.failure.challengeOctets(challengeOctets);
        if (next == null) {
            next = asked.exchange.challenge().clone();
            next[0] = (byte) (next[0] + IMPLIED_CHALLENGE);
        }
        attempt(answer(credentials(), credentials().password(), after(asked), next), now);
    }

    private void changePassword(Question asked, long now) {
        char[] newPassword = credentials().newPassword();
        if (newPassword == null) {
            fail(asked.refusal.failure());
        } else if (newPassword.length > PasswordBlock.MAX_CHARACTERS) {
            fail(new AuthFailure.NewPasswordTooLong(asked.refusal, PasswordBlock.MAX_CHARACTERS));
        } else {
            changed = true;
            byte[] challenge = challengeOfChange(asked.exchange.challenge(), asked.failure);
            note("the password has expired, and is changed");
            attemptChange(change(credentials(), newPassword, after(asked), challenge), newPassword, now);
        }
    }

    /** The identifier is incremented on each retry and on a change (RFC 2759 §9.1). */
    private static int after(Question asked) {
        return (asked.exchange.identifier() + 1) & 0xff;
    }
}
