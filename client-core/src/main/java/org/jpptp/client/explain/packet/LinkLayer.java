package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;

/** Takes the link layer off a captured packet. */
final class LinkLayer {
    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int PPP = 9;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int PPP_HDLC = 50;
    private static final int PPP_ETHER = 51;
    private static final int RAW = 101;
    private static final int WIFI = 105;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int PRISM = 119;
    private static final int RADIOTAP = 127;
    private static final int AVS = 163;
    private static final int PPP_DIRECTION = 204;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_QINQ = 0x88A8;
    private static final int TYPE_OLD_QINQ = 0x9100;
    private static final int TYPE_PPPOE = 0x8864;
    private static final int MOST_TAGS = 8;

    /** What lies behind. */
    enum Inside {
        IP,
        /** A frame of PPP; nothing tells who sent it. */
        PPP,
        /** A frame of PPP that this host sent. */
        PPP_SENT,
        /** A frame of PPP that this host received. */
        PPP_RECEIVED,
        OTHER
    }

    private LinkLayer() {}

    /** Whether frames of a kind can be read at all. */
    static boolean knows(int linkType) {
        return switch (linkType) {
            case NULL,
                    ETHERNET,
                    PPP,
                    RAW_BSD,
                    RAW_OPENBSD,
                    PPP_HDLC,
                    PPP_ETHER,
                    RAW,
                    WIFI,
                    LOOP,
                    LINUX_SLL,
                    PRISM,
                    RADIOTAP,
                    AVS,
                    PPP_DIRECTION,
                    IPV4,
                    IPV6,
                    LINUX_SLL2 -> true;
            default -> false;
        };
    }

    /**
     * Moves the reader index behind the link layer.
     *
     * @return {@link Inside#OTHER} also for what is too short
     */
    static Inside strip(int linkType, ByteBuf frame) {
        return switch (linkType) {
            case RAW_BSD, RAW_OPENBSD, RAW, IPV4, IPV6 -> Inside.IP;
            case NULL, LOOP -> skip(frame, 4) ? Inside.IP : Inside.OTHER;
            case ETHERNET -> skip(frame, 12) ? type(frame) : Inside.OTHER;
            case LINUX_SLL -> skip(frame, 14) ? type(frame) : Inside.OTHER;
            case LINUX_SLL2 -> cooked2(frame);
            case PPP, PPP_HDLC -> Inside.PPP;
            case PPP_ETHER -> skip(frame, 6) ? Inside.PPP : Inside.OTHER;
            case PPP_DIRECTION -> withDirection(frame);
            case WIFI -> wifi(frame);
            case RADIOTAP ->
                skip(frame, frame.readableBytes() < 4 ? 4 : frame.getUnsignedShortLE(frame.readerIndex() + 2))
                        ? wifi(frame)
                        : Inside.OTHER;
            case PRISM -> skip(frame, 144) ? wifi(frame) : Inside.OTHER;
            case AVS ->
                skip(frame, frame.readableBytes() < 8 ? 8 : frame.getInt(frame.readerIndex() + 4))
                        ? wifi(frame)
                        : Inside.OTHER;
            default -> Inside.OTHER;
        };
    }

    private static Inside cooked2(ByteBuf frame) {
        if (frame.readableBytes() < 20) {
            return Inside.OTHER;
        }
        int type = frame.getUnsignedShort(frame.readerIndex());
        frame.skipBytes(20);
        return payload(type, frame);
    }

    private static Inside withDirection(ByteBuf frame) {
        if (!frame.isReadable()) {
            return Inside.OTHER;
        }
        return frame.readUnsignedByte() == 0 ? Inside.PPP_RECEIVED : Inside.PPP_SENT;
    }

    private static Inside type(ByteBuf frame) {
        for (int tags = 0; tags < MOST_TAGS && frame.readableBytes() >= 2; tags++) {
            int type = frame.readUnsignedShort();
            if (type != TYPE_VLAN && type != TYPE_QINQ && type != TYPE_OLD_QINQ) {
                return payload(type, frame);
            }
            if (!skip(frame, 2)) {
                return Inside.OTHER;
            }
        }
        return Inside.OTHER;
    }

    private static Inside payload(int type, ByteBuf frame) {
        return switch (type) {
            case TYPE_IPV4, TYPE_IPV6 -> Inside.IP;
            case TYPE_PPPOE -> pppoe(frame);
            default -> Inside.OTHER;
        };
    }

    /** A line to the provider: what matters is the IP in it (RFC 2516). */
    private static Inside pppoe(ByteBuf frame) {
        if (!skip(frame, 6) || frame.readableBytes() < 2) {
            return Inside.OTHER;
        }
        int protocol = frame.readUnsignedShort();
        return protocol == 0x0021 || protocol == 0x0057 ? Inside.IP : Inside.OTHER;
    }

    /** Data frames without encryption, with LLC and SNAP (IEEE 802.11 §9.3.2). */
    private static Inside wifi(ByteBuf frame) {
        if (frame.readableBytes() < 24) {
            return Inside.OTHER;
        }
        int control = frame.getUnsignedByte(frame.readerIndex());
        int flags = frame.getUnsignedByte(frame.readerIndex() + 1);
        boolean data = (control & 0x0c) == 0x08;
        boolean empty = (control & 0x40) != 0;
        boolean hidden = (flags & 0x40) != 0;
        if (!data || empty || hidden) {
            return Inside.OTHER;
        }
        int header = 24 + ((flags & 0x03) == 0x03 ? 6 : 0) + ((control & 0x80) != 0 ? 2 : 0);
        if (!skip(frame, header) || frame.readableBytes() < 8) {
            return Inside.OTHER;
        }
        if (frame.getUnsignedShort(frame.readerIndex()) != 0xAAAA) {
            return Inside.OTHER;
        }
        frame.skipBytes(6);
        return payload(frame.readUnsignedShort(), frame);
    }

    private static boolean skip(ByteBuf frame, int octets) {
        if (octets < 0 || frame.readableBytes() < octets) {
            return false;
        }
        frame.skipBytes(octets);
        return true;
    }
}
