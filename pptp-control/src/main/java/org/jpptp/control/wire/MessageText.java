package org.jpptp.control.wire;

import java.util.function.IntFunction;

/** Writes a message as one line for traces: its name in the RFC, then {@code field=value} for every field. */
public final class MessageText {
    /** Longer than any text field of the protocol, so that nothing is cut that can occur. */
    private static final int TEXT_LIMIT = 128;

    private final StringBuilder line;

    private MessageText(String name) {
        line = new StringBuilder(name);
    }

    /** The line; printable ASCII whatever the peer sent. */
    public static String describe(ControlMessage message) {
        MessageText text = new MessageText(message.type().rfcName());
        message.describe(text);
        return text.line.toString();
    }

    MessageText number(String name, long value) {
        line.append(' ').append(name).append('=').append(value);
        return this;
    }

    MessageText hex(String name, long value) {
        line.append(' ').append(name).append(String.format("=0x%08x", value));
        return this;
    }

    /** A protocol version: the high octet, a point, the low octet (RFC 2637 §1.4). */
    MessageText version(int version) {
        line.append(" version=").append(ResultCodes.version(version));
        return this;
    }

    /** A code with its meaning. */
    MessageText code(String name, int code, IntFunction<String> words) {
        number(name, code);
        line.append(" (").append(words.apply(code)).append(')');
        return this;
    }

    /** An error or cause code, whose meaning is worth a word only when it is set. */
    MessageText codeIfSet(String name, int code, IntFunction<String> words) {
        return code == 0 ? number(name, 0) : code(name, code, words);
    }

    MessageText text(String name, String value) {
        line.append(' ').append(name).append('=').append(PeerText.quote(value, TEXT_LIMIT));
        return this;
    }
}
