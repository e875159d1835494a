package org.jpptp.client.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.diagnosis.VendorWords;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Flow;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.text.PacketText;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a tunnel of ours tells and what is seen of it, for a report of it, in bounded memory. It listens in the place of
 * another listener, who is told all the same; on any thread.
 */
public final class Recorder extends ForwardingListener {
    /** Of what happens, so many of the first are kept, and as many of the last. */
    private static final int HAPPENINGS = 50;

    private final String server;
    private final LongSupplier nanoTime;
    private final Call call;
    private final Kept kept = new Kept();
    private final List<TunnelReport.Happening> firstHappenings = new ArrayList<>();
    private final Deque<TunnelReport.Happening> lastHappenings = new ArrayDeque<>();
    private long happeningsLeftOut;
    private long steps;
    private @Nullable TunnelStatus last;
    private TunnelEvent.@Nullable Ended ended;

    /**
     * @param server as its user names it
     * @param nanoTime a monotonic clock
     */
    public Recorder(TunnelListener listener, String server, LongSupplier nanoTime) {
        super(listener);
        this.server = server;
        this.nanoTime = nanoTime;
        this.call = new Call(Call.Source.TUNNEL, "", server);
    }

    @Override
    public void event(TunnelEvent event) {
        synchronized (this) {
            event.match(kept);
        }
        super.event(event);
    }

    @Override
    public boolean keepsFacts() {
        return true;
    }

    @Override
    public void seen(Side from, Fact fact) {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            call.add(new Moment(++steps, now), from, fact);
            if (fact instanceof Fact.Control control) {
                call.count(control.message().type().rfcName());
            } else if (fact instanceof Fact.Packet packet && packet.octets().isReadable()) {
                call.gre().of(from).seen(now);
                call.count(PacketText.kind(
                        packet.protocol(),
                        packet.octets().getUnsignedByte(packet.octets().readerIndex())));
            }
        }
        if (super.keepsFacts()) {
            super.seen(from, fact);
        }
    }

    /** How the tunnel is doing at this moment, asked about once a second or so. */
    public synchronized void sample(TunnelStatus status) {
        last = status;
        if (call.flow().startNanos() == Moment.NO_TIME) {
            return; // nothing was said to the server yet
        }
        long millis = call.flow().millis(nanoTime.getAsLong());
        Traffic traffic = status.traffic();
        call.flow().volume(new Flow.Volume(millis, traffic.octetsSent(), traffic.octetsReceived()));
        if (traffic.acknowledgement() != null) {
            call.flow()
                    .roundTrip(
                            Flow.Way.GRE_ACKNOWLEDGEMENT,
                            new Flow.RoundTrip(millis, traffic.acknowledgement().toNanos()));
        }
    }

    /** Whether it was up once. */
    public synchronized boolean isUp() {
        return kept.up != null;
    }

    /**
     * All of it.
     *
     * @param failure as the user was told; null where nothing failed
     * @param over how it is doing now that it has ended; null where nobody knows
     */
    public synchronized TunnelReport report(@Nullable Failure failure, @Nullable TunnelStatus over) {
        TunnelStatus before = last;
        if (over != null) {
            sample(over);
        }
        TunnelStatus now = last;
        call.endsAt(new Moment(steps, nanoTime.getAsLong())); // a silence has lasted until now
        Explained seen = new Explainer(null, Explainer.Show.BEGINNINGS).explain(call);
        String vendor = kept.server == null ? "" : kept.server.vendor();
        return new TunnelReport(
                "",
                server,
                vendor,
                outcome(failure, vendor, seen),
                kept.inOrder(),
                now == null ? List.of() : now.weaknesses(),
                new TunnelReport.Happenings(firstHappenings, happeningsLeftOut, List.copyOf(lastHappenings)),
                new TunnelReport.Ladder(seen.ladder(), seen.leftOut()),
                call.flow().course(),
                new TunnelReport.Counters(
                        now == null ? Traffic.NONE : traffic(before, now),
                        null,
                        0,
                        0,
                        call.messages(),
                        now == null ? 0 : now.reconnections()));
    }

    /** What the user was told, with what proves it where the record of it comes to the same. */
    private TunnelReport.Outcome outcome(@Nullable Failure failure, String vendor, Explained seen) {
        TunnelEvent.Ended end = ended;
        boolean wasUp = end != null && end.wasUp();
        if (failure == null) {
            Verdict fine = end == null
                    ? RecordDiagnosis.undecided("the tunnel is running")
                    : RecordDiagnosis.wasUp(end.upFor(), RecordDiagnosis.End.BY_CLIENT);
            return new TunnelReport.Outcome(fine, List.of(), null, null, wasUp);
        }
        Failure same = seen.verdict().failure();
        boolean proven = same != null && same.reason() == failure.reason();
        List<Rung> proofs = proven ? seen.proofs() : List.of();
        return new TunnelReport.Outcome(
                Verdict.of(failure, Verdict.Confidence.SEEN),
                proofs,
                VendorWords.of(vendor, failure.reason()),
                null,
                wasUp);
    }

    /** The interface, which has counted too, is gone at the end. */
    private static Traffic traffic(@Nullable TunnelStatus before, TunnelStatus now) {
        Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        refused.putAll(now.traffic().refused());
        if (before != null) {
            before.traffic().refused().forEach((cause, packets) -> refused.merge(cause, packets, Math::max));
        }
        return now.traffic().refusing(refused);
    }

    /** What is kept of each event: of a connection the last of each kind, and what else there was to tell. */
    private final class Kept implements TunnelEvent.Cases {
        private TunnelEvent.@Nullable ServerAnswered server;
        private TunnelEvent.@Nullable CallEstablished call;
        private TunnelEvent.@Nullable LinkOpened link;
        private TunnelEvent.@Nullable IdentityProven identity;
        private TunnelEvent.@Nullable EncryptionSettled encryption;
        private TunnelEvent.@Nullable AddressesAgreed addresses;
        private TunnelEvent.@Nullable NamesSettled names;
        private TunnelEvent.@Nullable TunnelUp up;

        List<TunnelEvent> inOrder() {
            return Stream.of(server, call, link, identity, encryption, addresses, names, up)
                    .filter(Objects::nonNull)
                    .map(TunnelEvent.class::cast)
                    .toList();
        }

        private void happened(TunnelEvent event) {
            TunnelReport.Happening happening =
                    new TunnelReport.Happening(Recorder.this.call.flow().millis(nanoTime.getAsLong()), event);
            if (firstHappenings.size() < HAPPENINGS) {
                firstHappenings.add(happening);
                return;
            }
            lastHappenings.add(happening);
            if (lastHappenings.size() > HAPPENINGS) {
                lastHappenings.removeFirst();
                happeningsLeftOut++;
            }
        }

        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            server = event;
            call = null;
            link = null;
            identity = null;
            encryption = null;
            addresses = null;
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            call = event;
            link = null;
            identity = null;
            encryption = null;
            addresses = null;
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            link = event;
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            identity = event;
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            happened(event);
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            encryption = event;
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            addresses = event;
        }

        @Override
        public void namesSettled(TunnelEvent.NamesSettled event) {
            names = event;
        }

        @Override
        public void proxyOpened(TunnelEvent.ProxyOpened event) {
            happened(event);
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            if (event.reconnections() > 0) {
                happened(event);
            }
            up = event;
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            happened(event);
        }

        @Override
        public void reconnecting(TunnelEvent.Reconnecting event) {
            happened(event);
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            happened(event);
        }

        @Override
        public void statistics(TunnelEvent.Statistics event) {
            // Asked for by somebody else; there are samples.
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            ended = event;
        }
    }
}
