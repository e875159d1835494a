package org.jpptp.client.explain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.evidence.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel of a capture or a log, explained.
 *
 * @param file that it was in
 * @param client its address, empty where nobody knows
 * @param server its address or name, empty where nobody knows
 * @param vendor what the server calls itself, or the program that wrote the log; empty where nobody knows
 * @param ladder its steps in order
 * @param leftOut how many steps are left out in the middle of the ladder
 * @param messages how many messages of each kind there were
 * @param verdict what it comes to
 * @param proofs the steps that prove it
 * @param vendorRemedy what to do in the words of the server's vendor; null where none is known
 * @param password what a password that was given is to it; null where none was given
 * @param decrypted datagrams that were decrypted
 * @param undecrypted encrypted datagrams that were not
 * @param wasUp whether the tunnel was up
 * @param milestones what was agreed on, as far as the record shows it, in the words of a client of ours
 * @param weaknesses what is weaker than our default in that, a sentence each
 * @param traffic what the tunnel carried
 */
public record Explained(
        String file,
        String client,
        String server,
        String vendor,
        List<Rung> ladder,
        long leftOut,
        Map<String, Long> messages,
        Verdict verdict,
        List<Rung> proofs,
        @Nullable String vendorRemedy,
        @Nullable Password password,
        long decrypted,
        long undecrypted,
        boolean wasUp,
        List<TunnelEvent> milestones,
        List<String> weaknesses,
        Traffic traffic) {
    /**
     * What a password that was given is to it.
     *
     * @param right null where it could not be checked
     */
    public record Password(@Nullable Boolean right, String sentence) {}

    /**
     * What a tunnel carried, as the record shows it.
     *
     * @param begun when it began; null where the record has no dates
     * @param sent by the client
     * @param received by the client
     * @param course over time
     */
    public record Traffic(@Nullable Instant begun, Way sent, Way received, Flow.Course course) {}

    /**
     * One way.
     *
     * @param gre packets of GRE
     * @param acknowledgements those of them that carry nothing else
     * @param malformed those of them that make no sense
     * @param encrypted datagrams
     * @param clear datagrams
     */
    public record Way(long gre, long acknowledgements, long malformed, long encrypted, long clear) {}

    public Explained {
        ladder = List.copyOf(ladder);
        proofs = List.copyOf(proofs);
        milestones = List.copyOf(milestones);
        weaknesses = List.copyOf(weaknesses);
    }
}
