package org.jpptp.client.report;

import java.time.Instant;
import java.util.List;
import org.jpptp.client.doctor.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What is told in one document.
 *
 * @param written when
 * @param files that it was read from; none of a tunnel of ours
 * @param tunnels each of them
 * @param more tunnels that were only counted
 * @param notes what the reader should know beside, sentences
 * @param machine that the tunnel was on; null of a record, which may be of any
 */
public record Report(
        Instant written,
        List<String> files,
        List<TunnelReport> tunnels,
        long more,
        List<String> notes,
        @Nullable Machine machine) {
    /**
     * A machine.
     *
     * @param program which version of ours runs there
     * @param system the operating system
     * @param java the version that runs it
     * @param findings what the doctor says of it; none where nobody has looked
     */
    public record Machine(String program, String system, String java, List<Finding> findings) {
        public Machine {
            findings = List.copyOf(findings);
        }
    }

    public Report {
        files = List.copyOf(files);
        tunnels = List.copyOf(tunnels);
        notes = List.copyOf(notes);
    }
}
