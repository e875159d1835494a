package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;

/** A link that is up begins anew with LCP, in the place of a datagram. */
final class LinkAnew {
    private static final int ADDRESS_AND_CONTROL = 0xFF03;
    /** A request of LCP without an MRU, with MS-CHAPv2: address, control, protocol, header, option. */
    private static final byte[] REQUEST = {
        (byte) 0xFF, 0x03, (byte) 0xC0, 0x21, 1, 0x77, 0, 9, 3, 5, (byte) 0xC2, 0x23, (byte) 0x81
    };

    private LinkAnew() {}

    /** Where the packet of a control protocol begins, behind a protocol number of two octets. */
    static int packet(ByteBuf frame) {
        int start = frame.readerIndex();
        return start + (frame.getUnsignedShort(start) == ADDRESS_AND_CONTROL ? 4 : 2);
    }

    /** Whether it is no packet of a control protocol. */
    static boolean isDatagram(ByteBuf frame) {
        int start = frame.readerIndex();
        return frame.getUnsignedShort(packet(frame) - 2) < 0x8000
                || ((frame.getByte(start) & 1) == 1 && frame.getByte(start) != (byte) 0xFF);
    }

    /** Makes a datagram the request; what is left of it is padding. */
    static void begin(ByteBuf frame) {
        frame.setBytes(frame.readerIndex(), REQUEST);
    }
}
