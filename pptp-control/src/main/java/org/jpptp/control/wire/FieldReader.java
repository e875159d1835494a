package org.jpptp.control.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one message whose length has been checked against its type, and remembers what it saw on the way:
 * reserved fields that are not zero, and a length field that exceeds what it measures.
 */
final class FieldReader {
    private final ByteBuf in;
    private int at;
    private boolean reservedSet;
    private @Nullable String fault;

    FieldReader(ByteBuf in, int at) {
        this.in = in;
        this.at = at;
    }

    int u8() {
        return in.getUnsignedByte(at++);
    }

    int u16() {
        int value = in.getUnsignedShort(at);
        at += 2;
        return value;
    }

    long u32() {
        long value = in.getUnsignedInt(at);
        at += 4;
        return value;
    }

    void reserved8() {
        reservedSet |= u8() != 0;
    }

    void reserved16() {
        reservedSet |= u16() != 0;
    }

    /** A field of {@code size} octets, filled up with NUL. */
    String text(int size) {
        return text(size, size);
    }

    /** A field of {@code size} octets of which the first {@code length} are valid, as told by {@link #length}. */
    String text(int size, int length) {
        int end = 0;
        while (end < length && in.getByte(at + end) != 0) {
            end++;
        }
        String text = in.toString(at, end, StandardCharsets.ISO_8859_1);
        at += size;
        return text;
    }

    /** A length field for a text of at most {@code size} octets; what exceeds that makes the message malformed. */
    int length(String name, int size) {
        int length = u16();
        if (length > size) {
            fault = name + " " + length + " exceeds its field of " + size + " octets";
            return size;
        }
        return length;
    }

    boolean reservedSet() {
        return reservedSet;
    }

    @Nullable
    String fault() {
        return fault;
    }
}
