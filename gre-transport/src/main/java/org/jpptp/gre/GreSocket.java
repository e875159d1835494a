package org.jpptp.gre;

import io.netty.buffer.ByteBuf;

/** The edge below a {@link GreTunnel}: a raw socket, or its twin in memory. Used on one event loop only. */
public interface GreSocket extends PacketSink, AutoCloseable {
    /** Octets that are free before the reader index of an empty {@link #slot}. */
    int SLOT_HEADROOM = 64;

    /**
     * Where the next packet may be made: it then goes out without being copied.
     *
     * @return a direct buffer, empty, with {@value #SLOT_HEADROOM} octets before its indexes and room for 1900 behind; the
     *     same one until it has been handed to {@link #send}. Calls may share it: fill it and send it in one go
     */
    ByteBuf slot();

    /**
     * Takes one packet into the batch; a full batch goes out at once.
     *
     * @param packet from the GRE header on; copied, unless it is the {@link #slot}
     */
    @Override
    void send(ByteBuf packet);

    /**
     * Hands the batch to the kernel, never blocking. What the kernel's queue has no room for stays in the batch. Called from
     * within a {@link Listener}'s methods, it may be left to the end of what is being received, and among other calls with
     * the same peer to the end of the loop's turn.
     *
     * @return 0, or the errno with which the kernel has refused a packet of this call's since the last time, which is then lost
     */
    int flush();

    /** Whether the kernel's queue is full: whoever may wait waits for {@link Listener#writable}. Others' packets may be lost. */
    boolean isCongested();

    /**
     * From now on packets reach the peer whole, or not at all ("don't fragment"), whatever the path is said to be like: for
     * who measures it. Of all calls with the same peer. Without an effect where the host cannot do that.
     */
    default void keepWhole() {}

    /** Sends what it can and closes; nothing is received afterwards. */
    @Override
    void close();

    /** What arrives at the socket; called on its event loop. */
    interface Listener {
        /**
         * One packet from the peer's address.
         *
         * @param packet from the GRE header on; borrowed, and it may be overwritten
         * @param callId what it carries; −1 where it is too short to carry one
         */
        void received(ByteBuf packet, int callId);

        /**
         * The socket has been read empty, or its budget is used up: acknowledgements may go out.
         *
         * @param datagrams that were {@link #received} since the last time
         */
        void batchEnd(int datagrams);

        /** The kernel's queue has room again after {@link #isCongested}. */
        void writable();

        /** An ICMP error about a packet of ours. */
        void icmpError(IcmpError error);

        /** An errno of the socket itself, not explained by an ICMP error. */
        void failed(int errno);
    }
}
