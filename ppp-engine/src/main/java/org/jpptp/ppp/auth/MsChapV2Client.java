package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of MS-CHAPv2 (RFC 2759): proves the password, and succeeds only once the server has proved that it
 * knows it too.
 */
public final class MsChapV2Client extends MsChapClient {
    private final RandomGenerator random;

    /**
     * @param random for the peer challenges, and what fills up an encrypted password
     * @param timeout how long the server may take altogether
     */
    public MsChapV2Client(AuthRole.Authenticatee role, RandomGenerator random, Duration timeout, AuthOutput output) {
        super(AuthMethod.MSCHAPV2, MsChapV2.CHALLENGE_OCTETS, role, timeout, output);
        this.random = random;
    }

    @Override
    ChapExchange answer(Credentials as, char[] password, int identifier, byte[] challenge) {
        return respond(
                as,
                password,
                identifier,
                challenge,
                value -> new ChapPacket.Response(identifier, value, as.name().getBytes(StandardCharsets.UTF_8)));
    }

    /** RFC 2759 has but version 3, and some servers name another. */
    @Override
    boolean mayChange(MsChapFailure failure) {
        return true;
    }

    @Override
    byte[] challengeOfChange(byte[] last, MsChapFailure failure) {
        byte[] next = failure.challengeOctets(MsChapV2.CHALLENGE_OCTETS);
        return next == null ? last : next;
    }

    @Override
    ChapExchange change(Credentials old, char[] newPassword, int identifier, byte[] challenge) {
        return respond(
                old,
                newPassword,
                identifier,
                challenge,
                value -> new ChapPacket.ChangePassword(
                        MsChapChange.V2,
                        identifier,
                        MsChapChange.of(old.password(), newPassword, value, random)
                                .toData(MsChapChange.V2)));
    }

    @Override
    @Nullable
    Granted granted(byte[] message) {
        MsChapSuccess parsed = MsChapSuccess.parse(message);
        return parsed == null ? null : new Granted(parsed.proof(), parsed.message());
    }

    /** What carries the value of a Response. */
    private interface Envelope {
        ChapPacket of(byte[] value);
    }

    private ChapExchange respond(Credentials as, char[] password, int identifier, byte[] challenge, Envelope envelope) {
        MsChapV2Proof proof = MsChapV2Proof.answer(as, password, challenge, random);
        ByteBuf packet = Unpooled.buffer();
        envelope.of(proof.response().toValue()).writeTo(packet);
        return new ChapExchange(
                identifier, challenge, packet, proof.response().peerChallenge(), proof.expected(), proof.keys());
    }
}
