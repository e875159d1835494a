package org.jpptp.ppp.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Text of the peer, made safe to show: terminals and logs act on what it may contain. The notation is that of the control
 * connection.
 */
public final class PeerText {
    /** Characters of it that are shown. */
    private static final int LIMIT = 256;

    private static final String CUT = "...";

    private PeerText() {}

    /**
     * Printable ASCII as it is, but for a backslash before a backslash; everything else as {@code \xNN} (or
     * {@code \}{@code uNNNN}), and a quote too: where text is quoted, no octet of it closes the quotes. Long text is cut off, and {@code ...} tells of that.
     */
    public static String escape(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < LIMIT; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                shown.append("\\\\");
            } else if (c >= ' ' && c <= '~' && c != '"') {
                shown.append(c);
            } else {
                shown.append(String.format(c <= 0xFF ? "\\x%02x" : "\\u%04x", (int) c));
            }
        }
        return shown.append(text.length() > LIMIT ? CUT : "").toString();
    }

    /** The same for octets, each of them a character. */
    public static String escape(byte[] octets) {
        return escape(new String(octets, StandardCharsets.ISO_8859_1));
    }

    /** The same for the readable octets of a buffer, whose indexes are left alone. */
    public static String escape(ByteBuf text) {
        return escape(ByteBufUtil.getBytes(text));
    }
}
