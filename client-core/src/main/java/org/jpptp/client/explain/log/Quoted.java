package org.jpptp.client.explain.log;

import org.jspecify.annotations.Nullable;

/** Text between quotes, in which a backslash takes the next character with it. Read once from left to right, however it is made. */
final class Quoted {
    private Quoted() {}

    /** Where the quote is that ends the text which begins at {@code from}; −1 where there is none. */
    static int end(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** What stands in the first quotes, as it is written; null where there are none, or none that end. */
    static @Nullable String first(String text) {
        int open = text.indexOf('"');
        int close = open < 0 ? -1 : end(text, open + 1);
        return close < 0 ? null : text.substring(open + 1, close);
    }

    /** What begins at {@code from}, up to its quote or to the end of a text that was cut off. */
    static String rest(String text, int from) {
        int close = end(text, from);
        return text.substring(from, close < 0 ? text.length() : close);
    }
}
