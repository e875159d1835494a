package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.Script.LinkOption;
import org.jpptp.cli.view.Script.Proof;
import org.jpptp.cli.view.Style.Color;
import org.jpptp.cli.view.Style.Signs;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.TunnelStatus;
import org.junit.jupiter.api.Test;

class ConsoleViewTest {
    private static final Style UNICODE = new Style(Signs.UNICODE, Color.OFF);

    private long nanos;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ConsoleView view(Style style, Verbosity verbosity) {
        return new ConsoleView(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                style,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                style,
                verbosity,
                () -> nanos);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTunnelThatWorks() throws IOException {
        ConsoleView view = view(UNICODE, Verbosity.NORMAL);
        Script.GOOD.forEach(view::event);

        Golden.check("good.txt", out());
        assertThat(err()).isEmpty();
    }

    @Test
    void anotherInAsciiThatIsLost() throws IOException {
        ConsoleView view = view(Style.PLAIN, Verbosity.NORMAL);
        Duration millisecond = Duration.ofMillis(1);
        List.of(
                        new TunnelEvent.ServerAnswered(
                                Script.address("203.0.113.7"), 1723, "", "", 4608, Duration.ofMillis(1038)),
                        new TunnelEvent.CallEstablished(1, 65535, 56_000, Duration.ZERO),
                        Script.link(1400, 1500, Set.of(LinkOption.PFC), Duration.ofMillis(9)),
                        Script.identity("PAP", "alice", Proof.OURS, "", millisecond),
                        new TunnelEvent.EncryptionSettled(null, "MPPE 40-bit stateful", millisecond),
                        new TunnelEvent.AddressesAgreed(
                                Script.address("10.1.0.23"),
                                null,
                                List.of(Script.address("10.1.0.2"), Script.address("10.1.0.3")),
                                List.of(Script.address("10.1.0.4")),
                                new LinkLocalAddress(0x021cL << 48 | 0xff),
                                null,
                                millisecond),
                        new TunnelEvent.TunnelUp("pptp1", "blue", 1400, List.of(), Duration.ofSeconds(61)),
                        TunnelEvent.Ended.afterUp(
                                Failure.of(FailureReason.LINK_LOST, "Seen.", "Do."),
                                TunnelStatus.Traffic.ofOctets(1, 999),
                                Duration.ofSeconds(59)))
                .forEach(view::event);

        Golden.check("ascii.txt", out());
        assertThat(err()).isEmpty();
    }

    @Test
    void aWeakOneWithANewPassword() throws IOException {
        ConsoleView view = view(UNICODE, Verbosity.NORMAL);
        view.event(Script.identity("MS-CHAP v1", "alice", Proof.OURS, "", Duration.ofMillis(24)));
        view.event(new TunnelEvent.PasswordChanged("alice"));
        view.event(new TunnelEvent.Warning("MS-CHAP v1 proves nothing about the server."));
        view.event(new TunnelEvent.EncryptionSettled(
                "MPPE 40-bit stateful with MPPC", "MPPE 40-bit stateful with MPPC", Duration.ofMillis(30)));

        Golden.check("weak.txt", out());
        assertThat(err()).isEqualTo("warning: MS-CHAP v1 proves nothing about the server.\n");
    }

    @Test
    void quietTellsNothingOfATunnelThatWorks() {
        ConsoleView view = view(UNICODE, Verbosity.QUIET);
        Script.GOOD.forEach(view::event);
        view.event(new TunnelEvent.Warning("Odd."));

        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
    }

    @Test
    void traceGoesToStandardError() throws IOException {
        ConsoleView view = view(UNICODE, Verbosity.OCTETS);
        nanos = 12_023_000_000L;
        view.trace(Detail.PACKETS, "sent [LCP ConfReq id=0x1 <mru 1400> <magic 0x6f3a1c22>]");
        view.trace(Detail.DECISIONS, "resending in 3 s: no answer");
        view.trace(Detail.OCTETS, "c0 21 01 01");
        view.event(new TunnelEvent.Warning("The server's DNS 10.1.0.2 is not reachable through the tunnel."));

        assertThat(out()).isEmpty();
        Golden.check("trace.txt", err());
    }

    @Test
    void eachLevelShowsMore() {
        List<Detail> details = List.of(Detail.values());
        assertThat(details).noneMatch(view(UNICODE, Verbosity.QUIET)::traces);
        assertThat(details).noneMatch(view(UNICODE, Verbosity.NORMAL)::traces);
        assertThat(details).filteredOn(view(UNICODE, Verbosity.PACKETS)::traces).containsExactly(Detail.PACKETS);
        assertThat(details)
                .filteredOn(view(UNICODE, Verbosity.DECISIONS)::traces)
                .containsExactly(Detail.PACKETS, Detail.DECISIONS);
        assertThat(details).allMatch(view(UNICODE, Verbosity.OCTETS)::traces);
    }

    @Test
    void colorsWhereWanted() {
        ConsoleView view = view(new Style(Signs.UNICODE, Color.ON), Verbosity.NORMAL);
        view.event(Script.CALL);
        view.event(new TunnelEvent.Warning("Odd."));

        assertThat(out()).startsWith("  \u001b[32m✓\u001b[0m call        call 41213");
        assertThat(err()).isEqualTo("\u001b[33mwarning:\u001b[0m Odd.\n");
    }

    @Test
    void hostileTextSteersNothing() {
        ConsoleView view = view(UNICODE, Verbosity.PACKETS);
        view.event(new TunnelEvent.ServerAnswered(
                Script.address("203.0.113.7"), 1723, "\u001b[2J\r\nx", "", 0, Duration.ZERO));
        view.event(new TunnelEvent.Warning("\u0007"));
        view.trace(Detail.PACKETS, "\u009b31m");

        assertThat(out()).contains("(\\x1b[2J\\x0d\\x0ax, firmware 0)").hasLineCount(1);
        assertThat(err()).isEqualTo("warning: \\x07\n   0.000 \\x9b31m\n");
    }
}
