package org.jpptp.ppp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ends a link while authentication is agreed on or carried out. */
public sealed interface AuthFailure extends PppFailure {
    /**
     * The server insists on methods that policy refuses, or asks for none.
     *
     * @param asked what it asked for, in order
     * @param allowed what is allowed and of use, the best first
     * @param keysRequired whether a method without keys for MPPE is of no use
     */
    record MethodRefused(List<AuthDemand> asked, List<AuthMethod> allowed, boolean keysRequired)
            implements AuthFailure {
        public MethodRefused {
            asked = List.copyOf(asked);
            allowed = List.copyOf(allowed);
        }

        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.methodRefused(this);
        }
    }

    /**
     * The peer takes none of the methods that we, as the server, demand.
     *
     * @param wanted what it suggested instead, in order
     * @param rejected what it sent a Configure-Reject of, in order
     * @param required what we demand
     */
    record DemandRefused(List<AuthDemand> wanted, List<AuthProtocol> rejected, List<AuthMethod> required)
            implements AuthFailure {
        public DemandRefused {
            wanted = List.copyOf(wanted);
            rejected = List.copyOf(rejected);
            required = List.copyOf(required);
        }

        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.demandRefused(this);
        }
    }

    /** The peer sent a Configure-Reject of the last protocol that we, as the server, demand. */
    record DemandRejected(AuthProtocol demanded) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.demandRejected(this);
        }
    }

    /** The peer sent a Protocol-Reject of what it had agreed to in LCP. */
    record ProtocolRejected(AuthProtocol agreed) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.protocolRejected(this);
        }
    }

    /**
     * The peer renegotiated to a weaker method.
     *
     * @param now what it wants since, at best
     */
    record MethodWeakened(AuthMethod before, AuthMethod now) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.methodWeakened(this);
        }
    }

    /**
     * The server proposes EAP methods only that policy refuses.
     *
     * @param proposed what it proposed, in order
     * @param allowed the EAP methods that are allowed, the best first
     */
    record EapMethodRefused(List<AuthDemand> proposed, List<AuthMethod> allowed) implements AuthFailure {
        public EapMethodRefused {
            proposed = List.copyOf(proposed);
            allowed = List.copyOf(allowed);
        }

        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.eapMethodRefused(this);
        }
    }

    /**
     * The peer takes none of the EAP methods that we, as the server, propose.
     *
     * @param wanted what its last Nak asked for, null for nothing
     * @param required what we propose
     */
    record EapMethodNotTaken(@Nullable AuthDemand wanted, List<AuthMethod> required) implements AuthFailure {
        public EapMethodNotTaken {
            required = List.copyOf(required);
        }

        @Override
        public Cause cause() {
            return Cause.AUTH_METHOD_REFUSED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.eapMethodNotTaken(this);
        }
    }

    /**
     * The peer fell silent during authentication.
     *
     * @param awaited what did not come
     * @param sent how many packets of ours wait for it, 0 where it is the peer's to begin
     */
    record AuthTimeout(Awaited awaited, int sent) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.AUTH_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.authTimeout(this);
        }
    }

    /** Name or password are wrong. */
    record CredentialsRejected(Refusal refusal) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.CREDENTIALS_REJECTED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.credentialsRejected(this);
        }
    }

    /**
     * PAP cannot carry the name or the password.
     *
     * @param maxOctets that PAP carries of each
     */
    record CredentialsTooLong(int maxOctets) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.CREDENTIALS_REJECTED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.credentialsTooLong(this);
        }
    }

    /** The server could not find out whether the password is right: 645, 930. */
    record Unchecked(Refusal refusal) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.AUTH_TIMEOUT;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.unchecked(this);
        }
    }

    /**
     * The account may not be used: 646, 647, 648, 649, 709 (RFC 2759 §6), another code that is not 691, or an EAP-Failure
     * after the proof.
     */
    record AccountRestricted(Refusal refusal) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.ACCOUNT_RESTRICTED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.accountRestricted(this);
        }
    }

    /**
     * The password has expired, and the new one cannot be carried.
     *
     * @param refusal of the old one
     * @param maxCharacters that a new one may have
     */
    record NewPasswordTooLong(Refusal refusal, int maxCharacters) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.ACCOUNT_RESTRICTED;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.newPasswordTooLong(this);
        }
    }

    /** The server sent our own challenge back to us. */
    record ProofReflected() implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.SERVER_PROOF_WRONG;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.proofReflected(this);
        }
    }

    /**
     * The server's Success carries no proof that it knows the password.
     *
     * @param said what it carries, escaped
     */
    record ProofMissing(String said) implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.SERVER_PROOF_WRONG;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.proofMissing(this);
        }
    }

    /** The proof in the server's Success is not that of our password. */
    record ProofWrong() implements AuthFailure {
        @Override
        public Cause cause() {
            return Cause.SERVER_PROOF_WRONG;
        }

        @Override
        public <R> R fold(PppFailure.Cases<R> cases) {
            return cases.proofWrong(this);
        }
    }

    /** What a side waited for in vain. */
    enum Awaited {
        /** The client: a CHAP Challenge. */
        CHALLENGE,
        /** The client: a verdict on its CHAP Responses. */
        CHAP_VERDICT,
        /** The client: an answer to its PAP Authenticate-Requests. */
        PAP_VERDICT,
        /** The client: the first EAP Request. */
        EAP_REQUEST,
        /** The client: a verdict after so many EAP Requests. */
        EAP_VERDICT,
        /** The server: a Response to its CHAP Challenges. */
        CHAP_RESPONSE,
        /** The server: a PAP Authenticate-Request. */
        PAP_REQUEST,
        /** The server: a Response to its EAP Requests. */
        EAP_RESPONSE
    }

    /** One answer for each of them; a new one does not compile until everybody has decided on it. */
    interface Cases<R> {
        R methodRefused(MethodRefused failure);

        R demandRefused(DemandRefused failure);

        R demandRejected(DemandRejected failure);

        R protocolRejected(ProtocolRejected failure);

        R methodWeakened(MethodWeakened failure);

        R eapMethodRefused(EapMethodRefused failure);

        R eapMethodNotTaken(EapMethodNotTaken failure);

        R authTimeout(AuthTimeout failure);

        R credentialsRejected(CredentialsRejected failure);

        R credentialsTooLong(CredentialsTooLong failure);

        R unchecked(Unchecked failure);

        R accountRestricted(AccountRestricted failure);

        R newPasswordTooLong(NewPasswordTooLong failure);

        R proofReflected(ProofReflected failure);

        R proofMissing(ProofMissing failure);

        R proofWrong(ProofWrong failure);
    }
}
