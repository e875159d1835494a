package org.jpptp.cli.profile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The text of a profile: one {@code key = value} a line, in UTF-8. A {@code #} at the beginning of a line or behind white space
 * begins a comment; a value between double quotes is taken as it stands there. Knows no keys but {@link #PASSWORD}, of whose
 * value it makes no text.
 */
final class ProfileText {
    /** The one key that is no option: nobody else reads a profile that has it, but everybody reads arguments. */
    static final String PASSWORD = "password";

    static final int MOST_OCTETS = 1 << 16;
    static final int LONGEST_LINE = 4096;

    /** What comes is all. */
    private static final boolean END = true;

    private static final char QUOTE = '"';
    private static final char MARK = '\uFEFF';

    private final char[] text;
    private final int end;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> unread = new HashSet<>();
    private char @Nullable [] password;

    private ProfileText(char[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /**
     * What a text says.
     *
     * @param entries in the order of the lines, those that are understood
     * @param problems in the order of the lines
     * @param unread whether the text may say a key nevertheless, in a line that is not understood
     */
    record Content(List<Entry> entries, List<Problem> problems, Predicate<String> unread) {
        Content {
            entries = List.copyOf(entries);
            problems = List.copyOf(problems);
        }
    }

    /** Understands it; anything can come in. */
    static Content read(byte[] octets) {
        CharBuffer chars = CharBuffer.allocate(octets.length);
        try {
            Problem odd = decode(octets, chars);
            if (odd != null) {
                return new Content(List.of(), List.of(odd), key -> true);
            }
            ProfileText text = new ProfileText(chars.array(), chars.position());
            text.lines();
            text.forget();
            return new Content(text.entries, text.problems, Set.copyOf(text.unread)::contains);
        } finally {
            Arrays.fill(chars.array(), '\0');
        }
    }

    /** The password in it, for the caller to wipe; null where there is none. */
    static char @Nullable [] password(byte[] octets) {
        CharBuffer chars = CharBuffer.allocate(octets.length);
        try {
            if (decode(octets, chars) != null) {
                return null;
            }
            ProfileText text = new ProfileText(chars.array(), chars.position());
            text.lines();
            return text.password;
        } finally {
            Arrays.fill(chars.array(), '\0');
        }
    }

    private static @Nullable Problem decode(byte[] octets, CharBuffer chars) {
        if (octets.length > MOST_OCTETS) {
            return new Problem(0, "it is longer than the " + MOST_OCTETS + " octets that a profile may have.");
        }
        if (startsWith(octets, 0xFF, 0xFE) || startsWith(octets, 0xFE, 0xFF)) {
            return new Problem(0, "it is UTF-16; save it as UTF-8.");
        }
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == 0) {
                return new Problem(line(octets, i), "there is a NUL, so this is no text.");
            }
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, chars, END);
        return result.isError() ? new Problem(line(octets, in.position()), "this is not UTF-8.") : null;
    }

    private static boolean startsWith(byte[] octets, int first, int second) {
        return octets.length > 1 && (octets[0] & 0xFF) == first && (octets[1] & 0xFF) == second;
    }

    private static int line(byte[] octets, int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            line += octets[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private void lines() {
        int start = end > 0 && text[0] == MARK ? 1 : 0;
        for (int line = 1; start < end; line++) {
            int stop = start;
            while (stop < end && text[stop] != '\n') {
                stop++;
            }
            int length = stop > start && text[stop - 1] == '\r' ? stop - 1 : stop;
            line(line, start, length);
            start = stop + 1;
        }
    }

    private void line(int number, int from, int to) {
        int start = skip(from, to);
        if (start == to || text[start] == '#') {
            return;
        }
        int equals = start;
        while (equals < to && text[equals] != '=') {
            equals++;
        }
        String key = equals == to ? "" : new String(text, start, back(start, equals) - start);
        if (to - from > LONGEST_LINE) {
            unread.add(key);
            problem(number, "the line is longer than " + LONGEST_LINE + " characters.");
            return;
        }
        for (int i = from; i < to; i++) {
            if (Character.isISOControl(text[i]) && text[i] != '\t') {
                unread.add(key);
                problem(number, "there is a control character.");
                return;
            }
        }
        if (text[start] == '[') {
            problem(number, "there are no sections in a profile.");
            return;
        }
        if (equals == to) {
            problem(number, "a line says 'key = value', and this one has no '='.");
            return;
        }
        if (key.isEmpty()) {
            problem(number, "there is no key before the '='.");
            return;
        }
        value(number, key, skip(equals + 1, to), to);
    }

    private void value(int number, String key, int from, int to) {
        if (from < to && text[from] == QUOTE) {
            int close = closing(from + 1, to);
            if (close < 0) {
                unread.add(key);
                problem(number, "a value that begins with a double quote ends with one.");
            } else {
                entry(number, key, from + 1, close);
            }
            return;
        }
        int comment = from;
        while (comment < to && !isComment(comment)) {
            comment++;
        }
        if (comment < to && key.equals(PASSWORD)) {
            unread.add(key);
            problem(
                    number,
                    "a password with '#' behind a blank stands between double quotes; a comment, on its own line.");
            return;
        }
        entry(number, key, from, back(from, comment));
    }

    /** The first quote behind which nothing but a comment follows. */
    private int closing(int from, int to) {
        for (int i = from; i < to; i++) {
            int next = skip(i + 1, to);
            if (text[i] == QUOTE && (next == to || (next > i + 1 && text[next] == '#'))) {
                return i;
            }
        }
        return -1;
    }

    private boolean isComment(int index) {
        return text[index] == '#' && isBlank(text[index - 1]);
    }

    private void entry(int number, String key, int from, int to) {
        if (key.equals(PASSWORD)) {
            if (password == null) {
                password = Arrays.copyOfRange(text, from, to);
            }
            entries.add(new Entry(number, key, ""));
            if (from == to) {
                problem(number, PASSWORD + " has no value.");
            }
        } else {
            entries.add(new Entry(number, key, new String(text, from, to - from)));
        }
    }

    private void problem(int number, String sentence) {
        problems.add(new Problem(number, sentence));
    }

    private int skip(int from, int to) {
        int index = from;
        while (index < to && isBlank(text[index])) {
            index++;
        }
        return index;
    }

    /** Where a stretch ends without the blanks behind it. */
    private int back(int from, int to) {
        int index = to;
        while (index > from && isBlank(text[index - 1])) {
            index--;
        }
        return index;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private void forget() {
        if (password != null) {
            Arrays.fill(password, '\0');
            password = null;
        }
    }
}
