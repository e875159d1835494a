package org.jpptp.client;

import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.MppePolicy;

/**
 * What may be agreed on with the server.
 *
 * @param auth the authentication methods allowed
 * @param mppe the encryption and compression allowed
 */
public record PolicySettings(Set<AuthMethod> auth, MppePolicy mppe) {
    /** Methods by which the server proves itself, and 128 bits, stateless, or no link. */
    public static final PolicySettings DEFAULT =
            new PolicySettings(Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS);

    public PolicySettings {
        auth = Set.copyOf(auth);
    }

    /** Whether a method of EAP is allowed. */
    public boolean hasEap() {
        return auth.stream().anyMatch(method -> method.protocol() == AuthProtocol.EAP);
    }

    /** The same with other methods. */
    public PolicySettings with(Set<AuthMethod> others) {
        return new PolicySettings(others, mppe);
    }

    /** The same with other encryption. */
    public PolicySettings with(MppePolicy other) {
        return new PolicySettings(auth, other);
    }
}
