package org.jpptp.client.tun;

import java.util.regex.Pattern;

/**
 * Which names an interface can have. Linux takes 1–15 octets other than {@code /}, {@code :} and white space; here they
 * are letters, digits and {@code _.+=~@-}, and the first is no {@code -}, which commands take for an option.
 */
public final class InterfaceName {
    private static final Pattern SYNTAX = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.+=~@][A-Za-z0-9_.+=~@-]{0,14}");

    private InterfaceName() {}

    public static boolean isValid(String name) {
        return SYNTAX.matcher(name).matches();
    }
}
