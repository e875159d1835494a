package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.report.TunnelReport;

/** Whoever explains the capture of a failure, or reports it, says what the client said that it happened to. */
final class Agreement {
    /** What only the client knows: what this host did, whether encryption was optional to it, why it closed TCP. */
    private static final List<String> NOT_IN_A_CAPTURE = List.of(
            "This host refuses to send GRE",
            "A raw socket was refused",
            "is this host's own",
            "A route was refused",
            "requires encryption other than is allowed",
            "has read nothing for 30 s",
            // Those were no packets at all.
            "Yet GRE packets for the call came from it");

    /** A client sees TCP, ICMP and silence, too, and keeps messages only: the sentence tells what it saw. */
    private static final List<String> NO_MESSAGE_OF_THE_CLIENT = List.of(
            "TCP ended", "the server closed the connection", "ICMP", "was lost", "GRE passes", "switched off there");

    private Agreement() {}

    /** A record does not show how long this host took, nor what became of it there. */
    private static List<String> milestones(List<TunnelEvent> events) {
        return events.stream()
                .map(event -> event.toString().replaceFirst(", took=[^,\\]]*", ""))
                .filter(event -> !event.startsWith("TunnelUp") && !event.startsWith("NamesSettled"))
                .toList();
    }

    static void holds(SimulatedTunnel tunnel, Failure failure) {
        TunnelReport ours = tunnel.recorder.report(failure, null);
        assertThat(ours.verdict().verdict().sentence()).isEqualTo(failure.sentence());
        if (NOT_IN_A_CAPTURE.stream().anyMatch(failure.sentence()::contains)) {
            return;
        }
        Explained explained = tunnel.recording.explained(null);
        Failure told = explained.verdict().failure();
        assertThat(explained.verdict().sentence()).isEqualTo(failure.sentence());
        assertThat(told).isNotNull();
        assertThat(told.reason()).isEqualTo(failure.reason());
        assertThat(told.windowsError()).isEqualTo(failure.windowsError());
        assertThat(explained.proofs()).isNotEmpty();
        if (NO_MESSAGE_OF_THE_CLIENT.stream().noneMatch(failure.sentence()::contains)) {
            assertThat(ours.verdict().proofs()).as(failure.sentence()).isNotEmpty();
        }
        assertThat(milestones(explained.milestones())).isEqualTo(milestones(ours.milestones()));
    }
}
