package org.jpptp.gre.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Annotated hex: everything from a '#' to the end of its line is a comment, blanks do not count. */
public final class Hex {
    private Hex() {}

    public static ByteBuf packet(String text) {
        String digits = text.replaceAll("#[^\n]*", "").replaceAll("\\s", "");
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits));
    }

    public static String of(ByteBuf packet) {
        byte[] octets = new byte[packet.readableBytes()];
        packet.getBytes(packet.readerIndex(), octets);
        return HexFormat.of().formatHex(octets);
    }
}
