package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jpptp.gre.GreConfig;
import org.jpptp.gre.GreOutput;
import org.jpptp.gre.GreStats;
import org.jpptp.gre.GreTunnel;
import org.jpptp.gre.PacketSink;
import org.jpptp.gre.Trust;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTiming;
import org.jpptp.ppp.link.LinkProbe;
import org.jspecify.annotations.Nullable;

/** LCP only: what the server asks for, or how large packets may be. Nobody logs on. */
final class LinkTalk implements Talk {
    /** What is wanted of it. */
    enum Aim {
        /** The methods of authentication. */
        METHODS,
        /** The types of EAP, where the server has it, and the size of packets. */
        SIZES
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final int IP_HEADER = 20;
    /** IP and GRE headers, and PPP's address, control and protocol. */
    private static final int AROUND_LCP = IP_HEADER + 16 + 4;

    private static final int MOST = 1500;
    /** The smallest Echo-Request, whose answer is what the next packet of ours acknowledges. */
    private static final int SMALL = 8;

    /** No path is faster to be told apart from a loss. */
    private static final long LEAST_ROUND = Duration.ofMillis(250).toNanos();

    /** pptpd holds for a second what comes behind a packet that is missing. */
    private static final long AFTER_A_GAP = Duration.ofMillis(1500).toNanos();

    private static final long MOST_ROUND = Duration.ofSeconds(2).toNanos();
    /** A server may be slow to answer its first Echo-Request, or answer none. */
    private static final long FIRST_ANSWER = Duration.ofSeconds(3).toNanos();

    /** Whoever does not negotiate anew by then does not. */
    private static final long ANEW = Duration.ofSeconds(3).toNanos();

    /** Nobody inquires longer. */
    private static final long INQUIRY = Duration.ofSeconds(4).toNanos();

    private final Aim aim;
    private final PacketSink network;
    private final Runnable beforeSizes;
    private final GreTunnel gre;
    private final LinkProbe link;
    /**
     * The largest size on the wire of an Echo-Request that came back, by the size that was meant: without an acknowledgement
     * in its header it is four octets less.
     */
    private final Map<Integer, Integer> wire = new HashMap<>();

    private final Map<Integer, Integer> transmittedAs = new HashMap<>();

    private @Nullable PathSearch search;
    private boolean confirmed;
    private int transmitted;
    /** What is asked for at last; null for nothing. */
    private final @Nullable AuthProtocol unnamed;
    /** Until when that may take; it is not asked for yet before there is such a time. */
    private long asksUntil = NEVER;
    /** Whether EAP was asked for once more. */
    private boolean returns;
    /** From when the sizes are known. */
    private long inquiryEnds = NEVER;

    private long roundBegan;
    private long roundEnds = NEVER;
    private long slowest = LEAST_ROUND / 4;
    private @Nullable PppFailure failure;
    private @Nullable String said;
    /** We end the link, and wait for the answer to that, whatever else comes. */
    private boolean closing;

    /**
     * @param takes which method the server may go on with
     * @param name as whom EAP is asked for its types, empty for nobody
     * @param unnamed a method that the server is asked for by name when all else is known, null for none
     * @param beforeSizes is run before the first packet whose size matters
     */
    LinkTalk(
            Aim aim,
            Predicate<AuthDemand> takes,
            String name,
            @Nullable AuthProtocol unnamed,
            GreConfig call,
            PppTiming timing,
            RandomGenerator random,
            PacketSink network,
            Runnable beforeSizes) {
        this.aim = aim;
        this.unnamed = unnamed;
        this.network = network;
        this.beforeSizes = beforeSizes;
        gre = new GreTunnel(call, new FromTunnel());
        link = new LinkProbe(takes, name, timing, random, new FromLink());
    }

    private final class FromTunnel implements GreOutput {
        @Override
        public void transmit(ByteBuf packet) {
            transmitted = IP_HEADER + packet.readableBytes();
            network.send(packet);
        }

        @Override
        public Trust deliver(ByteBuf frame, int sequence, long now) {
            link.receive(frame, now);
            return Trust.UNPROVEN;
        }
    }

    private final class FromLink implements LinkProbe.Output {
        @Override
        public void sendFrame(ByteBuf frame, long now) {
            gre.send(frame, now);
        }

        @Override
        public void echoed(int octets, long now) {
            slowest = Math.max(slowest, now - roundBegan);
            if (search == null) {
                begin(now);
            } else if (octets == SMALL) {
                if (confirmed) {
                    echo(search.passes(), now); // carries the acknowledgement that is owed now
                    await(now);
                }
            } else {
                int size = octets + AROUND_LCP;
                search.passed(size);
                wire.merge(size, transmittedAs.getOrDefault(size, 0), Math::max);
                if (search.isOver()) {
                    roundEnds = now;
                }
            }
        }

        @Override
        public void ended(PppFailure why, long now) {
            failure = why;
        }

        @Override
        public void terminated(String text, long now) {
            said = text;
        }
    }

    @Override
    public void open(long now) {
        link.open(now);
    }

    @Override
    public void receive(ByteBuf packet, int callId, long now) {
        gre.receive(packet, callId, now);
    }

    @Override
    public void batchEnd(long now) {
        gre.batchEnd(now);
        proceed(now);
    }

    private void proceed(long now) {
        if (aim != Aim.SIZES || !link.isOpen()) {
            return;
        }
        if (search == null && roundEnds == NEVER) {
            link.echo(SMALL, now);
            roundBegan = now;
            roundEnds = now + FIRST_ANSWER;
        }
        AuthProtocol method = unnamed;
        if (hasSizes() && method != null && asksUntil == NEVER) {
            asksUntil = now + ANEW;
            link.ask(method, now);
        } else if (hasSizes() && hasAsked(now) && inquiryEnds == NEVER) {
            inquiryEnds = now + INQUIRY;
            // Whoever has asked for EAP asks for it again; it comes last, since pppd ends the link over it.
            returns = method != null && link.demands().contains(AuthDemand.of(AuthProtocol.EAP));
            if (returns) {
                link.ask(AuthProtocol.EAP, now);
            }
            link.inquire(now);
        }
    }

    private boolean hasAsked(long now) {
        return unnamed == null || (asksUntil != NEVER && (link.hasSettled() || now - asksUntil >= 0));
    }

    /** Whether sizes and types of EAP are known, or nobody waits for them any longer. */
    private boolean hasInquired(long now) {
        if (inquiryEnds == NEVER) {
            return asksUntil != NEVER && now - asksUntil >= 0 && !link.isOpen();
        }
        return now - inquiryEnds >= 0 || (link.isOpen() ? !link.inquires() : !returns);
    }

    /** How long an answer takes is known, or there was none. */
    private void begin(long now) {
        beforeSizes.run();
        search = new PathSearch(Math.min(MOST, link.peerMru() + AROUND_LCP));
        round(search, now);
    }

    /** Whether packets of ours have not arrived, whose numbers are now missing. */
    private boolean lost() {
        return search != null && search.hasLost();
    }

    private boolean hasSizes() {
        return search != null && search.isOver() && roundEnds == NEVER;
    }

    private void round(PathSearch sizes, long now) {
        // The smallest first: servers hold back what comes behind a number that is missing.
        List<Integer> falling = sizes.round();
        for (int i = falling.size() - 1; i >= 0; i--) {
            echo(falling.get(i), now);
        }
        await(now);
    }

    private void echo(int size, long now) {
        link.echo(size - AROUND_LCP, now);
        transmittedAs.put(size, transmitted);
    }

    private void await(long now) {
        roundBegan = now;
        roundEnds = now + Math.min(MOST_ROUND, Math.max(lost() ? AFTER_A_GAP : LEAST_ROUND, 4 * slowest));
    }

    @Override
    public void onDeadline(long now) {
        gre.onDeadline(now);
        link.onDeadline(now);
        boolean over = roundEnds != NEVER && now - roundEnds >= 0;
        if (over && search == null) {
            begin(now);
        } else if (over && search != null) {
            roundEnds = NEVER;
            if (!search.isOver()) {
                search.roundOver();
            }
            if (!search.isOver()) {
                round(search, now);
            } else if (search.passes() > octetsOfBest() && !confirmed) {
                confirmed = true;
                link.echo(SMALL, now);
                await(now);
            }
        }
        proceed(now);
    }

    @Override
    public long deadlineNanos() {
        long asks = inquiryEnds == NEVER ? asksUntil : NEVER;
        long earliest = Math.min(Math.min(gre.deadlineNanos(), link.deadlineNanos()), Math.min(roundEnds, asks));
        return link.inquires() || returns ? Math.min(earliest, inquiryEnds) : earliest;
    }

    @Override
    public void close(long now) {
        roundEnds = NEVER;
        inquiryEnds = NEVER;
        asksUntil = NEVER;
        if (!isClosed()) {
            closing = true;
            link.close(now);
        }
    }

    @Override
    public boolean isClosed() {
        return failure != null || link.isFinished() || (said != null && !closing);
    }

    @Override
    public boolean isDone(long now) {
        boolean known = aim == Aim.METHODS ? link.hasSettled() && isHeard() : hasSizes() && hasInquired(now);
        return known || isClosed();
    }

    @Override
    public GreStats stats() {
        return gre.stats();
    }

    @Override
    public boolean isHeard() {
        return link.answers() > 0 || gre.stats().acknowledgementsReceived > 0;
    }

    /** What LCP has shown; the peer's end may be the end of the list of methods. */
    ProbeReport.Link link() {
        boolean complete =
                link.hasAllDemands() || (said != null && !link.demands().isEmpty());
        return new ProbeReport.Link(link.firstRequest(), link.peerMru(), link.demands(), complete, link.eapDemands());
    }

    ProbeReport.Path path() {
        return search == null ? ProbeReport.Path.UNKNOWN : new ProbeReport.Path(octetsOfBest(), search.isLimited());
    }

    private int octetsOfBest() {
        return search == null ? 0 : wire.getOrDefault(search.passes(), 0);
    }

    /** Why LCP came to nothing; null where it came to something. */
    @Nullable
    PppFailure failure() {
        return failure;
    }

    /** What the server said as it ended the link; null where it did not. */
    @Nullable
    String said() {
        return said;
    }
}
