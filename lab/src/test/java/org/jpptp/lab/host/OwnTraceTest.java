package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads a client's own trace comes to what the client came to. */
class OwnTraceTest {
    private static final String HEAD = "jpptp 0.1.0 trace of vpn.example.com:1723 at 2026-11-29T05:00:00Z";

    private final List<String> lines = new ArrayList<>(List.of(HEAD));

    /** As the command writes it, but for what was reached. */
    private TunnelListener tracing(MemoryTunnel tunnel) {
        return new TunnelListener() {
            @Override
            public void event(TunnelEvent event) {
                tunnel.event(event);
            }

            @Override
            public boolean traces(Detail detail) {
                return detail != Detail.OCTETS;
            }

            @Override
            public void trace(Detail detail, String line) {
                long millis = tunnel.host.now() / 1_000_000;
                lines.add(String.format(
                        Locale.ROOT,
                        "%4d.%03d %s%s",
                        millis / 1000,
                        millis % 1000,
                        detail == Detail.PACKETS ? "" : "# ",
                        line));
            }
        };
    }

    private Explained explained() throws IOException {
        byte[] log = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return new Explainer(null, Explainer.Show.BEGINNINGS)
                .explain("log", new ByteArrayInputStream(log))
                .calls()
                .get(0);
    }

    private Failure failed(FailureTableTest.Cell cell) {
        MemoryTunnel tunnel = cell.made().get();
        tunnel.told(this::tracing).start();
        tunnel.on(
                TunnelEvent.TunnelUp.class,
                () -> tunnel.host.threads().execute(() -> cell.whenUp().accept(tunnel)));
        return tunnel.failure();
    }

    static Stream<FailureTableTest.Cell> all() {
        return FailureTableTest.cells();
    }

    static Stream<FailureTableTest.Cell> ofPackets() {
        List<FailureReason> inPackets = List.of(
                FailureReason.REFUSED,
                FailureReason.CALL_REFUSED,
                FailureReason.CREDENTIALS_REJECTED,
                FailureReason.ACCOUNT_RESTRICTED,
                FailureReason.ENCRYPTION_REFUSED,
                FailureReason.AUTH_METHOD_REFUSED,
                FailureReason.LINK_NEGOTIATION_FAILED);
        return FailureTableTest.cells().filter(cell -> inPackets.contains(cell.reason()));
    }

    /** By what passed alone, as in a trace that was cut off before its end. */
    @ParameterizedTest
    @MethodSource("ofPackets")
    void thePacketsSayIt(FailureTableTest.Cell cell) throws IOException {
        Failure failure = failed(cell);
        Failure read = explained().verdict().failure();
        assertThat(Objects.requireNonNull(read, () -> String.join("\n", lines)).reason())
                .as(String.join("\n", lines))
                .isEqualTo(failure.reason());
    }

    /** What only the client knows is in its last lines. */
    @ParameterizedTest
    @MethodSource("all")
    void theClientsOwnWordHolds(FailureTableTest.Cell cell) throws IOException {
        Failure failure = failed(cell);
        lines.add(String.format(
                Locale.ROOT,
                "  99.000 x %s %d never: %s",
                failure.reason(),
                failure.windowsError(),
                failure.sentence().strip()));
        lines.add("  99.000 x remedy: " + failure.remedy());
        Failure read = Objects.requireNonNull(explained().verdict().failure());
        assertThat(read.reason()).isEqualTo(failure.reason());
        assertThat(read.sentence().strip()).isEqualTo(failure.sentence().strip());
        assertThat(read.windowsError()).isEqualTo(failure.windowsError());
    }

    /** Each reason stands behind what it is the reason for. */
    @Test
    void saysWhyBehindEachNakAndReject() throws IOException {
        MemoryTunnel tunnel = new MemoryTunnel();
        tunnel.told(this::tracing).connect();
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
        assertThat(explained().verdict().sentence()).startsWith("The tunnel was up");
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(" rcvd [") && lines.get(i).matches(".*(ConfNak|ConfRej) .*")) {
                assertThat(lines.subList(i + 1, Math.min(lines.size(), i + 4)))
                        .as(lines.get(i))
                        .anyMatch(line -> line.matches(".* # \\w+: the peer (wants|knows or wants no) .*"));
            }
        }
        assertThat(lines).anyMatch(line -> line.contains("IPCP: the peer knows or wants no <ms-dns1 0.0.0.0>"));
    }
}
