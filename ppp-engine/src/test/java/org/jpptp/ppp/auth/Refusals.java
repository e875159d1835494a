package org.jpptp.ppp.auth;

import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;

/** The verdict in a failure, for tests. */
public final class Refusals {
    private Refusals() {}

    /** Of a failure that is one of the two that carry nothing else. */
    public static Refusal of(PppFailure failure) {
        if (failure instanceof AuthFailure.Unchecked unchecked) {
            return unchecked.refusal();
        }
        return failure instanceof AuthFailure.AccountRestricted restricted
                ? restricted.refusal()
                : ((AuthFailure.CredentialsRejected) failure).refusal();
    }
}
