package org.jpptp.ppp.auth;

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
        super(AuthMethod.MSCHAPV2, MsChapV2.CHALLENGE_OCTETS, MsChapChange.V2, role, random, timeout, output);
        this.random = random;
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
    Proof prove(Credentials user, char[] password, byte[] challenge) {
        MsChapV2Proof proof = MsChapV2Proof.answer(user, password, challenge, random);
        MsChapV2Response response = proof.response();
        return new Proof(response.toValue(), response.peerChallenge(), proof.expected(), proof.keys());
    }

    @Override
    @Nullable
    Granted granted(byte[] message) {
        MsChapSuccess parsed = MsChapSuccess.parse(message);
        return parsed == null ? null : new Granted(parsed.proof(), parsed.message());
    }
}
