package org.jpptp.client.report;

import java.util.List;
import java.util.Map;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explained.Password;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.explain.evidence.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, or an attempt at one.
 *
 * @param client its address or what else it is known by, empty where nobody knows
 * @param server its name or address, empty where nobody knows
 * @param vendor what the server calls itself, escaped; empty where nobody knows
 * @param verdict what it came to, with what proves it
 * @param milestones what was agreed on, in order
 * @param weaknesses of what was agreed on, a sentence each
 * @param happenings what else was told of it, in order
 * @param ladder the steps
 * @param course what was carried over time
 * @param counters what is counted
 */
public record TunnelReport(
        String client,
        String server,
        String vendor,
        Outcome verdict,
        List<TunnelEvent> milestones,
        List<String> weaknesses,
        Happenings happenings,
        Ladder ladder,
        Flow.Course course,
        Counters counters) {
    /**
     * What it came to.
     *
     * @param proofs the steps that prove it
     * @param vendorRemedy what to do in the words of the server's vendor; null where none is known
     * @param password what a password that was given is to it; null where none was given
     * @param wasUp whether it ever carried anything
     */
    public record Outcome(
            Verdict verdict,
            List<Rung> proofs,
            @Nullable String vendorRemedy,
            @Nullable Password password,
            boolean wasUp) {
        public Outcome {
            proofs = List.copyOf(proofs);
        }
    }

    /** What was told, and how long after the beginning. */
    public record Happening(long millis, TunnelEvent event) {}

    /**
     * What was told.
     *
     * @param first in order
     * @param leftOut how many are left out behind them
     * @param last in order
     */
    public record Happenings(List<Happening> first, long leftOut, List<Happening> last) {
        /** Nothing. */
        public static final Happenings NONE = new Happenings(List.of(), 0, List.of());

        public Happenings {
            first = List.copyOf(first);
            last = List.copyOf(last);
        }
    }

    /**
     * The steps.
     *
     * @param leftOut how many are left out behind the first {@code Call.FIRST}
     */
    public record Ladder(List<Rung> rungs, long leftOut) {
        public Ladder {
            rungs = List.copyOf(rungs);
        }
    }

    /**
     * What is counted.
     *
     * @param traffic of a tunnel of ours; null of a record
     * @param recorded of a record; null of a tunnel of ours
     * @param decrypted datagrams that were decrypted, of {@code recorded}
     * @param undecrypted encrypted datagrams that were not
     * @param messages how many there were of each kind
     * @param reconnections how often it came back
     */
    public record Counters(
            TunnelStatus.@Nullable Traffic traffic,
            Explained.@Nullable Traffic recorded,
            long decrypted,
            long undecrypted,
            Map<String, Long> messages,
            int reconnections) {}

    public TunnelReport {
        milestones = List.copyOf(milestones);
        weaknesses = List.copyOf(weaknesses);
    }

    /** One of a record. */
    public static TunnelReport of(Explained call) {
        return new TunnelReport(
                call.client(),
                call.server(),
                call.vendor(),
                new Outcome(call.verdict(), call.proofs(), call.vendorRemedy(), call.password(), call.wasUp()),
                call.milestones(),
                call.weaknesses(),
                Happenings.NONE,
                new Ladder(call.ladder(), call.leftOut()),
                call.traffic().course(),
                new Counters(null, call.traffic(), call.decrypted(), call.undecrypted(), call.messages(), 0));
    }
}
