package org.jpptp.ppp;

/**
 * A verdict against a user.
 *
 * @param verdict the packet that carries it
 * @param user the user name; the peer's is escaped
 * @param error the MS-CHAP error (RFC 2759 §6: 646…709; Windows servers have more) where it names one, else 0
 * @param said the server's text, escaped; empty where there is none
 */
public record Refusal(Verdict verdict, String user, int error, String said) {
    private static final int WRONG = 691;
    /** What is wrong is inside the server (raserror.h, ERROR_AUTH_INTERNAL). */
    private static final int SERVER_BROKEN = 645;
    /** The server's own authentication server does not answer it. */
    private static final int NO_ANSWER = 930;

    /** Which packet it is. */
    public enum Verdict {
        /** The server's Failure of either MS-CHAP, or of CHAP. */
        CHAP_FAILURE,
        /** The server's Failure of MS-CHAPv2 inside EAP, where no password is changed. */
        FAILURE_INSIDE_EAP,
        /** The server's PAP Authenticate-Nak. */
        PAP_NAK,
        /** The server's EAP-Failure. */
        EAP_FAILURE,
        /** The server's EAP-Failure before it had proposed a method: it knows no more of us than the name. */
        EAP_FAILURE_UNASKED,
        /** The server's EAP-Failure, after it had proved itself: the password was right. */
        EAP_FAILURE_AFTER_PROOF,
        /** Our own refusal, as the server. */
        OURS
    }

    /** What it means for the link: 691 alone says that name or password are wrong, whatever another server makes up. */
    public PppFailure failure() {
        boolean restricted =
                switch (error) {
                    case 0 -> verdict == Verdict.EAP_FAILURE_AFTER_PROOF;
                    case WRONG -> false;
                    default -> true;
                };
        if (error == SERVER_BROKEN || error == NO_ANSWER) {
            return new AuthFailure.Unchecked(this);
        }
        return restricted ? new AuthFailure.AccountRestricted(this) : new AuthFailure.CredentialsRejected(this);
    }
}
