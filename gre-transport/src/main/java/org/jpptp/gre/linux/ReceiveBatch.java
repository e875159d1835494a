package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;

/** What one call has read from a socket. One serves all the sockets of a loop, because nothing is kept between two turns. */
final class ReceiveBatch {
    /** Datagrams read before others on the loop have their turn. */
    static final int DATAGRAMS = 64;

    private static final int NO_TIMEOUT = 0;

    private final MessageVector messages = new MessageVector(DATAGRAMS);
    private final Slot[] slots = Slot.block(DATAGRAMS);

    ReceiveBatch() {
        for (int i = 0; i < DATAGRAMS; i++) {
            messages.point(i, slots[i].address, Slot.OCTETS);
        }
    }

    /**
     * Reads what there is.
     *
     * @return datagrams read; 0 when there is nothing to read now; the negative errno otherwise
     */
    int read(int fd) {
        int count = Libc.recvmmsg(fd, messages.address(0), DATAGRAMS, Libc.MSG_DONTWAIT, NO_TIMEOUT);
        if (count >= 0) {
            return count;
        }
        int errno = Libc.errno();
        return errno == Errno.EAGAIN.code() || errno == Errno.EINTR.code() ? 0 : -errno;
    }

    /** Whether the datagram did not fit, and is not whole. */
    boolean isTruncated(int datagram) {
        return messages.isTruncated(datagram);
    }

    /** A datagram from its IPv4 header on; valid until the next {@link #read}. */
    ByteBuf datagram(int datagram) {
        return slots[datagram].buffer.setIndex(0, messages.length(datagram));
    }
}
