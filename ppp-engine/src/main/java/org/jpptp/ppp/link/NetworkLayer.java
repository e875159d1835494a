package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits.EarlyIpcp;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.OptionPolicy;
import org.jpptp.ppp.fsm.State;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A network control protocol, IPCP or IPv6CP, that is not negotiated before encryption is settled. A peer that is ahead of
 * us need not be told so: its request waits.
 */
final class NetworkLayer {
    /** What becomes of it. */
    interface Events {
        void up(long now);

        void down(long now);

        void failed(PppFailure failure, long now);

        /** The peer sent a Terminate-Request; its text is escaped. */
        void terminated(String text, long now);
    }

    private final int protocol;
    private final LinkServices link;
    private final boolean keepsEarly;
    private final OptionFsm fsm;
    private @Nullable ByteBuf early;
    private boolean begun;

    /** @param habit what becomes of an early request */
    NetworkLayer(
            int protocol,
            OptionPolicy policy,
            PppTiming timing,
            int firstId,
            EarlyIpcp habit,
            LinkServices link,
            Events events) {
        this.protocol = protocol;
        this.link = link;
        this.keepsEarly = habit != EarlyIpcp.TERMINATE_ACKS;
        fsm = new OptionFsm(protocol, policy, timing, link.roundTrip(), firstId, new Output(events));
    }

    /** Authentication is complete; what we send fits the peer's MRU, in octets. */
    void limitPackets(int peerMru) {
        fsm.limitPackets(peerMru);
    }

    /** Encryption is settled: negotiates, or goes on doing so. */
    void begin(long now) {
        begun = true;
        fsm.open(now);
        if (fsm.state() == State.STARTING) {
            fsm.up(now);
        }
        ByteBuf waiting = early;
        early = null;
        if (waiting != null) {
            fsm.receive(waiting, now);
        }
    }

    /** Encryption is not settled any more; what was agreed on stays. */
    void pause() {
        begun = false;
    }

    /** LCP is no longer open. */
    void stop(long now) {
        begun = false;
        early = null;
        if (fsm.state() != State.INITIAL && fsm.state() != State.STARTING) {
            fsm.down(now);
        }
    }

    boolean isOpen() {
        return fsm.state() == State.OPENED;
    }

    State state() {
        return fsm.state();
    }

    void receive(ByteBuf packet, long now) {
        if (begun) {
            if (!fsm.receive(packet, now)) {
                link.note("a malformed " + PppProtocol.name(protocol) + " packet is discarded");
            }
        } else if (ControlPacket.parse(packet) instanceof ControlPacket control
                && control.code() == ControlPacket.CONFIGURE_REQUEST) {
            if (!keepsEarly) {
                link.send(protocol, ControlPacket.encode(ControlPacket.TERMINATE_ACK, control.id()), now);
                return;
            }
            link.note(PppProtocol.name(protocol) + " waits until encryption is settled");
            early = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(packet));
        }
    }

    long deadlineNanos() {
        return fsm.deadlineNanos();
    }

    void onDeadline(long now) {
        fsm.onDeadline(now);
    }

    private final class Output extends LayerOutput {
        private final Events events;

        Output(Events events) {
            super(protocol, link);
            this.events = events;
        }

        @Override
        public void up(long now) {
            events.up(now);
        }

        @Override
        public void down(long now) {
            events.down(now);
        }

        @Override
        public void failed(PppFailure failure, long now) {
            events.failed(failure, now);
        }

        @Override
        void terminated(String text, long now) {
            events.terminated(text, now);
        }
    }
}
