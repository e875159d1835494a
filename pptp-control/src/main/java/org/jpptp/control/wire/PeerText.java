package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;

/** Makes what a peer sent fit for a terminal and a log: printable ASCII only, and not too much of it. */
public final class PeerText {
    private static final String CUT = "...";

    private PeerText() {}

    /**
     * The text in double quotes; a backslash gets a backslash, everything outside 0x20…0x7E becomes {@code \xNN} (or
     * {@code \}{@code uNNNN}), and so does a quote: nothing in the text closes the quotes.
     *
     * @param limit characters of the text that are shown at most; {@code ...} behind the quote tells of more
     */
    public static String quote(String text, int limit) {
        int shown = Math.min(text.length(), limit);
        StringBuilder quoted = new StringBuilder(shown + 8).append('"');
        for (int i = 0; i < shown; i++) {
            append(quoted, text.charAt(i));
        }
        quoted.append('"');
        return shown < text.length() ? quoted.append(CUT).toString() : quoted.toString();
    }

    /** The readable octets, as {@link #quote(String, int)} shows text. */
    public static String quote(ByteBuf octets, int limit) {
        int shown = Math.min(octets.readableBytes(), limit);
        StringBuilder quoted = new StringBuilder(shown + 8).append('"');
        for (int i = 0; i < shown; i++) {
            append(quoted, (char) octets.getUnsignedByte(octets.readerIndex() + i));
        }
        quoted.append('"');
        return shown < octets.readableBytes() ? quoted.append(CUT).toString() : quoted.toString();
    }

    private static void append(StringBuilder quoted, char c) {
        if (c == '\\') {
            quoted.append("\\\\");
        } else if (c >= 0x20 && c <= 0x7E && c != '"') {
            quoted.append(c);
        } else if (c <= 0xFF) {
            quoted.append(String.format("\\x%02x", (int) c));
        } else {
            quoted.append(String.format("\\u%04x", (int) c));
        }
    }
}
