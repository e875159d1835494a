package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is seen, of terminals of different widths and of what stands in their place. Escapes are written as {@code ^[}, and
 * the start of a line that is written over as {@code ^M}. See CONTRIBUTING.md for how the files are made.
 */
class ScreensTest {
    /** Where something is shown. */
    enum Place {
        COLUMNS_60(Streams.Watcher.TERMINAL, Map.of("TERM", "xterm", "COLUMNS", "60"), StandardCharsets.UTF_8),
        COLUMNS_80(Streams.Watcher.TERMINAL, Map.of("TERM", "xterm", "COLUMNS", "80"), StandardCharsets.UTF_8),
        COLUMNS_120(Streams.Watcher.TERMINAL, Map.of("TERM", "xterm", "COLUMNS", "120"), StandardCharsets.UTF_8),
        NO_COLOR(
                Streams.Watcher.TERMINAL,
                Map.of("TERM", "xterm", "COLUMNS", "80", "NO_COLOR", "1"),
                StandardCharsets.UTF_8),
        DUMB(Streams.Watcher.TERMINAL, Map.of("TERM", "dumb", "COLUMNS", "80"), StandardCharsets.US_ASCII),
        PIPED(Streams.Watcher.NOBODY, Map.of("TERM", "xterm"), StandardCharsets.UTF_8),
        JOURNAL(Streams.Watcher.JOURNAL, Map.of("NOTIFY_SOCKET", "/run/systemd/notify"), StandardCharsets.UTF_8);

        private final Streams.Watcher watcher;

        @SuppressWarnings("ImmutableEnumChecker") // Made of constants.
        private final Map<String, String> environment;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Charset charset;

        Place(Streams.Watcher watcher, Map<String, String> environment, Charset charset) {
            this.watcher = watcher;
            this.environment = environment;
            this.charset = charset;
        }

        String file() {
            return "screens/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
        }
    }

    private static final Failure REFUSED = Failure.of(
            FailureReason.ENCRYPTION_REFUSED,
            "The server refuses the encryption that is required: we asked for MPPE 128-bit stateless; it offers MPPE"
                    + " 40-bit. Its last packet was CCP ConfNak id=0x2 <mppe -H -M -S +L -D -C>.",
            Remedy.of("Accept what it offers with ").set(Setting.MPPE, "128,40").say(", which is weaker."));

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private long nanos;

    private Streams streams(Place place) {
        PrintStream both = new PrintStream(screen, true, place.charset);
        return new Streams(
                InputStream.nullInputStream(),
                both,
                both,
                place.charset,
                place.watcher,
                place.watcher,
                place.environment);
    }

    private ConsoleView view(Streams streams, Verbosity verbosity) {
        return new ConsoleView(
                streams.out(), streams.outStyle(null), streams.err(), streams.errStyle(null), verbosity, () -> nanos);
    }

    private String seen(Place place) {
        return screen.toString(place.charset).replace("\r", "^M").replace("\u001b", "^[");
    }

    private void show(Place place) {
        Streams streams = streams(place);
        Messages messages = new Messages(streams.err(), streams.errStyle(null));
        heading(streams, "a tunnel that works");
        messages.banner();
        ConsoleView good = view(streams, Verbosity.NORMAL);
        if (streams.isService()) {
            good.endedBy(TunnelText.endedByService());
        }
        good.begin();
        Stream.of(
                        Script.SERVER,
                        Script.CALL,
                        Script.link(1400, 1500, EnumSet.allOf(Script.LinkOption.class), Duration.ofMillis(55)),
                        Script.IDENTITY,
                        Script.ENCRYPTION,
                        new TunnelEvent.AddressesAgreed(
                                Script.address("192.168.177.123"),
                                Script.address("192.168.177.101"),
                                List.of(Script.address("192.168.177.102"), Script.address("192.168.177.103")),
                                List.of(Script.address("192.168.177.104")),
                                null,
                                null,
                                Duration.ofMillis(28)),
                        Script.UP,
                        new TunnelEvent.Statistics(null, Duration.ofMillis(61_500), 48_200, 1_310_000),
                        Script.ENDED)
                .forEach(good::event);
        heading(streams, "one that fails");
        ConsoleView bad = view(streams, Verbosity.NORMAL);
        bad.begin();
        bad.event(Script.SERVER);
        if (streams.isMovable()) {
            nanos += 900_000_000;
            bad.tick();
            nanos += 2_000_000_000;
            bad.tick();
            nanos += 1_000_000_000;
            bad.tick();
        }
        bad.event(Script.CALL);
        bad.event(Script.LINK);
        bad.event(Script.IDENTITY);
        bad.event(new TunnelEvent.Warning("MS-CHAP v1 does not prove that the server knows the password: somebody else"
                + " may answer in its place."));
        nanos += 1_250_000_000;
        bad.event(TunnelEvent.Ended.neverUp(REFUSED));
        messages.failure(REFUSED);
        heading(streams, "a trace");
        ConsoleView traced = view(streams, Verbosity.OCTETS);
        nanos += 23_000_000;
        traced.trace(Detail.PACKETS, "sent [LCP ConfReq id=0x1 <mru 1400> <magic 0x6f3a1c22>]");
        nanos += 3_000_000_000L;
        traced.trace(Detail.DECISIONS, "resending in 3 s: no answer");
        traced.trace(Detail.OCTETS, "sent [GRE seq=5 ack=3 call=7, 32 octets]");
    }

    private static void heading(Streams streams, String text) {
        streams.out().println("--- " + text);
    }

    @ParameterizedTest
    @EnumSource
    void isAsItWasLookedAt(Place place) throws IOException {
        show(place);
        Golden.check(place.file(), seen(place));
    }

    /** But for words that are longer, and for traces, which are copied. */
    @ParameterizedTest
    @EnumSource(names = {"COLUMNS_60", "COLUMNS_80", "COLUMNS_120", "DUMB"})
    void nothingIsWiderThanTheTerminal(Place place) {
        show(place);
        int columns = Integer.parseInt(place.environment.get("COLUMNS"));
        String text = seen(place).replaceAll("\\^\\[\\[[0-9]*[mK]", "");
        assertThat(text.substring(0, text.indexOf("--- a trace")).split("[\n]|\\^M", -1))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(columns));
    }

    @Test
    void nothingMovesThatCannotBeWrittenOver() {
        assertThat(streams(Place.COLUMNS_80).isMovable()).isTrue();
        assertThat(streams(Place.NO_COLOR).isMovable()).isTrue();
        assertThat(streams(Place.DUMB).isMovable()).isFalse();
        assertThat(streams(Place.PIPED).isMovable()).isFalse();
    }
}
