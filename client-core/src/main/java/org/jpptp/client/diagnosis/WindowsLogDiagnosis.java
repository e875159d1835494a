package org.jpptp.client.diagnosis;

import java.util.Locale;
import java.util.Optional;
import org.jpptp.client.FailureReason;

/** What Windows means by the number of an error of remote access. */
public final class WindowsLogDiagnosis {
    /** That of any wrong parameter, in a log of its server's: a RADIUS server that returns no keys for MPPE. */
    public static final int NO_KEYS = 87;
    /** In a log of its server's: its own settings leave no method of authentication. */
    public static final int NO_METHOD = 739;

    private static final String GRE =
            "Let GRE (IP protocol 47) pass both ways on every firewall and router on the way.";
    private static final String SERVER_LOG = "The log of the other side has the reason.";
    private static final String BOTH_ENCRYPT = "Allow MPPE with 128 bits on both sides.";
    private static final String METHODS = "Enable MS-CHAPv2 on the server, and in its policy.";
    private static final String POOL = "See whether the server has addresses left to give, in its pool or from DHCP.";
    private static final String ACCOUNT = "Who runs the server can change that, at the account.";

    private WindowsLogDiagnosis() {}

    /** The verdict on a number; empty for one that says nothing of PPTP. */
    public static Optional<LoggedVerdict> of(int error) {
        return Optional.ofNullable(
                switch (error) {
                    case 800, 809 ->
                        verdict(
                                FailureReason.TIMED_OUT,
                                error,
                                "the server did not answer.",
                                "Check its name, and that TCP port 1723 passes on every firewall on the way.");
                    case 868 ->
                        verdict(
                                FailureReason.NAME_NOT_FOUND,
                                error,
                                "the name of the server does not resolve.",
                                "Check the name.");
                    case 721, 806 ->
                        verdict(
                                FailureReason.GRE_BLOCKED,
                                error,
                                "TCP reached the other side, and GRE (IP protocol 47) got no answer.",
                                GRE);
                    case 732, 734 ->
                        verdict(
                                FailureReason.LINK_NEGOTIATION_FAILED,
                                error,
                                "the two sides did not agree on the link, or did not hear each other.",
                                GRE + " If it passes, " + SERVER_LOG.toLowerCase(Locale.ROOT));
                    case 718 ->
                        verdict(
                                FailureReason.NOT_UP_IN_TIME,
                                error,
                                "the other side did not answer in time while the link was negotiated.",
                                GRE + " If it passes, see whether a RADIUS server answers late.");
                    case 691 ->
                        verdict(
                                FailureReason.CREDENTIALS_REJECTED,
                                error,
                                "name and password are not those of an account, or the method of authentication is not"
                                        + " permitted.",
                                "Check name, domain and password, then the methods that the server permits.");
                    case 646, 647, 648, 649, 708 ->
                        verdict(FailureReason.ACCOUNT_RESTRICTED, error, "the account " + account(error), ACCOUNT);
                    case NO_METHOD ->
                        verdict(
                                FailureReason.AUTH_METHOD_REFUSED,
                                0,
                                "no method of authentication is left that both sides permit.",
                                METHODS);
                    case 812, 919 ->
                        verdict(
                                FailureReason.AUTH_METHOD_REFUSED,
                                error,
                                "a policy of the server's does not permit this method of authentication.",
                                METHODS);
                    case 778 ->
                        verdict(
                                FailureReason.SERVER_PROOF_WRONG,
                                error,
                                "the server did not prove that it knows the password.",
                                "It may be another server: check its address before you try again.");
                    case 741 ->
                        verdict(
                                FailureReason.ENCRYPTION_REFUSED,
                                error,
                                "this side does not support the encryption that the other requires.",
                                BOTH_ENCRYPT);
                    case 742 ->
                        verdict(
                                FailureReason.ENCRYPTION_REFUSED,
                                error,
                                "the other side does not support the encryption that is required.",
                                BOTH_ENCRYPT);
                    case NO_KEYS ->
                        verdict(
                                FailureReason.KEYS_WRONG,
                                0,
                                "PPP was given a wrong parameter: mostly a RADIUS server that returns no MPPE keys.",
                                "Let it return MS-MPPE-Send-Key and MS-MPPE-Recv-Key, or with MS-CHAP v1"
                                        + " MS-CHAP-MPPE-Keys (RFC 2548).");
                    case 720, 733, 735, 736, 738 ->
                        verdict(FailureReason.ADDRESSES_REFUSED, error, "no addresses were agreed on.", POOL);
                    case 619, 628, 629 ->
                        verdict(
                                FailureReason.ENDED_BY_SERVER,
                                error,
                                "the connection was cut, without a reason.",
                                GRE + " If it passes, " + SERVER_LOG.toLowerCase(Locale.ROOT));
                    case 807, 829 ->
                        verdict(
                                FailureReason.LINK_LOST,
                                error,
                                "the connection was interrupted on its way.",
                                "Check the network between the two, then connect again.");
                    default -> null;
                });
    }

    private static String account(int error) {
        return switch (error) {
            case 646 -> "may not log on at this time.";
            case 647 -> "is disabled, or locked after wrong passwords.";
            case 648 -> "has a password that has expired.";
            case 708 -> "has expired.";
            default -> "may not log on from afar.";
        };
    }

    private static LoggedVerdict verdict(FailureReason reason, int error, String what, String remedy) {
        return new LoggedVerdict(reason, error, "Windows says that " + what, remedy);
    }
}
