package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Appends the fields of one message in network order. */
public final class FieldWriter {
    private final ByteBuf out;

    FieldWriter(ByteBuf out) {
        this.out = out;
    }

    void u8(int value) {
        out.writeByte(value);
    }

    void u16(int value) {
        out.writeShort(value);
    }

    void u32(long value) {
        out.writeInt((int) value);
    }

    void reserved8() {
        out.writeByte(0);
    }

    void reserved16() {
        out.writeShort(0);
    }

    /** As much of the text as fits into {@code size} octets, filled up with NUL. */
    void text(String text, int size) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(octets.length, size);
        out.writeBytes(octets, 0, length);
        out.writeZero(size - length);
    }

    /** How many octets {@link #text} will take of the text. */
    void length(String text, int size) {
        out.writeShort(Math.min(text.length(), size));
    }
}
