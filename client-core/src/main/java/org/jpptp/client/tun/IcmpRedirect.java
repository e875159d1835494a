package org.jpptp.client.tun;

import io.netty.buffer.ByteBuf;

/**
 * Knows the redirects of ICMP (RFC 792) among datagrams from a tunnel. At the other end of a tunnel there is no second router to
 * be sent to, so that none is ever right; and with the address of a router of the host's own network as its sender, one turns
 * packets of this host's that never were for the tunnel to another host there. The kernel has no setting for one interface alone
 * that keeps it from heeding them. Those of IPv6 it has one for.
 */
public final class IcmpRedirect {
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_OFFSET = 0x1FFF;
    private static final int ICMP = 1;
    private static final int REDIRECT = 5;

    private IcmpRedirect() {}

    /** Whether a datagram is one, or its first fragment, which is never too short for the type. */
    public static boolean is(ByteBuf datagram) {
        int at = datagram.readerIndex();
        int length = datagram.readableBytes();
        if (length <= TransportHeaders.IPV4_OCTETS || datagram.getByte(at + IPV4_PROTOCOL) != ICMP) {
            return false;
        }
        int first = datagram.getByte(at);
        int header = (first & 0xF) << 2;
        return (first & 0xF0) == 0x40
                && length > header
                && datagram.getByte(at + header) == REDIRECT
                && (datagram.getShort(at + IPV4_FRAGMENT) & IPV4_OFFSET) == 0;
    }
}
