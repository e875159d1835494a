package org.jpptp.client.tun;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The Internet checksum (RFC 1071), eight octets at a time.
 *
 * <p>A sum is not folded until the end: halves of the words are added up in a {@code long}, which takes 2³¹ of them. It
 * does not depend on the order of octets (RFC 1071 §2(B)), so words are read as little-endian machines do and only the
 * result is turned. Sums may be added, as long as all but the last are of an even number of octets.
 */
final class Checksum {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0xFFFFFFFFL;

    /** {@link #fold} of octets that contain their right checksum. */
    static final int RIGHT = 0xFFFF;

    private Checksum() {}

    static long sum(ByteBuffer octets, int at, int length) {
        long low = 0;
        long high = 0;
        int longs = at + (length & -Long.BYTES);
        for (int i = at; i < longs; i += Long.BYTES) {
            long word = (long) LONG.get(octets, i);
            low += word & LOW;
            high += word >>> Integer.SIZE;
        }
        return low + high + sumEnd(octets, longs, at + length);
    }

    /** Copies, and sums what is copied: the copy of the JDK and a short loop are faster than one loop for both. */
    static long copy(ByteBuffer from, int at, ByteBuffer to, int index, int length) {
        to.put(index, from, at, length);
        return sum(to, index, length);
    }

    /** Seven octets at most. */
    private static long sumEnd(ByteBuffer octets, int at, int end) {
        long sum = 0;
        int next = at;
        if (end - next >= Integer.BYTES) {
            sum += (int) INT.get(octets, next) & LOW;
            next += Integer.BYTES;
        }
        if (end - next >= Short.BYTES) {
            sum += (short) SHORT.get(octets, next) & 0xFFFF;
            next += Short.BYTES;
        }
        return next < end ? sum + (octets.get(next) & 0xFF) : sum;
    }

    /** What a 16-bit number adds to a sum. */
    static long of(int number) {
        return Short.reverseBytes((short) number) & 0xFFFF;
    }

    /** The 16-bit sum, not complemented. */
    static int fold(long sum) {
        long folded = (sum & LOW) + (sum >>> Integer.SIZE);
        folded = (folded & 0xFFFF) + (folded >>> Short.SIZE & 0xFFFF) + (folded >>> Integer.SIZE);
        folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        return Short.reverseBytes((short) folded) & 0xFFFF;
    }
}
