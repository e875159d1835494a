package org.jpptp.gre.linux;

import com.sun.jna.Memory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;

/**
 * Reads the error queue of a socket with IP_RECVERR, see ip(7). Numbers are octet offsets into the structures of the
 * 64-bit platforms: {@code msghdr}, {@code cmsghdr}, {@code sock_extended_err}, {@code sockaddr_in}.
 */
final class ErrorQueue {
    private static final int CONTROL_LENGTH = 256;
    private static final int CMSG_HEADER_LENGTH = 16;
    private static final int EXTENDED_ERROR_LENGTH = 16;
    private static final int ORIGIN_ICMP = 2;

    private final Memory message = new Memory(56);
    private final Memory control = new Memory(CONTROL_LENGTH);
    private final Memory vector = new Memory(16);
    /** The start of the packet that the error is about; nobody looks at it. */
    private final Memory packet = new Memory(64);

    ErrorQueue() {
        vector.setPointer(0, packet);
        vector.setLong(8, packet.size());
    }

    /**
     * Takes one error out of the queue and tells the listener.
     *
     * @return whether there was one
     */
    boolean takeOne(int fd, GreSocket.Listener listener) {
        message.clear();
        message.setPointer(16, vector);
        message.setLong(24, 1);
        message.setPointer(32, control);
        message.setLong(40, CONTROL_LENGTH);
        if (Libc.recvmsg(fd, message, Libc.MSG_ERRQUEUE | Libc.MSG_DONTWAIT) < 0) {
            return false;
        }
        long offset = extendedError(message.getLong(40));
        if (offset >= 0) {
            tell(offset, listener);
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

    private void tell(long offset, GreSocket.Listener listener) {
        int errno = control.getInt(offset);
        if (control.getByte(offset + 4) != ORIGIN_ICMP) {
            listener.failed(errno);
            return;
        }
        int type = Byte.toUnsignedInt(control.getByte(offset + 5));
        int code = Byte.toUnsignedInt(control.getByte(offset + 6));
        int info = control.getInt(offset + 8);
        // SO_EE_OFFENDER: a sockaddr_in right behind, the address four octets in.
        byte[] offender = control.getByteArray(offset + EXTENDED_ERROR_LENGTH + 4, 4);
        try {
            listener.icmpError(new IcmpError(type, code, errno, InetAddress.getByAddress(offender), info));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
