package org.jpptp.client.probe;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.Background;
import org.jpptp.client.diagnosis.ConnectDiagnosis;
import org.jpptp.client.diagnosis.ConnectDiagnosis.Attempt;
import org.jpptp.client.diagnosis.LinkDiagnosis;
import org.jpptp.client.diagnosis.ProbeDiagnosis;
import org.jpptp.control.ConnectFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.IcmpError;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a server is like: visits each address of its name, then calls the first that has answered, once for the
 * methods of authentication, once for the size of packets, and once more to log on where there are credentials. At most
 * three calls, each of them ended in order, and all of it in bounded time.
 *
 * <p>A pure machine.
 */
public final class Probe {
    /** All of it takes no longer, but for the orderly end of what is going on then. */
    public static final Duration BUDGET = Duration.ofSeconds(55);

    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration CONNECTING = Duration.ofSeconds(4);
    /** Servers count calls, and take a moment to forget one. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final int ADDRESSES = 8;

    private record Step(Visit.Aim aim, Inet4Address address) {}

    private final ClientConfig client;
    private final boolean logsOn;
    private final String hostName;
    private final RandomGenerator random;
    private final ProbeEdge edge;
    private final Findings findings = new Findings();
    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<Attempt> missed = new ArrayList<>();
    private @Nullable Step step;
    private @Nullable Visit visit;
    private @Nullable Inet4Address target;
    private long began;
    /** When to place the next call. */
    private long pauseEndsAt = NEVER;
    /** When to end with what is known. */
    private long budgetEndsAt = NEVER;

    private Phase phase = Phase.GOING_ON;

    private enum Phase {
        GOING_ON,
        STOPPING,
        OVER
    }

    /** Whether there are credentials. */
    public enum LogOn {
        NEVER,
        /** Once, with a method that proves the server. */
        ONCE
    }

    /**
     * @param client whom to probe, and with which methods to log on
     * @param hostName what the server is told of this host
     */
    public Probe(ClientConfig client, LogOn logOn, String hostName, RandomGenerator random, ProbeEdge edge) {
        this.client = client;
        this.logsOn = logOn == LogOn.ONCE;
        this.hostName = hostName;
        this.random = random;
        this.edge = edge;
    }

    /** The name is resolved: begins. */
    public void start(List<Inet4Address> addresses, long now) {
        began = now;
        budgetEndsAt = now + BUDGET.toNanos();
        addresses.stream().distinct().limit(ADDRESSES).forEach(address -> {
            findings.address(new ProbeReport.Address(address, null, null, null));
            steps.add(new Step(Visit.Aim.GREETING, address));
        });
        next(now);
    }

    /** The connection that was asked for is there. */
    public void connected(Duration establishing, long now) {
        Step made = step;
        if (made == null) {
            return;
        }
        boolean first = made.aim() == Visit.Aim.GREETING && target == null;
        Visit begun = new Visit(
                first ? Visit.Aim.METHODS : made.aim(),
                made.address(),
                establishing,
                client,
                hostName,
                random,
                edge,
                findings);
        visit = begun;
        begun.start(now);
        if (phase == Phase.STOPPING) {
            begun.stop(now);
        }
        settle(now);
    }

    /** It is not, and will not be. */
    public void connectFailed(ConnectFailure.Kind kind, String said, long now) {
        Step made = step;
        if (made == null) {
            return;
        }
        Attempt attempt = new Attempt(made.address(), kind, CONNECTING, PeerText.escape(said));
        Failure why = ConnectDiagnosis.unreachable(server(), client.server().port(), List.of(attempt));
        if (made.aim() == Visit.Aim.GREETING) {
            missed.add(attempt);
            findings.address(new ProbeReport.Address(made.address(), null, null, why));
        } else {
            findings.fails(why);
        }
        step = null;
        pause(now);
        settle(now);
    }

    /** Octets from the connection. */
    public void controlReceived(ByteBuf octets, long now) {
        if (visit != null) {
            visit.controlReceived(octets, now);
            settle(now);
        }
    }

    /** The connection is gone. */
    public void controlClosed(TransportEnd how, long now) {
        if (visit != null) {
            visit.controlClosed(how, now);
            settle(now);
        }
    }

    /** A packet of GRE for our call. */
    public void greReceived(ByteBuf packet, int callId, long now) {
        if (visit != null) {
            visit.greReceived(packet, callId, now);
        }
    }

    /** The packets of this turn have been received. */
    public void greBatchEnd(long now) {
        if (visit != null) {
            visit.greBatchEnd(now);
            settle(now);
        }
    }

    /** An ICMP error about a packet of ours. */
    public void greUnreachable(IcmpError error, long now) {
        if (visit != null) {
            visit.greUnreachable(error);
            settle(now);
        }
    }

    /** The host did not let a packet of ours out. */
    public void greRefused(int errno, long now) {
        if (visit != null) {
            visit.greRefused(errno, now);
            settle(now);
        }
    }

    /** Ends what is going on in order; {@link ProbeEdge#over} follows in four seconds or less. */
    public void stop(long now) {
        if (phase != Phase.GOING_ON) {
            return;
        }
        phase = Phase.STOPPING;
        findings.fails(ProbeDiagnosis.interrupted());
        wind(now);
    }

    private void wind(long now) {
        steps.clear();
        pauseEndsAt = NEVER;
        budgetEndsAt = NEVER;
        if (visit != null) {
            visit.stop(now);
        } else {
            step = null;
        }
        settle(now);
    }

    public void onDeadline(long now) {
        if (visit != null) {
            visit.onDeadline(now);
        }
        if (budgetEndsAt != NEVER && now - budgetEndsAt >= 0) {
            phase = Phase.STOPPING;
            findings.fails(ProbeDiagnosis.tookTooLong(BUDGET));
            wind(now);
            return;
        }
        if (pauseEndsAt != NEVER && now - pauseEndsAt >= 0) {
            pauseEndsAt = NEVER;
            next(now);
        }
        settle(now);
    }

    /** When {@link #onDeadline} wants to be called, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        long earliest = Math.min(pauseEndsAt, budgetEndsAt);
        return visit == null ? earliest : Math.min(earliest, visit.deadlineNanos());
    }

    private void pause(long now) {
        pauseEndsAt = now + PAUSE.toNanos();
    }

    /** After everything that may have ended a visit. */
    private void settle(long now) {
        Visit going = visit;
        Step made = step;
        if (phase == Phase.OVER) {
            return;
        }
        if (going != null && made != null && going.isOver()) {
            visit = null;
            step = null;
            edge.closeGre();
            edge.closeControl();
            if (target == null && answered(made.address())) {
                target = made.address();
                plan(target);
            }
            pause(now);
        }
        if (step == null && (phase == Phase.STOPPING || isSettled())) {
            over(now);
        }
    }

    /** Nothing more is to be done, so that nobody need wait. */
    private boolean isSettled() {
        return pauseEndsAt != NEVER && steps.isEmpty();
    }

    private boolean answered(Inet4Address address) {
        ProbeReport.Address found = findings.addresses.get(address);
        return found != null && found.greeting() != null;
    }

    /** What the server's calls are for, once the first of them has shown that there is anything to be learnt. */
    private void plan(Inet4Address server) {
        boolean passes = findings.gre.passage() == ProbeReport.Passage.BOTH_WAYS && !findings.hasFailed();
        if (passes) {
            steps.add(new Step(Visit.Aim.SIZES, server));
        }
        if (passes && logsOn && LinkAims.proves(findings.link)) {
            steps.add(new Step(Visit.Aim.ENCRYPTION, server));
        }
    }

    private void next(long now) {
        Step following = steps.poll();
        if (following != null && following.aim() == Visit.Aim.ENCRYPTION && !LinkAims.proves(findings.link)) {
            following = null; // the types of EAP are known by now
        }
        step = following;
        if (following != null) {
            edge.connect(following.address(), CONNECTING);
        } else {
            over(now);
        }
    }

    private void over(long now) {
        phase = Phase.OVER;
        pauseEndsAt = NEVER;
        budgetEndsAt = NEVER;
        if (target == null) {
            findings.fails(nobody());
        }
        unusable();
        edge.over(findings.report(client.server(), Duration.ofNanos(now - began)));
    }

    /** No address has let us in: the one that said most says why. */
    private Failure nobody() {
        return findings.addresses.values().stream()
                .filter(address -> address.tcp() != null && address.failure() != null)
                .map(ProbeReport.Address::failure)
                .findFirst()
                .orElseGet(() -> missed.isEmpty()
                        ? ProbeDiagnosis.interrupted()
                        : ConnectDiagnosis.unreachable(server(), client.server().port(), missed));
    }

    /** No method that we carry out at all. */
    private void unusable() {
        ProbeReport.Link link = findings.link;
        if (findings.hasFailed() || link.request().isEmpty()) {
            return;
        }
        if (LinkAims.usable(link).isEmpty() && !link.concealsEap()) {
            List<AuthDemand> refused = new ArrayList<>(link.methods());
            refused.removeIf(LinkAims::isEap);
            refused.addAll(link.eap());
            findings.fails(
                    link.asksForNothing()
                            ? ProbeDiagnosis.asksForNothing(server())
                            : LinkDiagnosis.of(
                                    new AuthFailure.MethodRefused(
                                            refused,
                                            client.policy().auth().stream()
                                                    .sorted()
                                                    .toList(),
                                            client.policy().mppe().required()),
                                    client,
                                    Background.NONE));
        }
    }

    private String server() {
        return PeerText.escape(client.server().host());
    }
}
