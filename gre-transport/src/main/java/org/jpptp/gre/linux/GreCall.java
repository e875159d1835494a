package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;
import org.jpptp.gre.wire.GreHeader;

/** One call's share of a {@link RawGreSocket}. */
final class GreCall implements GreSocket {
    /** Places of a batch that stay free for what is not made in a slot, control packets above all, when the rest is full. */
    static final int RESERVED = 8;

    private static final Listener NOBODY = new Nobody();

    private final RawGreSocket socket;
    private final SendBatch batch;
    private final int callId;
    private Listener listener;
    /** What our packets carry, −1 before the first: an ICMP error quotes it. */
    private int peerCallId = -1;
    /** Datagrams that it got in the batch that is being read. */
    private int heard;

    private int refusal;

    GreCall(RawGreSocket socket, SendBatch batch, int callId, Listener listener) {
        this.socket = socket;
        this.batch = batch;
        this.callId = callId;
        this.listener = listener;
    }

    int callId() {
        return callId;
    }

    int peerCallId() {
        return peerCallId;
    }

    /** Who is to be told; nobody any more once this is closed. */
    Listener listener() {
        return listener;
    }

    /** Notes that something came; true for the first of a batch. */
    boolean hear() {
        return heard++ == 0;
    }

    void batchEnd() {
        int datagrams = heard;
        heard = 0;
        listener.batchEnd(datagrams);
    }

    /** The kernel has refused a packet of this call's. */
    void refused(int errno) {
        refusal = errno;
    }

    @Override
    public ByteBuf slot() {
        return batch.slot();
    }

    @Override
    public void send(ByteBuf packet) {
        if (listener == NOBODY) {
            refusal = Errno.EBADF.code();
            return;
        }
        if (packet.readableBytes() > Slot.OCTETS) {
            refusal = Errno.EMSGSIZE.code();
            return;
        }
        peerCallId = GreHeader.callId(packet);
        boolean congested = socket.isCongested();
        if (congested && batch.count() >= SendBatch.PACKETS - (batch.isSlot(packet) ? RESERVED : 0)) {
            socket.overflowed();
            return;
        }
        batch.add(packet, this);
        if (batch.isFull() && !congested) {
            socket.transmit();
        }
    }

    @Override
    public int flush() {
        socket.flush();
        int told = refusal;
        refusal = 0;
        return told;
    }

    @Override
    public boolean isCongested() {
        return socket.isCongested();
    }

    @Override
    public void keepWhole() {
        int unused = RawSockets.setInt(socket.fd(), Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_PROBE);
    }

    @Override
    public void close() {
        if (listener != NOBODY) {
            listener = NOBODY;
            socket.remove(this);
        }
    }

    /** Who listens to a closed call. */
    private static final class Nobody implements Listener {
        @Override
        public void received(ByteBuf packet, int callId) {}

        @Override
        public void batchEnd(int datagrams) {}

        @Override
        public void writable() {}

        @Override
        public void icmpError(IcmpError error) {}

        @Override
        public void failed(int errno) {}
    }
}
