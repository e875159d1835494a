package org.jpptp.client.tun;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands before each packet where offload is on: {@code struct virtio_net_hdr} of {@code linux/virtio_net.h}, ten
 * octets in the machine's own order.
 */
final class VnetHeader {
    static final int OCTETS = 10;

    // flags
    /** The checksum field has the sum of the pseudo-header only. */
    static final int NEEDS_CHECKSUM = 1;
    /** The checksum was verified. */
    static final int CHECKSUM_VALID = 2;

    // gso_type
    static final int WHOLE = 0;
    static final int TCP4 = 1;
    static final int TCP6 = 4;
    static final int UDP = 5;
    /** Beside a TCP type: CWR is set. */
    static final int ECN = 0x80;

    private static final VarHandle NUMBER =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private static final int GSO_TYPE = 1;
    private static final int HEADER_LENGTH = 2;
    private static final int GSO_SIZE = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;

    private VnetHeader() {}

    static int flags(ByteBuffer packet, int at) {
        return packet.get(at);
    }

    static int gsoType(ByteBuffer packet, int at) {
        return packet.get(at + GSO_TYPE) & 0xFF;
    }

    /** Octets of payload in each segment but the last. */
    static int gsoSize(ByteBuffer packet, int at) {
        return number(packet, at + GSO_SIZE);
    }

    /** Where the sum begins, counted from the IP header. */
    static int checksumStart(ByteBuffer packet, int at) {
        return number(packet, at + CHECKSUM_START);
    }

    /** Where the checksum is to be put, counted from where the sum begins. */
    static int checksumOffset(ByteBuffer packet, int at) {
        return number(packet, at + CHECKSUM_OFFSET);
    }

    private static int number(ByteBuffer packet, int at) {
        return (short) NUMBER.get(packet, at) & 0xFFFF;
    }

    /** Writes the header of a datagram that is finished. */
    static void writeWhole(ByteBuffer packet, int at, int flags) {
        packet.putLong(at, 0).putShort(at + Long.BYTES, (short) 0).put(at, (byte) flags);
    }

    /** Writes the header of a datagram that is to be cut, or could be. */
    static void writeSegmented(ByteBuffer packet, int at, int gsoType, int gsoSize, TransportHeaders headers) {
        packet.put(at, (byte) NEEDS_CHECKSUM).put(at + GSO_TYPE, (byte) gsoType);
        NUMBER.set(packet, at + HEADER_LENGTH, (short) headers.length());
        NUMBER.set(packet, at + GSO_SIZE, (short) gsoSize);
        NUMBER.set(packet, at + CHECKSUM_START, (short) headers.ipLength());
        NUMBER.set(packet, at + CHECKSUM_OFFSET, (short) headers.checksumOffset());
    }
}
