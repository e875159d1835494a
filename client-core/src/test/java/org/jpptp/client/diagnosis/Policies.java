package org.jpptp.client.diagnosis;

import java.util.Set;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;

/** Configurations of tests. */
final class Policies {
    static final Set<AuthMethod> DEFAULT = PolicySettings.DEFAULT.auth();

    private Policies() {}

    /** The defaults. */
    static ClientConfig of(String user) {
        return ClientConfig.to("vpn", new Credentials(user, "secret".toCharArray()));
    }

    static ClientConfig of(String user, Set<AuthMethod> auth, MppePolicy mppe) {
        return of(user).with(new PolicySettings(auth, mppe));
    }
}
