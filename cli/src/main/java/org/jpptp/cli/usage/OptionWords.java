package org.jpptp.cli.usage;

import java.util.Locale;
import org.jpptp.client.AuthWords;
import org.jpptp.client.Setting;
import org.jpptp.ppp.AuthMethod;
import org.jspecify.annotations.Nullable;

/** How settings are said on the command line. */
public final class OptionWords {
    private OptionWords() {}

    /** The option that allows a weak method, such as {@code --allow-pap}. */
    public static String allow(AuthMethod method) {
        return of(Setting.ALLOW_WEAK, AuthWords.word(method));
    }

    /**
     * The option, with the value behind it.
     *
     * @param value null for the option alone
     */
    public static String of(Setting setting, @Nullable String value) {
        String word = value == null ? "" : value;
        return switch (setting) {
            case ALLOW_WEAK -> "--allow-" + word;
            case VERBOSE -> "-" + "v".repeat(value == null ? 1 : Integer.parseInt(word));
            case LIBRARY_DIRECTORY -> "JPPTP_LIBRARY_DIR" + (word.isEmpty() ? "" : "=" + word);
            case USER -> "-u" + (word.isEmpty() ? "" : " '" + word + "'");
            case AUTH,
                    MPPE,
                    MPPE_MODE,
                    MTU,
                    CHANGE_PASSWORD,
                    TIMEOUT,
                    NAMESPACE,
                    IPV6,
                    ECHO_FAILURES,
                    DNS,
                    PROXY,
                    ON_UP,
                    ON_DOWN,
                    ON_RECONNECT ->
                "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-') + (word.isEmpty() ? "" : " " + word);
        };
    }
}
