package org.jpptp.ppp.auth.eap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** The server's side of MD5-Challenge (RFC 2284 §3.4). It has no words for a refusal. */
final class EapMd5Server implements EapServerMethod {
    private static final int CHALLENGE_OCTETS = 16;
    private static final int AUTHENTICATION_FAILURE = 691;

    private final AuthRole.Authenticator role;
    private final byte[] identity;
    private final byte[] challenge = new byte[CHALLENGE_OCTETS];
    private int identifier;

    /** @param identity of the peer, for a Response that names nobody */
    EapMd5Server(AuthRole.Authenticator role, byte[] identity, RandomGenerator random) {
        this.role = role;
        this.identity = identity;
        random.nextBytes(challenge);
    }

    @Override
    public int type() {
        return EapType.MD5_CHALLENGE;
    }

    @Override
    public byte[] begin(int identifier) {
        this.identifier = identifier;
        return EapMd5Client.typeData(challenge, role.name());
    }

    @Override
    public Step response(byte[] data, int next) {
        byte[] value = EapMd5Client.value(data);
        if (value == null) {
            return new Step.Ignored("an MD5-Challenge Response whose length leads beyond it");
        }
        byte[] named = EapMd5Client.name(data);
        byte[] octets = named.length == 0 ? identity : named;
        String name = new String(octets, StandardCharsets.UTF_8);
        AuthRole.@Nullable Account account = role.accounts().find(name);
        byte[] expected = EapMd5Client.response(
                identifier,
                account == null ? new char[0] : account.credentials().password(),
                challenge);
        boolean matches = MessageDigest.isEqual(expected, value);
        if (account == null || !matches) {
            return refuse(AUTHENTICATION_FAILURE, octets);
        }
        if (account.error() != 0) {
            return refuse(account.error(), octets);
        }
        return new Step.Accepted(AuthResult.oneSided(AuthMethod.EAP_MD5, name, "", null));
    }

    private static Step refuse(int error, byte[] name) {
        Refusal refusal = new Refusal(Refusal.Verdict.OURS, PeerText.escape(name), error, "");
        return new Step.Refused(refusal.failure());
    }
}
