package org.jpptp.client.session;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call that failed is followed by another, under a policy of less. EAP leaves its methods open: a server may ask
 * for it first, end the link over its methods, and know MS-CHAPv2 besides; another gives up when EAP is Naked
 * (docs/decisions/0014-another-call.md).
 */
final class AnotherCall {
    private AnotherCall() {}

    /** Returns the policy of the other call, null where there is to be none. */
    @Nullable
    static PolicySettings after(PppFailure failure, PolicySettings policy) {
        if (cameToNoMethod(failure)) {
            return only(policy, method -> method.protocol() != AuthProtocol.EAP);
        }
        return gaveUpOverEap(failure) ? only(policy, method -> method.protocol() == AuthProtocol.EAP) : null;
    }

    /** The server took EAP, and ended the link before it had a method that is allowed. */
    private static boolean cameToNoMethod(PppFailure failure) {
        return failure instanceof AuthFailure.EapMethodRefused
                || (failure instanceof AuthFailure.CredentialsRejected rejected
                        && rejected.refusal().verdict() == Refusal.Verdict.EAP_FAILURE_UNASKED);
    }

    /** The server asked for EAP, and for nothing of use when that was Naked. */
    private static boolean gaveUpOverEap(PppFailure failure) {
        return failure instanceof AuthFailure.MethodRefused refused
                && refused.asked().stream().anyMatch(demand -> demand.protocol() == AuthProtocol.EAP);
    }

    /** Null where it would be the same again, or nothing. */
    private static @Nullable PolicySettings only(PolicySettings policy, Predicate<AuthMethod> wanted) {
        Set<AuthMethod> methods = policy.auth().stream()
                .filter(wanted)
                .filter(method -> method.yieldsKeys() || !policy.mppe().required())
                .collect(Collectors.toSet());
        return methods.isEmpty() || methods.size() == policy.auth().size() ? null : policy.with(methods);
    }
}
