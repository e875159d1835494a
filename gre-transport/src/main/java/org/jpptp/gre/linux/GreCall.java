package org.jpptp.gre.linux;

import io.netty.buffer.ByteBuf;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.Errno;

/** One call's share of a {@link RawGreSocket}. */
final class GreCall implements GreSocket {
    private static final int CALL_ID = 6;
    private static final int CALL_ID_END = 8;
    private static final Listener NOBODY = new Nobody();

    private final RawGreSocket socket;
    private final int callId;
    private Listener listener;
    /** What our packets carry, −1 before the first: an ICMP error quotes it. */
    private int peerCallId = -1;
    /** Datagrams that it got in the batch that is being read. */
    private int heard;

    private int refusal;

    GreCall(RawGreSocket socket, int callId, Listener listener) {
        this.socket = socket;
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
        return socket.slot();
    }

    @Override
    public void send(ByteBuf packet) {
        if (listener == NOBODY) {
            refusal = Errno.EBADF.code();
            return;
        }
        if (packet.readableBytes() >= CALL_ID_END) {
            peerCallId = packet.getUnsignedShort(packet.readerIndex() + CALL_ID);
        }
        socket.send(packet, this);
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
    public void close() {
        if (listener != NOBODY) {
            listener = NOBODY;
            socket.remove(this);
        }
    }

    /** Who listens to a closed call. */
    private static final class Nobody implements Listener {
        @Override
        public void received(ByteBuf datagram) {}

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
