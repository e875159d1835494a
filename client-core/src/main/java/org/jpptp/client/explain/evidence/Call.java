package org.jpptp.client.explain.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel, or an attempt at one, as it was recorded. Of a long one the beginning and the end are kept, so that the memory
 * that it takes is bounded; the counters count all.
 */
public final class Call {
    /** Steps that are kept from the beginning. */
    public static final int FIRST = 600;

    private static final int LAST = 200;

    /** What it was recorded by. */
    public enum Source {
        CAPTURE,
        LOG,
        /** By our own client, as it went. */
        TUNNEL
    }

    private final Source source;
    private final String client;
    private final String server;
    private final List<Step> first = new ArrayList<>();
    private final Deque<Step> last = new ArrayDeque<>();
    private final Gre gre = new Gre();
    private final Tally traffic = new Tally();
    private final Flow flow = new Flow();
    private final Answers answers = new Answers(flow);
    private final Map<String, Long> messages = new TreeMap<>();
    private long leftOut;
    private boolean headMissing;
    private boolean controlLacks;
    private boolean negotiationLacks;
    private Moment end = new Moment(0, Moment.NO_TIME);
    private @Nullable String author;
    private @Nullable OwnVerdict told;
    private boolean mirrored;

    /**
     * @param client its address, empty where nobody knows
     * @param server its address or name, empty where nobody knows
     */
    public Call(Source source, String client, String server) {
        this.source = source;
        this.client = client;
        this.server = server;
    }

    /** What it was recorded by. */
    public Source source() {
        return source;
    }

    /** The client's address, or empty. */
    public String client() {
        return mirrored ? server : client;
    }

    /** The server's address, or empty. */
    public String server() {
        return mirrored ? client : server;
    }

    /** Records a fact. */
    public void add(Moment at, Side from, Fact fact) {
        Step step = new Step(at, from, fact);
        end = at;
        if (at.isTimed()) {
            flow.begin(at.nanos());
        }
        answers.seen(at, from, fact);
        if (first.size() < FIRST) {
            first.add(step);
            return;
        }
        last.add(step);
        if (last.size() > LAST) {
            last.removeFirst();
            leftOut++;
        }
    }

    /** Records a datagram. */
    public void datagram(Moment at, Side from, Tally.Cover cover, int octets) {
        traffic.add(from, cover, octets);
        flow.datagram(from, octets, at.nanos());
        Step before = last.isEmpty() ? (first.isEmpty() ? null : first.get(first.size() - 1)) : last.getLast();
        if (before != null && before.fact() instanceof Fact.Traffic running) {
            running.tally().add(from, cover, octets);
            end = at;
            return;
        }
        Tally tally = new Tally();
        tally.add(from, cover, octets);
        add(at, from, new Fact.Traffic(tally));
    }

    /** Counts a message under the name of its kind. */
    public void count(String message) {
        messages.merge(message, 1L, Long::sum);
    }

    /** How many messages of each kind there were, repeated ones too. */
    public Map<String, Long> messages() {
        return messages;
    }

    /** What was recorded, in order, without what was left out in the middle. */
    public List<Step> steps() {
        List<Step> all = new ArrayList<>(first);
        all.addAll(last);
        // What waited for something missing was noted late.
        all.sort(Comparator.comparingLong(step -> step.at().number()));
        return all;
    }

    /** How many steps were left out behind the first {@value #FIRST}. */
    public long leftOut() {
        return leftOut;
    }

    /** The packets of GRE. */
    public Gre gre() {
        return gre;
    }

    /** All datagrams. */
    public Tally traffic() {
        return traffic;
    }

    /** What went each way over time, and how long answers took. */
    public Flow flow() {
        return flow;
    }

    /** The record begins in the middle of the call. */
    public void headIsMissing() {
        headMissing = true;
    }

    /** Whether the record begins in the middle of the call. */
    public boolean isHeadMissing() {
        return headMissing;
    }

    /** Octets of the control connection were sent, and are not in the record. */
    public void lacksControl() {
        controlLacks = true;
    }

    /** Whether what was said on the control connection is incomplete. */
    public boolean isLackingControl() {
        return controlLacks;
    }

    /** A packet of GRE is not in the record. Datagrams are not missed; before them it may have been any step of the negotiation. */
    public void lacksPayload() {
        negotiationLacks |= traffic.octets() == 0;
    }

    /** Whether the negotiation of the link is incomplete. */
    public boolean isLackingNegotiation() {
        return negotiationLacks;
    }

    /** The time of the file's last word, for a call that only falls silent. */
    public void endsAt(Moment moment) {
        end = moment;
    }

    /** The last moment that is known of. */
    public Moment end() {
        return end;
    }

    /** Which program wrote the log. */
    public void writtenBy(String program) {
        author = program;
    }

    /** The program that wrote the log; null for a capture. */
    public @Nullable String author() {
        return author;
    }

    /** What the client itself said of the end. */
    public void told(OwnVerdict verdict) {
        told = verdict;
    }

    /** What the client itself said of the end; null where it did not, or ended it. */
    public @Nullable OwnVerdict told() {
        return told;
    }

    /** Which of the two it was when the record began, whomever it is taken for since. */
    public Side asBegun(Side side) {
        return mirrored ? side.other() : side;
    }

    /** Whom we took for the client is the server. */
    public void mirror() {
        mirrored = !mirrored;
        first.replaceAll(Step::mirrored);
        List<Step> swapped = last.stream().map(Step::mirrored).toList();
        last.clear();
        last.addAll(swapped);
        for (Step step : steps()) {
            if (step.fact() instanceof Fact.Traffic running) {
                running.tally().swap();
            }
        }
        traffic.swap();
        flow.swap();
        gre.swap();
    }
}
