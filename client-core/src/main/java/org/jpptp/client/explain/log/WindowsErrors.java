package org.jpptp.client.explain.log;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.evidence.OwnVerdict;

/** What Windows means by the number of an error of remote access, and by the words that it has for it. */
final class WindowsErrors {
    /** In words only: a RADIUS server that returns no keys for MPPE; the number is that of any wrong parameter. */
    private static final int NO_KEYS = 87;
    /** In words only: its own settings leave no method of authentication. */
    private static final int NO_METHOD = 739;

    private static final String GRE =
            "Let GRE (IP protocol 47) pass both ways on every firewall and router on the way.";
    private static final String SERVER_LOG = "The log of the other side has the reason.";
    private static final String BOTH_ENCRYPT = "Allow MPPE with 128 bits on both sides.";
    private static final String METHODS = "Enable MS-CHAPv2 on the server, and in its policy.";
    private static final String POOL = "See whether the server has addresses left to give, in its pool or from DHCP.";
    private static final String ACCOUNT = "Who runs the server can change that, at the account.";

    private static final Map<Pattern, Integer> WORDS = words();

    private WindowsErrors() {}

    /** The verdict on a number; empty for one that says nothing of PPTP. */
    static Optional<OwnVerdict> of(int error) {
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

    /** An error, and the words that it was told in. */
    record Told(int error, String words) {}

    /** The error that is told in words; empty for words that tell of none. */
    static Optional<Told> in(String text) {
        for (Map.Entry<Pattern, Integer> known : WORDS.entrySet()) {
            Matcher words = known.getKey().matcher(text);
            if (words.find()) {
                return Optional.of(new Told(known.getValue(), words.group()));
            }
        }
        return Optional.empty();
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

    private static OwnVerdict verdict(FailureReason reason, int error, String what, String remedy) {
        return new OwnVerdict(reason.name(), error, "Windows says that " + what, remedy);
    }

    private static Map<Pattern, Integer> words() {
        Map<Pattern, Integer> words = new LinkedHashMap<>();
        words.put(sentence("user ?name (?:and|or) password combination you provided is not recognized"), 691);
        words.put(sentence("failed to authenticate on port"), 691);
        words.put(sentence("account is disabled"), 647);
        words.put(sentence("password has expired"), 648);
        words.put(sentence("account has expired"), 708);
        words.put(sentence("not permitted to log ?on at this time"), 646);
        words.put(sentence("does not have (?:remote access privilege|permission to dial in)"), 649);
        words.put(sentence("prevented because of a policy configured on your RAS/VPN server"), 812);
        words.put(sentence("no authentication protocols available"), NO_METHOD);
        words.put(sentence("remote computer does not support the required (?:data )?encryption"), 742);
        words.put(sentence("local computer does not support the required (?:data )?encryption"), 741);
        words.put(sentence("parameter is incorrect"), NO_KEYS);
        words.put(sentence("could not be projected onto the network"), 720);
        words.put(sentence("no (?:network|PPP control) protocols (?:were successfully negotiated|configured)"), 720);
        words.put(sentence("PPTP negotiation is not converging"), 721); // KB888201: GRE is blocked
        words.put(sentence("negotiation is not converging"), 732);
        words.put(sentence("link control protocol was terminated"), 734);
        words.put(sentence("authentication timeout|did not complete within the required amount of time"), 718);
        words.put(sentence("not configured to allow Generic Routing Encapsulation"), 806);
        words.put(sentence("remote (?:PPP peer|computer) is not responding"), 721);
        return words;
    }

    private static Pattern sentence(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
}
