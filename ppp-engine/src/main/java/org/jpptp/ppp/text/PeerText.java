package org.jpptp.ppp.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Text of the peer, made safe to show: terminals and logs act on what it may contain. */
public final class PeerText {
    /** Octets of it that are shown. */
    private static final int MAX_OCTETS = 256;

    private PeerText() {}

    /** Printable ASCII as it is, every other octet as {@code \xNN}; long text is cut off. */
    public static String escape(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length && i < MAX_OCTETS; i++) {
            int octet = octets[i] & 0xff;
            if (octet >= ' ' && octet <= '~') {
                text.append((char) octet);
            } else {
                text.append(String.format("\\x%02X", octet));
            }
        }
        return text.append(octets.length > MAX_OCTETS ? "…" : "").toString();
    }

    /** The same for a text of one character an octet. */
    public static String escape(String text) {
        return escape(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same for the readable octets of a buffer, whose indexes are left alone. */
    public static String escape(ByteBuf text) {
        return escape(ByteBufUtil.getBytes(text));
    }
}
