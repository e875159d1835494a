package org.jpptp.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.anonymous.Pseudonyms.Kind;
import org.jpptp.client.diagnosis.Verdict;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of tunnels that are over, and put together for whoever looks for a fault. */
class BugReportTest {
    private static final String HEAD = TraceText.head("0.1.0", "vpn.example.com:1723", "2026-11-29T05:00:00Z");
    private static final Failure FAILURE = Failure.of(
            FailureReason.ENCRYPTION_REFUSED, "The server refuses the encryption that is required.", "Accept it.");

    private static final String NEGOTIATION = """
            sent [Start-Control-Connection-Request version=1.0 framing=3 bearer=3 max-channels=0 firmware=1 host="client" vendor="jpptp"]
            rcvd [Start-Control-Connection-Reply version=1.0 result=1 (successful) error=0 framing=3 bearer=3 max-channels=1 firmware=1 host="server" vendor="jpptp"]
            sent [Outgoing-Call-Request call-id=36057 serial=17053 min-bps=300 max-bps=100000000 bearer=3 framing=3 window=64 delay=0 phone="" subaddress=""]
            rcvd [Outgoing-Call-Reply call-id=2305 peer-call-id=36057 result=1 (connected) error=0 cause=0 speed=100000000 window=64 delay=0 channel=0]
            sent [LCP ConfReq id=0x53 <mru 1400> <magic 0xe0d12475> <pcomp> <accomp>]
            rcvd [LCP ConfReq id=0x20 <auth chap MS-v2> <magic 0x5b18fd10> <pcomp> <accomp>]
            sent [LCP ConfAck id=0x20 <auth chap MS-v2> <magic 0x5b18fd10> <pcomp> <accomp>]
            rcvd [LCP ConfAck id=0x53 <mru 1400> <magic 0xe0d12475> <pcomp> <accomp>]
            rcvd [CHAP Challenge id=0x24 <053fd67b...>, name = "server"]
            sent [CHAP Response id=0x24 <75852712...>, name = "alice"]
            rcvd [CHAP Success id=0x24 "S=010A3F4C... M=Access granted"]
            sent [CCP ConfReq id=0x47 <mppe +H -M +S -L -D -C>]
            rcvd [CCP ConfReq id=0xed <mppe +H -M +S -L -D -C>]
            sent [CCP ConfAck id=0xed <mppe +H -M +S -L -D -C>]
            rcvd [CCP ConfAck id=0x47 <mppe +H -M +S -L -D -C>]
            rcvd [IPCP ConfReq id=0x3 <addr 192.168.77.1>]
            sent [IPCP ConfAck id=0x3 <addr 192.168.77.1>]
            sent [IPCP ConfReq id=0xba <addr 192.168.77.10>]
            rcvd [IPCP ConfAck id=0xba <addr 192.168.77.10>]
            sent [LCP TermReq id=0x54 "the user disconnected"]
            rcvd [LCP TermAck id=0x54]
            sent [Call-Clear-Request call-id=36057]
            rcvd [Call-Disconnect-Notify call-id=2305 result=4 (requested) error=0 cause=0 statistics=""]
            """;

    @TempDir
    Path folder;

    private long now;

    private static Failure failure(List<String> log) throws IOException {
        return Objects.requireNonNull(calls(log).get(0).verdict().failure());
    }

    private static List<Explained> calls(List<String> log) throws IOException {
        return new Explainer(null, Explainer.Show.BEGINNINGS)
                .explain("log", new ByteArrayInputStream(String.join("\n", log).getBytes(StandardCharsets.UTF_8)))
                .calls();
    }

    private static final TunnelEvent.Ended WORKED =
            TunnelEvent.Ended.afterUp(null, TunnelStatus.Traffic.ofOctets(2_000, 3_000), Duration.ofMillis(1_600));

    private static TraceRing ringOf(String line) {
        TraceRing ring = new TraceRing();
        ring.accept(line);
        return ring;
    }

    private void happenedAt(String file, long second) throws IOException {
        Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(second * 1000));
    }

    @Test
    void whatFailedLastIsKeptForItsUserOnlyAndWhatCameAfterIt() throws IOException {
        LastTrace last = new LastTrace(Optional.of(folder));
        TunnelName office = new TunnelName("office");
        last.keep("office", TunnelEvent.Ended.neverUp(FAILURE), ringOf("first"));
        last.keep("office", TunnelEvent.Ended.neverUp(FAILURE), ringOf(HEAD));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("office.trace"))))
                .isEqualTo("rw-------");
        assertThat(last.of(office)).extracting(LastTrace.Kept::lines).containsExactly(List.of(HEAD));
        last.keep("office", WORKED, ringOf("worked"));
        happenedAt("office.trace", 1);
        happenedAt("office.ended", 2);
        assertThat(last.of(office))
                .extracting(LastTrace.Kept::end)
                .containsExactly(LastTrace.End.FAILED, LastTrace.End.BY_USER);
        happenedAt("office.trace", 3);
        assertThat(last.of(office)).extracting(LastTrace.Kept::end).containsExactly(LastTrace.End.FAILED);
        assertThat(last.of(new TunnelName("other"))).isEmpty();
    }

    @Test
    void withoutANameItIsAboutTheLastFailureElseTheLastEnd() throws IOException {
        LastTrace last = new LastTrace(Optional.of(folder));
        assertThat(last.newest()).isEmpty();
        last.keep("office", WORKED, ringOf(HEAD));
        assertThat(last.newest()).contains(new TunnelName("office"));
        last.keep("lab", TunnelEvent.Ended.neverUp(FAILURE), ringOf(HEAD));
        happenedAt("lab.trace", 1);
        assertThat(last.newest()).contains(new TunnelName("lab"));
    }

    /** Of a machine where nothing runs. */
    private List<String> report(String... wanted) {
        TunnelRunner runner = new TunnelRunner() {
            @Override
            public Optional<Path> sockets() {
                return Optional.of(folder);
            }

            @Override
            public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
                throw new UnsupportedOperationException("nothing is started");
            }
        };
        BugReport report = new BugReport(runner, new Running(runner));
        Optional<TunnelName> name = Stream.of(wanted).findFirst().map(TunnelName::new);
        return report.lines(report.subject(name), List.of());
    }

    @Test
    void aReportOfATunnelThatWorkedIsCompleteAndExplained() throws IOException {
        TraceRing ring = new TraceRing();
        ring.accept(HEAD);
        TraceText trace = new TraceText(ring, () -> now);
        trace.trace(Detail.DECISIONS, "connecting to 192.0.2.1:1723, for up to 10000 ms");
        NEGOTIATION.lines().forEach(line -> trace.trace(Detail.PACKETS, line));
        now = 1_600_000_000L;
        trace.event(WORKED);
        new LastTrace(Optional.of(folder)).keep("office", WORKED, ring);
        for (List<String> told : List.of(report("office"), report())) {
            assertThat(told)
                    .anyMatch(line -> line.startsWith("== trace office: its user ended it at "))
                    .anyMatch(line -> line.endsWith("= Disconnected after 1.6 s: 2.0 kB sent, 3.0 kB received."))
                    .allMatch(line -> !line.startsWith("== ") || line.matches("== (doctor|trace office: .+)"));
            Verdict verdict = calls(told).get(0).verdict();
            assertThat(verdict.failure()).isNull();
            assertThat(verdict.sentence()).contains("The tunnel was up for");
        }
    }

    @Test
    void aReportOfNothingSaysSo() {
        assertThat(report()).endsWith("== trace", "(no such tunnel runs, and none has run since this machine started)");
    }

    /** Nobody has been proven yet, and no profile or trace names him. */
    @Test
    void whomATunnelWasStartedForIsReplaced() {
        String document =
                JsonObject.of("asked", JsonObject.of("user", "CORP\\alice")).toString();
        assertThat(BugReport.anonymous(List.of(document), List.of()).get(0)).doesNotContain("CORP", "alice");
    }

    @Test
    void whoseDirectoryAFileIsInIsReplaced() {
        List<String> told = List.of(
                JsonObject.of("besides", List.of("--log /home/alice/office.log", "--report /home/alice/r.html"))
                        .toString(),
                "log = /home/bertram/office.log");
        assertThat(String.join("\n", BugReport.anonymous(told, List.of())))
                .doesNotContain("alice", "bertram")
                .contains("/office.log");
    }

    @Test
    void aReportNamesNobodyAndIsExplained() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "jpptp bugreport 1", "== doctor", "  ok way to 10.99.0.2 as alice", "", "== trace office", HEAD));
        TraceText trace = new TraceText(lines::add, () -> now);
        trace.trace(Detail.DECISIONS, "connecting to 10.99.0.2:1723, for up to 10000 ms");
        trace.trace(Detail.PACKETS, "rcvd [CHAP Challenge id=0x1 <00112233...>, name = \"fileserver\"]");
        trace.trace(Detail.PACKETS, "sent [CHAP Response id=0x1 <00112233...>, name = \"alice\"]");
        trace.event(TunnelEvent.Ended.neverUp(FAILURE));
        List<String> anonymous = BugReport.anonymous(lines, List.of(new BugReport.Known(Kind.USER, "alice")));
        assertThat(String.join("\n", anonymous))
                .doesNotContain("alice", "fileserver", "10.99.0.2", "vpn.example.com")
                .contains("192.0.2.1");
        assertThat(failure(anonymous).reason()).isEqualTo(FAILURE.reason());
        assertThat(failure(lines).sentence()).isEqualTo(FAILURE.sentence());
    }
}
