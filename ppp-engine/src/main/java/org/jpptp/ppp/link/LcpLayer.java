package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.lcp.LcpPolicy;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;

/** LCP of a link: negotiates it, bounds how often that happens, and tells what the peer says about the link (RFC 1661 §5). */
final class LcpLayer {
    /** Times that the peer may renegotiate LCP before the network is up. */
    private static final int RENEGOTIATIONS = 20;

    /** What becomes of it. */
    interface Events {
        /** Both sides agree. */
        void up(long now);

        /** The peer negotiates anew, or the link ends. */
        void down(long now);

        /** The peer sent a Terminate-Request; what it says is escaped. */
        void terminated(String said, long now);

        /** The peer does not know a protocol other than LCP, by its PPP number. */
        void protocolRejected(int protocol, long now);
    }

    private final LcpPolicy policy;
    private final LinkMaintenance maintenance;
    private final LinkServices link;
    private final Events events;
    private final OptionFsm fsm;
    private boolean finished;
    private int renegotiations;

    LcpLayer(
            LcpPolicy policy,
            PppTiming timing,
            int firstId,
            LinkMaintenance maintenance,
            LinkServices link,
            Events events) {
        this.policy = policy;
        this.maintenance = maintenance;
        this.link = link;
        this.events = events;
        fsm = new OptionFsm(PppProtocol.LCP, policy, timing, link.roundTrip(), firstId, new Output());
    }

    /** The transport is ready: negotiates. */
    void open(long now) {
        fsm.open(now);
        fsm.up(now);
    }

    /** Ends with a Terminate-Request. */
    void close(String reason, long now) {
        fsm.close(reason, now);
    }

    /** Whether the peer owes us nothing more after {@link #close}. */
    boolean isOver() {
        return finished || fsm.deadlineNanos() == Deadlines.NEVER;
    }

    /** Returns whether it was a packet; a malformed one is discarded. */
    boolean receive(ByteBuf packet, long now) {
        maintenance.heard(packet);
        if (fsm.receive(packet, now)) {
            return true;
        }
        link.note("LCP: a malformed packet is discarded");
        return false;
    }

    long deadlineNanos() {
        return fsm.deadlineNanos();
    }

    void onDeadline(long now) {
        fsm.onDeadline(now);
    }

    private final class Output extends LayerOutput {
        Output() {
            super(PppProtocol.LCP, link);
        }

        @Override
        public void up(long now) {
            fsm.limitPackets(policy.peerMru());
            events.up(now);
        }

        @Override
        public void down(long now) {
            events.down(now);
            if (++renegotiations > RENEGOTIATIONS) {
                link.fail(new LinkFailure.LcpRenegotiated(renegotiations));
            }
        }

        @Override
        public void finished(long now) {
            finished = true;
        }

        @Override
        public void failed(PppFailure reason, long now) {
            link.fail(reason);
        }

        @Override
        void terminated(String text, long now) {
            events.terminated(text, now);
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            ByteBuf rest = packet.data();
            switch (packet.code()) {
                case ControlPacket.ECHO_REQUEST -> maintenance.echo(packet, now);
                case ControlPacket.ECHO_REPLY -> maintenance.echoAnswered(packet.id(), now);
                case ControlPacket.PROTOCOL_REJECT -> {
                    if (rest.readableBytes() >= 2) {
                        protocolRejected(rest.readUnsignedShort(), now);
                    }
                }
                default -> {
                    // The others want no answer (RFC 1661 §5.9, RFC 1570).
                }
            }
        }

        private void protocolRejected(int protocol, long now) {
            if (protocol == PppProtocol.LCP) {
                link.fail(new LinkFailure.LcpRejected());
            } else {
                events.protocolRejected(protocol, now);
            }
        }

        @Override
        public void codeRejected(int code) {
            super.codeRejected(code);
            maintenance.codeRejected(code);
        }
    }
}
