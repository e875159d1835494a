package org.jpptp.cli.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a file of pppd's: white space between them, comments from a {@code #} that begins a word, quotes of both kinds,
 * backslashes before octal and hexadecimal numbers and some letters, and before the end of a line that goes on.
 */
final class Words {
    /** A word, and the line that it begins in. */
    record Word(int line, String text) {}

    private static final int END = -1;

    private final String text;
    private int index;
    private int line = 1;

    private Words(String text) {
        this.text = text;
    }

    /** All of them. */
    static List<Word> of(String text) {
        return lines(text).stream().flatMap(List::stream).toList();
    }

    /** Those of each line that has some. */
    static List<List<Word>> lines(String text) {
        Words words = new Words(text);
        List<List<Word>> lines = new ArrayList<>();
        List<Word> current = new ArrayList<>();
        while (words.index < text.length()) {
            char c = text.charAt(words.index);
            if (c == '\n') {
                words.next();
                if (!current.isEmpty()) {
                    lines.add(List.copyOf(current));
                    current.clear();
                }
            } else if (Character.isWhitespace(c)) {
                words.next();
            } else if (words.continues()) {
                words.next();
                words.next();
            } else if (c == '#') {
                while (words.peek() != END && words.peek() != '\n') {
                    words.next();
                }
            } else {
                current.add(words.word());
            }
        }
        if (!current.isEmpty()) {
            lines.add(List.copyOf(current));
        }
        return lines;
    }

    private int peek() {
        return index < text.length() ? text.charAt(index) : END;
    }

    private char next() {
        char c = text.charAt(index++);
        line += c == '\n' ? 1 : 0;
        return c;
    }

    private boolean continues() {
        return peek() == '\\' && index + 1 < text.length() && text.charAt(index + 1) == '\n';
    }

    private Word word() {
        int begin = line;
        StringBuilder word = new StringBuilder();
        int quote = END;
        while (peek() != END) {
            int c = peek();
            if (quote == END && Character.isWhitespace(c)) {
                break;
            }
            next();
            if (c == quote) {
                quote = END;
            } else if (quote == END && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && peek() != END) {
                escape(word);
            } else {
                word.append((char) c);
            }
        }
        return new Word(begin, word.toString());
    }

    private void escape(StringBuilder word) {
        char c = next();
        switch (c) {
            case '\n' -> {
                // The line goes on, and so does the word.
            }
            case 'a' -> word.append('\u0007');
            case 'b' -> word.append('\b');
            case 'f' -> word.append('\f');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 's' -> word.append(' ');
            case 't' -> word.append('\t');
            case 'x' -> word.append((char) digits(16, 2, 0));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> word.append((char) digits(8, 2, c - '0'));
            default -> word.append(c);
        }
    }

    private int digits(int base, int most, int begin) {
        int number = begin;
        for (int i = 0; i < most && peek() != END && Character.digit(peek(), base) >= 0; i++) {
            number = (number * base + Character.digit(next(), base)) & 0xFF;
        }
        return number;
    }
}
