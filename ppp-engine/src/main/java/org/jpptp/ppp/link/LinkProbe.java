package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.auth.eap.EapInquiry;
import org.jpptp.ppp.fsm.OptionFsm;
import org.jpptp.ppp.fsm.RoundTrip;
import org.jpptp.ppp.fsm.State;
import org.jpptp.ppp.lcp.ProbingPolicy;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a link that is never to carry anything: it negotiates LCP, learns what the server asks for, sends
 * Echo-Requests of any size, and ends with a Terminate-Request. What would log on is left unanswered.
 *
 * <p>A pure machine.
 */
public final class LinkProbe {
    /** Who hears of it. */
    public interface Output {
        /** A frame for the peer, with free octets before it for the transport's header; borrowed. */
        void sendFrame(ByteBuf frame, long now);

        /** An Echo-Reply that has as many octets as its request. */
        void echoed(int octets, long now);

        /** It gives up, or the peer ends it; told at most once. */
        void ended(PppFailure why, long now);

        /** The peer sends a Terminate-Request, in which it says this, escaped. */
        void terminated(String said, long now);
    }

    private final Output output;
    private final RoundTrip trip = new RoundTrip();
    private final ProbingPolicy policy;
    private final OptionFsm lcp;
    private final EapInquiry eap;
    private final Map<Integer, Integer> echoes = new HashMap<>();
    private int echoId;
    private int answers;
    /** The last packet of EAP that is not answered; null for none. */
    private @Nullable ByteBuf waiting;

    private boolean inquires;
    private boolean finished;

    /**
     * @param takes which method of authentication the server is let go on with
     * @param name as whom EAP is asked for its types, empty for nobody
     * @param random for the magic number
     */
    public LinkProbe(
            Predicate<AuthDemand> takes, String name, PppTiming timing, RandomGenerator random, Output output) {
        this.output = output;
        eap = new EapInquiry(name);
        policy = new ProbingPolicy(takes, random);
        lcp = new OptionFsm(PppProtocol.LCP, policy, timing, trip, random.nextInt(256), new FromAutomaton());
    }

    /** Begins to negotiate. */
    public void open(long now) {
        lcp.open(now);
        lcp.up(now);
    }

    /** Ends with a Terminate-Request. */
    public void close(long now) {
        lcp.close("probe", now);
    }

    /** Takes a frame; borrowed. */
    public void receive(ByteBuf frame, long now) {
        int protocol = PppFrame.parse(frame);
        if (protocol == PppProtocol.LCP) {
            if (ControlPacket.parse(frame) instanceof ControlPacket packet && answersOurs(packet.code())) {
                answers++;
            }
            boolean unused = lcp.receive(frame, now); // a malformed one says nothing
        } else if (protocol == PppProtocol.EAP && policy.agreed() == AuthProtocol.EAP && isOpen()) {
            waiting = Unpooled.copiedBuffer(frame);
            answerEap(now);
        }
    }

    private void answerEap(long now) {
        ByteBuf packet = waiting;
        if (inquires && packet != null) {
            waiting = null;
            ByteBuf answer = eap.receive(packet);
            if (answer != null) {
                send(PppProtocol.EAP, answer, now);
            }
        }
    }

    /** From now on EAP is answered, where it was taken: the server may end the link as soon as it has asked for all it knows. */
    public void inquire(long now) {
        inquires = true;
        answerEap(now);
    }

    /**
     * Negotiates anew, and asks the server to ask for this method; {@link #hasSettled} again once it goes on, and {@link #demands}
     * has the method where the server knows it.
     */
    public void ask(AuthProtocol method, long now) {
        policy.ask(method);
        lcp.down(now);
        lcp.up(now);
    }

    private static boolean answersOurs(int code) {
        return code == ControlPacket.CONFIGURE_ACK
                || code == ControlPacket.CONFIGURE_NAK
                || code == ControlPacket.CONFIGURE_REJECT;
    }

    /**
     * Sends an Echo-Request; {@link Output#echoed} follows if it and its answer pass.
     *
     * @param octets with the packet's header and the magic number (RFC 1661 §5.8), at least eight
     */
    public void echo(int octets, long now) {
        echoId = (echoId + 1) & 0xFF;
        echoes.put(echoId, octets);
        byte[] data = new byte[octets - ControlPacket.HEADER];
        Unpooled.wrappedBuffer(data).setIndex(0, 0).writeInt(policy.magic());
        send(PppProtocol.LCP, ControlPacket.encode(ControlPacket.ECHO_REQUEST, echoId, data), now);
    }

    public long deadlineNanos() {
        return lcp.deadlineNanos();
    }

    public void onDeadline(long now) {
        lcp.onDeadline(now);
    }

    /** Whether LCP is open. */
    public boolean isOpen() {
        return lcp.state() == State.OPENED;
    }

    /** Whether nothing more is waited for after {@link #close}. */
    public boolean isFinished() {
        return finished;
    }

    /** How many of our Configure-Requests the peer has answered. */
    public int answers() {
        return answers;
    }

    /** What the server has asked for in authentication, in its order. */
    public List<AuthDemand> demands() {
        return policy.demands();
    }

    /** Whether that is all that it asks for. */
    public boolean hasAllDemands() {
        return policy.isComplete();
    }

    /** Whether nothing more is asked about it, since it has told all or was Nakked often enough. */
    public boolean hasSettled() {
        return policy.isSettled();
    }

    /** What the server asks for inside EAP, in its order; nothing unless EAP was taken. */
    public List<AuthDemand> eapDemands() {
        return eap.demands();
    }

    /** Whether EAP is going on, and more may be learnt. */
    public boolean inquires() {
        return policy.agreed() == AuthProtocol.EAP && isOpen() && !eap.isOver();
    }

    /** What the peer may receive, in octets. */
    public int peerMru() {
        return policy.peerMru();
    }

    /** The peer's first Configure-Request, in the notation of pppd; empty where none came. */
    public String firstRequest() {
        return OptionText.describe(PppProtocol.LCP, policy.first());
    }

    private void send(int protocol, ByteBuf packet, long now) {
        PppFrame.prependWhole(packet, protocol);
        output.sendFrame(packet, now);
    }

    /** A link of one layer, which nobody follows but {@link Output}. */
    private final class Services implements LinkServices {
        @Override
        public void send(int protocol, ByteBuf packet, long now) {
            LinkProbe.this.send(protocol, packet, now);
        }

        @Override
        public void note(String why) {
            // Nobody reads a trace of it.
        }

        @Override
        public void goesOnWithout(PppTrace.Omitted what, PppFailure why) {
            // It has nothing that it could go on without.
        }

        @Override
        public boolean tell(PppEvent event, long now) {
            return true; // there is no progress beyond LCP
        }

        @Override
        public RoundTrip roundTrip() {
            return trip;
        }

        @Override
        public void fail(PppFailure failure) {
            // LCP tells it with the time.
        }
    }

    private final class FromAutomaton extends LayerOutput {
        FromAutomaton() {
            super(PppProtocol.LCP, new Services());
        }

        @Override
        public void up(long now) {
            // Whoever wants to know asks.
        }

        @Override
        public void down(long now) {
            // The same.
        }

        @Override
        public void finished(long now) {
            finished = true;
        }

        @Override
        public void failed(PppFailure failure, long now) {
            output.ended(failure, now);
        }

        @Override
        void terminated(String text, long now) {
            output.terminated(text, now);
        }

        @Override
        public void extension(ControlPacket packet, long now) {
            ByteBuf data = packet.data();
            if (packet.code() == ControlPacket.ECHO_REPLY) {
                Integer octets = echoes.remove(packet.id());
                if (octets != null && data.readableBytes() + ControlPacket.HEADER == octets) {
                    output.echoed(octets, now);
                }
            } else if (packet.code() == ControlPacket.ECHO_REQUEST && data.readableBytes() >= Integer.BYTES) {
                byte[] answer = ByteBufUtil.getBytes(data);
                Unpooled.wrappedBuffer(answer).setIndex(0, 0).writeInt(policy.magic());
                LinkProbe.this.send(
                        PppProtocol.LCP, ControlPacket.encode(ControlPacket.ECHO_REPLY, packet.id(), answer), now);
            }
        }
    }
}
