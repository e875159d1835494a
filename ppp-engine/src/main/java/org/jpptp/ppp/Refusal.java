package org.jpptp.ppp;

/**
 * A verdict against a user.
 *
 * @param verdict the packet that carries it
 * @param user the user name; the peer's is escaped
 * @param error the MS-CHAP error (RFC 2759 §6: 646…709) where it names one, else 0
 * @param said the server's text, escaped; empty where there is none
 */
public record Refusal(Verdict verdict, String user, int error, String said) {
    /** Which packet it is. */
    public enum Verdict {
        /** The server's Failure of either MS-CHAP, or of CHAP. */
        CHAP_FAILURE,
        /** The server's PAP Authenticate-Nak. */
        PAP_NAK,
        /** The server's EAP-Failure. */
        EAP_FAILURE,
        /** The server's EAP-Failure, after it had proved itself: the password was right. */
        EAP_FAILURE_AFTER_PROOF,
        /** Our own refusal, as the server. */
        OURS
    }

    /** What it means for the link. */
    public PppFailure failure() {
        boolean restricted =
                switch (error) {
                    case 646, 647, 648, 649, 709 -> true;
                    default -> verdict == Verdict.EAP_FAILURE_AFTER_PROOF;
                };
        return restricted ? new AuthFailure.AccountRestricted(this) : new AuthFailure.CredentialsRejected(this);
    }
}
