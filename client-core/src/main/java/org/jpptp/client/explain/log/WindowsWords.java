package org.jpptp.client.explain.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.WindowsLogDiagnosis;

/** The words that Windows has for errors of remote access. */
final class WindowsWords {
    private static final Map<Pattern, Integer> WORDS = words();
    /** A word of each of them. */
    private static final Pattern ANY = sentence(
            "recogni|authenticat|disabled|expired|not permitted|does not have|policy"
                    + "|not support|incorrect|projected|protocols|converging|terminated|required amount|Encapsulation|not responding");

    private WindowsWords() {}

    /** An error, and the words that it was told in. */
    record Told(int error, String words) {}

    /** The error that is told in words; empty for words that tell of none. */
    static Optional<Told> in(String text) {
        Matcher any = ANY.matcher(text);
        if (!any.find()) {
            return Optional.empty();
        }
        for (Map.Entry<Pattern, Integer> known : WORDS.entrySet()) {
            Matcher words = known.getKey().matcher(text);
            if (words.find()) {
                return Optional.of(new Told(known.getValue(), words.group()));
            }
        }
        return Optional.empty();
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
        words.put(sentence("no authentication protocols available"), WindowsLogDiagnosis.NO_METHOD);
        words.put(sentence("remote computer does not support the required (?:data )?encryption"), 742);
        words.put(sentence("local computer does not support the required (?:data )?encryption"), 741);
        words.put(sentence("parameter is incorrect"), WindowsLogDiagnosis.NO_KEYS);
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
