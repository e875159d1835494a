package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;

/**
 * The packets that go out by the next call, in order, and the slot in which the one after them may be made. What the kernel
 * has no room for stays.
 */
final class SendBatch {
    /** Packets of a batch. */
    static final int PACKETS = 64;

    private final MessageVector messages = new MessageVector(PACKETS);
    private final Slot[] taken = new Slot[PACKETS];
    private final GreCall[] owners = new GreCall[PACKETS];
    private int count;
    /** Those that hold no packet, from 0 to {@link #freeCount}. */
    private final Slot[] free = Slot.block(PACKETS + 1);

    private int freeCount = free.length;
    private Slot current = free[--freeCount];

    /** Where the next packet may be made, as {@link GreSocket#slot} says; there always is one. */
    ByteBuf slot() {
        return current.buffer.setIndex(GreSocket.SLOT_HEADROOM, GreSocket.SLOT_HEADROOM);
    }

    @SuppressWarnings("ReferenceEquality") // equal octets elsewhere are not where they would be sent from
    boolean isSlot(ByteBuf packet) {
        return packet == current.buffer;
    }

    /** Packets that wait. */
    int count() {
        return count;
    }

    boolean isFull() {
        return count == PACKETS;
    }

    /** Takes a packet of {@value Slot#OCTETS} octets at most; there must be room. */
    void add(ByteBuf packet, GreCall owner) {
        int length = packet.readableBytes();
        Slot next = free[--freeCount];
        if (isSlot(packet)) {
            messages.point(count, current.address + packet.readerIndex(), length);
            taken[count] = current;
            current = next;
        } else {
            copy(packet, length, next.octets);
            messages.point(count, next.address, length);
            taken[count] = next;
        }
        owners[count++] = owner;
    }

    /** By the one way through {@link ByteBuf} that makes no object. */
    private static void copy(ByteBuf packet, int length, ByteBuffer into) {
        if (packet.nioBufferCount() == 1) {
            ByteBuffer from = packet.internalNioBuffer(packet.readerIndex(), length);
            into.put(0, from, from.position(), length);
        } else {
            packet.getBytes(packet.readerIndex(), into.slice(0, length));
        }
    }

    /**
     * Hands the packets to the kernel. One that it refuses is lost: its owner is told, and the others go on.
     *
     * @return 0 when nothing is left; EAGAIN when the socket's buffer is full, ENOBUFS when the interface's queue is
     */
    int transmit(int fd) {
        int done = 0;
        int full = 0;
        boolean again = false;
        while (done < count && full == 0) {
            int sent = Libc.sendmmsg(fd, messages.address(done), count - done, Libc.MSG_DONTWAIT);
            if (sent > 0) {
                done += sent;
                again = false;
                continue;
            }
            int errno = Libc.errno();
            if (errno == Errno.EAGAIN.code() || errno == Errno.ENOBUFS.code()) {
                full = errno;
                continue;
            }
            // An ICMP error that is pending is told to whichever call comes first, instead of doing the call. This
            // packet is not to blame, and the error queue tells the story in a moment: once more.
            again = !again;
            if (!again) {
                owners[done++].refused(errno);
            }
        }
        forget(done);
        return full;
    }

    /** Gives up the packet that is next; there must be one. */
    void refuseFirst(int errno) {
        owners[0].refused(errno);
        forget(1);
    }

    /** Gives up what waits. */
    void refuse(int errno) {
        for (int i = 0; i < count; i++) {
            owners[i].refused(errno);
        }
        forget(count);
    }

    /** Frees the places of the first packets, and moves the others up. */
    private void forget(int done) {
        for (int i = 0; i < done; i++) {
            free[freeCount++] = taken[i];
        }
        for (int i = done; i < count; i++) {
            taken[i - done] = taken[i];
            owners[i - done] = owners[i];
            messages.copy(i, i - done);
        }
        count -= done;
    }
}
