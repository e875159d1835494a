package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.view.Style.Color;
import org.jpptp.cli.view.Style.Signs;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusViewTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static String blocks(Style style) {
        StatusView view = new StatusView(style, UTC);
        return Tunnels.all().stream()
                .map(tunnel -> String.join("\n", view.block(tunnel)) + "\n")
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void fitsTheTerminal(int columns) throws IOException {
        String blocks = blocks(new Style(Signs.UNICODE, Color.OFF).withWidth(columns));
        Golden.check("status/columns-" + columns + ".txt", blocks);
        assertThat(blocks.lines())
                .allSatisfy(line -> assertThat(Style.columns(line)).isLessThanOrEqualTo(columns));
    }

    @Test
    void withoutATerminalEachRowIsALine() throws IOException {
        Golden.check("status/piped.txt", blocks(Style.PLAIN));
    }

    @Test
    void eachIsALineWhereItIsWatchedIntoAFile() throws IOException {
        StatusView view = new StatusView(Style.PLAIN, UTC);
        Golden.check(
                "status/lines.txt",
                Tunnels.all().stream().map(tunnel -> view.line(tunnel) + "\n").collect(Collectors.joining()));
    }

    /** Nobody has done anything wrong: the kernel gives each raw socket what the server sends to this host. */
    @Test
    void whatIsForAnotherTunnelIsNotRefused() {
        StatusView view = new StatusView(Style.PLAIN, UTC);
        JsonObject beside = new JsonObject.Builder()
                .put("name", "office")
                .put("state", "up")
                .put("refused", JsonObject.of("otherCall", 1200))
                .build();
        assertThat(view.block(beside))
                .contains("  other calls 1200 packets passed over, as of other tunnels with the server")
                .noneMatch(line -> line.startsWith("  refused"));
        TunnelStatus.Traffic traffic =
                TunnelStatus.Traffic.NONE.refusing(Map.of(Refusal.OTHER_CALL, 1200L, Refusal.DUPLICATE, 2L));
        assertThat(new Phases(Style.PLAIN).ended(TunnelEvent.Ended.afterUp(null, traffic, Duration.ofSeconds(9))))
                .endsWith(" Packets refused: 2 repeated or too late.");
    }

    /** Whoever answers on a socket is not trusted with a terminal. */
    @Test
    void nothingSteersTheTerminal() {
        JsonObject odd = new JsonObject.Builder()
                .put("name", "x\u001b[2J")
                .put("state", "up\r\n")
                .put("doing", "\u009b31m")
                .put("server", JsonObject.of("host", "a\u0007"))
                .put("refused", JsonObject.of("\u001b", 3))
                .build();
        StatusView view = new StatusView(new Style(Signs.UNICODE, Color.OFF).withWidth(80), UTC);
        assertThat(String.join("", view.block(odd)) + view.line(odd)).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
    }
}
