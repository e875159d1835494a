package org.jpptp.gre.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jpptp.gre.io.Libc;

/**
 * An array of {@code struct mmsghdr}, each with one {@code struct iovec}, made once and used for every batch: see sendmmsg(2)
 * and recvmmsg(2). Numbers are octet offsets into the structures of the 64-bit platforms.
 */
final class MessageVector {
    private static final int MESSAGE = 64;
    private static final int VECTOR_ADDRESS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;

    private static final int VECTOR = 16;
    private static final int OCTETS = 8;

    private final ByteBuffer memory;
    private final long address;
    /** Where the vectors begin, behind the messages. */
    private final int vectors;

    MessageVector(int messages) {
        memory = ByteBuffer.allocateDirect(messages * (MESSAGE + VECTOR)).order(ByteOrder.nativeOrder());
        address = addressOf(memory);
        vectors = messages * MESSAGE;
        for (int i = 0; i < messages; i++) {
            memory.putLong(i * MESSAGE + VECTOR_ADDRESS, address + vectors + (long) i * VECTOR);
            memory.putLong(i * MESSAGE + VECTOR_COUNT, 1);
        }
    }

    /** The address of a direct buffer's first octet, valid as long as the buffer is reachable. */
    static long addressOf(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    /** The address of the array from a message on. */
    long address(int message) {
        return address + (long) message * MESSAGE;
    }

    /** Says where a message's octets are. */
    void point(int message, long octets, long length) {
        int vector = vectors + message * VECTOR;
        memory.putLong(vector, octets);
        memory.putLong(vector + OCTETS, length);
    }

    /** Makes one message say what another does. */
    void copy(int from, int to) {
        int vector = vectors + from * VECTOR;
        point(to, memory.getLong(vector), memory.getLong(vector + OCTETS));
    }

    /** Octets that the kernel put into a message. */
    int length(int message) {
        return memory.getInt(message * MESSAGE + LENGTH);
    }

    /** Whether the datagram was longer than its place. */
    boolean isTruncated(int message) {
        return (memory.getInt(message * MESSAGE + FLAGS) & Libc.MSG_TRUNC) != 0;
    }
}
