package org.jpptp.client.diagnosis;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.ClientConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;

/** Configurations of tests. */
final class Policies {
    static final Set<AuthMethod> DEFAULT = EnumSet.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2);

    private Policies() {}

    /** The defaults. */
    static ClientConfig of(String user) {
        return of(user, DEFAULT, MppePolicy.REQUIRE_128_STATELESS);
    }

    static ClientConfig of(String user, Set<AuthMethod> auth, MppePolicy mppe) {
        return new ClientConfig(
                "vpn",
                ClientConfig.DEFAULT_PORT,
                new Credentials(user, "secret".toCharArray()),
                auth,
                mppe,
                ClientConfig.DEFAULT_MTU,
                null,
                null,
                List.of(),
                Duration.ofMinutes(1));
    }
}
