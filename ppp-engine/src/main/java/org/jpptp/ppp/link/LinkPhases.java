package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.Deadlines;
import org.jpptp.ppp.FrameTrust;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppStats;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.fsm.RoundTrip;
import org.jpptp.ppp.lcp.LcpPolicy;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a link (RFC 1661 §3.2) and the parts that run in them: who is given a control packet, what comes after what,
 * and how all of it ends, once.
 */
final class LinkPhases {
    private enum Phase {
        DEAD,
        ESTABLISH,
        AUTHENTICATE,
        NETWORK,
        TERMINATE
    }

    private final PppOutput output;
    private final PppTrace trace;
    private final PppStats stats;
    private final RoundTrip roundTrip = new RoundTrip();
    private final Progress progress;
    private final DatagramPath data;
    private final LcpPolicy lcpPolicy;
    private final LcpLayer lcp;
    private final NetworkPhase network;
    private final LinkMaintenance maintenance;
    private final AuthenticationPhase authentication;
    private final PeerProof proof;
    /** Whether control packets that would interrupt a link which is up are doubted: a client's links are. */
    private final boolean doubts;

    private final RejectedProtocols rejected = new RejectedProtocols();

    private Phase phase = Phase.DEAD;
    /** Set once, by the first thing that goes wrong or ends the link. */
    private @Nullable PppFailure failure;

    private boolean terminating;
    /** Whether the peer was the first to end the link. */
    private boolean peerLeft;

    private boolean down;
    /** What the link was doing when the packet of LCP came that is being dealt with. */
    private LinkFailure.Reached heardIn = LinkFailure.Reached.ESTABLISHING;

    LinkPhases(
            PppConfig config,
            RandomGenerator random,
            PppOutput output,
            PppTrace trace,
            PppStats stats,
            EchoNumbers numbers) {
        this.output = output;
        this.trace = trace;
        this.stats = stats;
        progress = new Progress(output);
        proof = new PeerProof(numbers, stats, new FromProof());
        doubts = config.auth() instanceof AuthRole.Authenticatee;
        data = new DatagramPath(config.mppe().required(), output, stats, proof);
        lcpPolicy = new LcpPolicy(config.mru(), config.auth(), config.mppe().required(), config.habits(), random);
        Services services = new Services();
        maintenance = new LinkMaintenance(config, lcpPolicy, numbers, stats, services);
        lcp = new LcpLayer(lcpPolicy, config.timing(), random.nextInt(256), maintenance, services, new LcpEvents());
        authentication = new AuthenticationPhase(config, random, services, this::authenticated);
        network = new NetworkPhase(config, random, services, data);
    }

    /** The way of datagrams, which opens and closes with the phases. */
    DatagramPath datagrams() {
        return data;
    }

    /** Whether there is no link, not yet or no more. */
    boolean isDead() {
        return phase == Phase.DEAD;
    }

    /** Begins with the first. */
    void open(long now) {
        if (phase != Phase.DEAD || down) {
            return;
        }
        phase = Phase.ESTABLISH;
        lcp.open(now);
        settle(now);
    }

    /** Why the link ends; see {@link PppLink#ending}. */
    @Nullable
    PppFailure ending(long now) {
        PppFailure refused = failure == null ? authentication.pending(proof) : failure;
        ByteBuf said = proof.waiting(PppProtocol.LCP, ControlPacket.TERMINATE_REQUEST);
        return refused == null && said != null && ControlPacket.parse(said) instanceof ControlPacket terminate
                ? ended(reached(), PeerText.escape(terminate.data()), now)
                : refused;
    }

    /** Goes to the last: a Terminate-Request, and a bounded wait for its acknowledgement. */
    void close(String reason, long now) {
        fail(new LinkFailure.Closed(reason));
        settle(now);
    }

    /** The answer to {@link PppEvent.SecretWanted}. */
    void provide(@Nullable Credentials answer, long now) {
        authentication.provide(answer, now);
        settle(now);
    }

    /** A datagram of the peer's has passed. */
    void heard() {
        maintenance.heard();
    }

    /** Datagrams of the peer's are not understood any more. */
    void undecipherable(long now) {
        network.afterUndecipherable(now);
        settle(now);
    }

    /** The host has slept: asks the peer at once whether it is still there. */
    void hurry(long now) {
        maintenance.hurry(now);
    }

    long deadlineNanos() {
        if (phase == Phase.DEAD) {
            return Deadlines.NEVER;
        }
        long earliest = Deadlines.earlier(lcp.deadlineNanos(), network.deadlineNanos());
        earliest = Deadlines.earlier(earliest, maintenance.deadlineNanos());
        earliest = Deadlines.earlier(earliest, proof.deadlineNanos());
        return Deadlines.earlier(earliest, authentication.deadlineNanos());
    }

    void onDeadline(long now) {
        if (phase == Phase.DEAD) {
            return;
        }
        lcp.onDeadline(now);
        authentication.onDeadline(now);
        network.onDeadline(now);
        maintenance.onDeadline(now);
        proof.onDeadline(now);
        settle(now);
    }

    /**
     * Takes a control packet.
     *
     * @param number the transport's number of its frame
     * @return whether it shows by itself that the peer has sent it
     */
    FrameTrust receive(int protocol, ByteBuf packet, int number, long now) {
        trace.received(protocol, packet);
        boolean anybody = doubts && data.isOpen();
        if (!anybody || proof.mayAct(protocol, packet, number, now)) {
            receiveControl(protocol, packet, now);
        }
        settle(now);
        return anybody ? FrameTrust.DOUBTED : FrameTrust.UNPROVEN;
    }

    private void receiveControl(int protocol, ByteBuf packet, long now) {
        if (protocol == PppProtocol.LCP) {
            heardIn = reached();
            if (!lcp.receive(packet, now)) {
                stats.framesDiscarded++;
            }
            return;
        }
        if (authentication.runs(protocol)) {
            authentication.receive(packet, now);
            return;
        }
        if (protocol == PppProtocol.CCP || protocol == PppProtocol.IPCP || protocol == PppProtocol.IPV6CP) {
            authentication.peerMovedOn(now);
        }
        if (phase != Phase.NETWORK) {
            // A peer may be a phase ahead of us; it will say so again (RFC 1661 §3.4, §3.5).
            stats.framesDiscarded++;
            note(PppProtocol.name(protocol) + " is discarded, it is too early or too late for it");
        } else if (protocol == PppProtocol.IPCP) {
            network.receiveIpcp(packet, now);
        } else if (!(protocol == PppProtocol.CCP && network.receiveCcp(packet, now))
                && !(protocol == PppProtocol.IPV6CP && network.receiveIpv6cp(packet, now))) {
            stats.framesDiscarded++;
            rejected.add(protocol, now);
            maintenance.rejectProtocol(protocol, packet, now);
        }
    }

    /** Control packets always have whole headers; the peer may have lost what was negotiated (RFC 1661 §5). */
    private void sendControl(int protocol, ByteBuf packet, long now) {
        if (down) {
            return;
        }
        trace.sent(protocol, packet);
        PppFrame.prependWhole(packet, protocol);
        output.sendFrame(packet, now);
    }

    private void note(String why) {
        trace.note(why);
    }

    /** Tells of progress, or ends the link where this is worse than before. */
    private boolean tell(PppEvent event, long now) {
        PppFailure weaker = progress.tell(event, now);
        if (weaker != null) {
            fail(weaker);
        }
        return weaker == null;
    }

    /**
     * Only notes the reason: machines that are in the middle of a step finish it first. What the server had said of the
     * password counts, whatever ends the link while the user is asked.
     */
    private void fail(PppFailure reason) {
        if (failure == null) {
            PppFailure pending = reason.cause() == Cause.CLOSED ? null : authentication.pending();
            failure = pending == null ? reason : pending;
            phase = Phase.TERMINATE;
        }
    }

    /** After everything that may have ended the link. */
    private void settle(long now) {
        PppFailure reason = failure;
        if (reason == null || down) {
            return;
        }
        if (!terminating) {
            terminating = true;
            trace.ends(reason);
            stopParts(now);
            if (reason.cause() != Cause.LCP_TIMEOUT && reason.cause() != Cause.PEER_TERMINATED) {
                lcp.close(LastWords.of(reason), now);
            }
        }
        if (reason.nobodyThere() || peerLeft || lcp.isOver()) {
            down = true;
            phase = Phase.DEAD;
            output.event(new PppEvent.Down(reason), now);
        }
    }

    private void stopParts(long now) {
        maintenance.stop();
        network.stop(now);
        authentication.stop();
        proof.stop();
    }

    private PppFailure ended(LinkFailure.Reached reached, String said, long now) {
        return network.terminated(new LinkFailure.PeerTerminated(reached, rejected.recent(now), said));
    }

    private LinkFailure.Reached reached() {
        if (progress.wasUp()) {
            return LinkFailure.Reached.UP;
        }
        return switch (phase) {
            case AUTHENTICATE -> LinkFailure.Reached.AUTHENTICATING;
            case NETWORK -> network.reached();
            case DEAD, ESTABLISH, TERMINATE -> LinkFailure.Reached.ESTABLISHING;
        };
    }

    private void authenticated(AuthResult result, long now) {
        // Repeated authentication of an open link is answered, and changes nothing (RFC 1994 §2).
        if (phase != Phase.AUTHENTICATE) {
            return;
        }
        phase = Phase.NETWORK;
        if (!tell(new PppEvent.Authenticated(result.method(), result.name(), result.mutual(), result.message()), now)) {
            return;
        }
        network.start(result.keys(), lcpPolicy.peerMru(), now);
    }

    private final class FromProof extends Services implements PeerProof.Output {
        @Override
        public void ask(long now) {
            maintenance.ask(now);
        }

        @Override
        public void act(int protocol, ByteBuf packet, long now) {
            receiveControl(protocol, packet, now);
        }

        @Override
        public void foreign(PppEvent.Foreign what, long now) {
            output.event(new PppEvent.ForeignPackets(what), now);
        }
    }

    private final class LcpEvents implements LcpLayer.Events {
        @Override
        public void up(long now) {
            data.link(lcpPolicy.peerMru(), lcpPolicy.sendPfc(), lcpPolicy.sendAcfc());
            if (!tell(lcpPolicy.terms(), now)) {
                return;
            }
            phase = Phase.AUTHENTICATE;
            maintenance.start(now);
            authentication.start(lcpPolicy.role(), lcpPolicy.protocol(), now);
        }

        @Override
        public void down(long now) {
            if (phase == Phase.TERMINATE) {
                return;
            }
            phase = Phase.ESTABLISH;
            stopParts(now);
        }

        @Override
        public void terminated(String said, long now) {
            peerLeft |= failure == null; // whatever it means, the peer waits for nothing more, and its call ends
            PppFailure unfitting = phase == Phase.ESTABLISH ? lcpPolicy.unfitting() : null;
            fail(unfitting == null ? ended(heardIn, said, now) : unfitting);
        }

        @Override
        public void protocolRejected(int protocol, long now) {
            if (!authentication.runs(protocol)) {
                if (phase == Phase.NETWORK) {
                    network.protocolRejected(protocol, now);
                }
            } else if (phase == Phase.AUTHENTICATE) {
                fail(new AuthFailure.ProtocolRejected(lcpPolicy.protocol()));
            }
        }
    }

    private class Services implements LinkServices {
        @Override
        public void send(int protocol, ByteBuf packet, long now) {
            sendControl(protocol, packet, now);
        }

        @Override
        public void note(String why) {
            LinkPhases.this.note(why);
        }

        @Override
        public void goesOnWithout(PppTrace.Omitted what, PppFailure why) {
            trace.goesOnWithout(what, why);
        }

        @Override
        public boolean tell(PppEvent event, long now) {
            return LinkPhases.this.tell(event, now);
        }

        @Override
        public RoundTrip roundTrip() {
            return roundTrip;
        }

        @Override
        public void fail(PppFailure reason) {
            LinkPhases.this.fail(reason);
        }
    }
}
