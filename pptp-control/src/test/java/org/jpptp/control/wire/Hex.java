package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Octets as people write them down: hex in front of a semicolon, {@code 00*58} repeated, a remark behind it. */
public final class Hex {
    private Hex() {}

    public static ByteBuf octets(String annotated) {
        StringBuilder hex = new StringBuilder();
        annotated.lines().map(line -> line.replaceFirst(";.*", "")).forEach(line -> {
            for (String token : line.strip().split("\\s+", -1)) {
                int star = token.indexOf('*');
                hex.append(
                        star < 0
                                ? token
                                : token.substring(0, star).repeat(Integer.parseInt(token.substring(star + 1))));
            }
        });
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }
}
