package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Libc;

/**
 * Reads the error queue of a socket with IP_RECVERR, see ip(7). Numbers are octet offsets into the structures of the
 * 64-bit platforms: {@code msghdr}, {@code cmsghdr}, {@code sock_extended_err}, {@code sockaddr_in}.
 */
final class ErrorQueue {
    /** What is found in the queue. */
    interface Reader {
        /** An ICMP error about a packet of ours. */
        void icmpError(IcmpError error);

        /** An error that did not come by ICMP. */
        void failed(int errno);
    }

    private static final int CONTROL_LENGTH = 256;
    private static final int CMSG_HEADER_LENGTH = 16;
    private static final int EXTENDED_ERROR_LENGTH = 16;
    private static final int ORIGIN_ICMP = 2;
    /** ICMP quotes eight octets behind the IPv4 header (RFC 792): the GRE header up to the call id. */
    private static final int QUOTED_CALL_ID = 6;

    private static final int QUOTED_LENGTH = 8;

    private final Memory message = new Memory(56);
    private final Memory control = new Memory(CONTROL_LENGTH);
    private final Memory vector = new Memory(16);
    /** The start of the packet that the error is about, from the GRE header on. */
    private final Memory packet = new Memory(64);

    ErrorQueue() {
        vector.setPointer(0, packet);
        vector.setLong(8, packet.size());
    }

    /**
     * Takes one error out of the queue and tells the reader.
     *
     * @return whether there was one
     */
    boolean takeOne(int fd, Reader reader) {
        message.clear();
        message.setPointer(16, vector);
        message.setLong(24, 1);
        message.setPointer(32, control);
        message.setLong(40, CONTROL_LENGTH);
        long quoted = Libc.recvmsg(fd, message, Libc.MSG_ERRQUEUE | Libc.MSG_DONTWAIT);
        if (quoted < 0) {
            return false;
        }
        long offset = extendedError(message.getLong(40));
        if (offset >= 0) {
            tell(offset, quoted, reader);
        }
        return true;
    }

    /** The offset of the {@code sock_extended_err} among the control messages, −1 for none. */
    private long extendedError(long controlLength) {
        long offset = 0;
        while (offset + CMSG_HEADER_LENGTH <= controlLength) {
            long length = control.getLong(offset);
            if (length < CMSG_HEADER_LENGTH || length > controlLength - offset) {
                return -1;
            }
            boolean wanted =
                    control.getInt(offset + 8) == Libc.IPPROTO_IP && control.getInt(offset + 12) == Libc.IP_RECVERR;
            if (wanted && length >= CMSG_HEADER_LENGTH + EXTENDED_ERROR_LENGTH) {
                return offset + CMSG_HEADER_LENGTH;
            }
            offset += (length + 7) & ~7L;
        }
        return -1;
    }

    private void tell(long offset, long quoted, Reader reader) {
        int errno = control.getInt(offset);
        if (control.getByte(offset + 4) != ORIGIN_ICMP) {
            reader.failed(errno);
            return;
        }
        int type = Byte.toUnsignedInt(control.getByte(offset + 5));
        int code = Byte.toUnsignedInt(control.getByte(offset + 6));
        int info = control.getInt(offset + 8);
        // SO_EE_OFFENDER: a sockaddr_in right behind, the address four octets in.
        byte[] offender = control.getByteArray(offset + EXTENDED_ERROR_LENGTH + 4, 4);
        try {
            InetAddress from = InetAddress.getByAddress(offender);
            reader.icmpError(new IcmpError(type, code, errno, from, info, quotedCallId(quoted)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }

    private int quotedCallId(long quoted) {
        return quoted < QUOTED_LENGTH
                ? -1
                : Byte.toUnsignedInt(packet.getByte(QUOTED_CALL_ID)) << 8
                        | Byte.toUnsignedInt(packet.getByte(QUOTED_CALL_ID + 1));
    }
}
