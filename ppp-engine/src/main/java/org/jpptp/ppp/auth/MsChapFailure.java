package org.jpptp.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The message of a Failure of either MS-CHAP (RFC 2759 §6, RFC 2433 §8), read as far as it can be.
 *
 * @param error the E= field, 0 where there is none
 * @param retry whether R=1 permits another attempt on this link
 * @param challenge the C= field as it was sent, empty where there is none
 * @param version the V= field, 0 where there is none
 * @param message the M= field, or all of a message that has no fields; one character an octet
 */
public record MsChapFailure(int error, boolean retry, String challenge, int version, String message) {
    static final int PASSWORD_EXPIRED = 648;
    public static final int AUTHENTICATION_FAILURE = 691;
    static final int CHANGING_PASSWORD = 709;

    public static MsChapFailure parse(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int error = 0;
        boolean retry = false;
        String challenge = "";
        int version = 0;
        boolean fields = false;
        int at = 0;
        while (at < text.length()) {
            // The text is last, and has spaces of its own.
            if (text.startsWith("M=", at)) {
                return new MsChapFailure(error, retry, challenge, version, text.substring(at + 2));
            }
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            if (end - at > 2 && text.charAt(at + 1) == '=') {
                String value = text.substring(at + 2, end);
                switch (text.charAt(at)) {
                    case 'E' -> error = decimal(value);
                    case 'R' -> retry = value.equals("1");
                    case 'C' -> challenge = value;
                    case 'V' -> version = decimal(value);
                    default -> {}
                }
                fields = true;
            }
            at = end + 1;
        }
        return new MsChapFailure(error, retry, challenge, version, fields ? "" : text);
    }

    /** What a client makes of it. */
    public Refusal refusal(String userName) {
        return new Refusal(Refusal.Verdict.CHAP_FAILURE, userName, error, PeerText.escape(message));
    }

    /** The C= field, null unless it is exactly so many octets. */
    public byte @Nullable [] challengeOctets(int octets) {
        return challenge.length() == 2 * octets && challenge.chars().allMatch(HexFormat::isHexDigit)
                ? HexFormat.of().parseHex(challenge)
                : null;
    }

    /** What an error of RFC 2759 §6, or one of those that Windows servers add (raserror.h), means, in words. */
    public static String words(int error) {
        return switch (error) {
            case 645 -> "the server's authentication failed within";
            case 646 -> "the account may not log on at this hour";
            case 647 -> "the account is disabled";
            case PASSWORD_EXPIRED -> "the password has expired";
            case 649 -> "the account has no permission to dial in";
            case AUTHENTICATION_FAILURE -> "user name or password are wrong";
            case CHANGING_PASSWORD -> "the password could not be changed";
            case 812 -> "a policy of the server refuses it";
            case 913 -> "the port is reserved for routers";
            case 930 -> "the server's authentication server did not answer";
            default -> "the server gives no known reason";
        };
    }

    /** A number of at most nine digits, with zeros before it or not; else 0. */
    private static int decimal(String digits) {
        return digits.matches("0*[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }
}
