package org.jpptp.client.proxy;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jpptp.client.Cidr;

/**
 * The header of SOCKS5's datagrams (RFC 1928 §7), for IPv4:
 *
 * <pre>
 * octets  2    1     1     variable   2
 *        RSV  FRAG  ATYP   DST.ADDR  DST.PORT  data
 * </pre>
 *
 * FRAG is 0: fragments are dropped, as the RFC allows.
 */
public final class UdpDatagram {
    private static final int FIXED = 4;
    private static final int PORT = 2;
    private static final int IPV4_OCTETS = 4;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    /** What {@link #writeHeader} takes. */
    public static final int HEADER_OCTETS = FIXED + IPV4_OCTETS + PORT;

    private UdpDatagram() {}

    /** Takes the header off; empty for what is none, is a fragment, or names an address of another kind. */
    public static Optional<Target> read(ByteBuf datagram) {
        if (datagram.readableBytes() < FIXED + 1) {
            return Optional.empty();
        }
        int begin = datagram.readerIndex();
        int reserved = datagram.getUnsignedShort(begin);
        int fragment = datagram.getUnsignedByte(begin + 2);
        int kind = datagram.getUnsignedByte(begin + 3);
        boolean isName = kind == NAME;
        int at = begin + FIXED + (isName ? 1 : 0);
        int length = isName ? datagram.getUnsignedByte(begin + FIXED) : IPV4_OCTETS;
        if (reserved != 0
                || fragment != 0
                || (!isName && kind != IPV4)
                || datagram.writerIndex() < at + length + PORT) {
            return Optional.empty();
        }
        String host = isName
                ? datagram.toString(at, length, StandardCharsets.US_ASCII)
                : Cidr.address(datagram.getInt(at)).getHostAddress();
        int port = datagram.getUnsignedShort(at + length);
        datagram.readerIndex(at + length + PORT);
        return Target.of(host, port);
    }

    /** Writes the header of a datagram that came from there. */
    public static void writeHeader(ByteBuf into, Inet4Address from, int port) {
        into.writeShort(0);
        into.writeByte(0);
        into.writeByte(IPV4);
        into.writeBytes(from.getAddress());
        into.writeShort(port);
    }
}
