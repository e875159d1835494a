package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.explain.Rung;
import org.jpptp.client.report.TunnelReport;
import org.junit.jupiter.api.Test;

/** What a report has of a tunnel of ours. */
class ReportTest {
    /** Its user has asked for secrets in the trace; a report is there to be handed on. */
    @Test
    void thereIsNothingInItThatAPasswordCouldBeFoundBy() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(SimulatedTunnel.serverConfig(), client -> client)
                .connect();
        tunnel.runUntil(() -> false, Duration.ofSeconds(90));
        TunnelReport report = tunnel.recorder.report(null, null);
        List<String> texts = report.ladder().rungs().stream().map(Rung::text).toList();
        assertThat(texts)
                .anyMatch(text -> text.matches("CHAP Challenge .*<[0-9a-f]{8}\\.\\.\\.>.*"))
                .anyMatch(text -> text.matches("CHAP Response .*<[0-9a-f]{8}\\.\\.\\.>.*"))
                .anyMatch(text -> text.matches("CHAP Success .*S=[0-9A-F]{8}\\.\\.\\. .*"))
                .noneMatch(text -> text.startsWith("CHAP") && text.matches(".*[0-9A-Fa-f]{12}.*"));
        assertThat(tunnel.log).anyMatch(line -> line.contains("CHAP Response") && line.matches(".*[0-9a-f]{90}.*"));

        assertThat(report.counters().messages())
                .containsEntry("CHAP Response", 1L)
                .containsEntry("Echo-Request", 1L);
        assertThat(report.ladder().rungs()).anyMatch(rung -> rung.kind() == Rung.Kind.KEEPALIVE);
        assertThat(report.course().roundTrips().values())
                .isNotEmpty()
                .allSatisfy(times -> assertThat(times).isNotEmpty());
    }
}
