package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.ServerTraits;
import org.jpptp.lab.server.ServerConfig;
import org.junit.jupiter.api.Test;

/** A server that still knows of an old connection of ours forgets it after a while: that is waited for, not for ever. */
class AnotherTryTest {
    private static final ServerConfig GOOD = MemoryTunnel.config();
    private static final ServerConfig KNOWS_AN_OLD_ONE = GOOD.with(ServerTraits.ACCEPTING.withStartResult(3));
    private static final String AGAIN =
            "The server says that a control connection from here already exists; trying again" + " in ";

    private static List<String> warnings(MemoryTunnel tunnel) {
        return tunnel.events.stream()
                .filter(TunnelEvent.Warning.class::isInstance)
                .map(event -> ((TunnelEvent.Warning) event).text())
                .toList();
    }

    @Test
    void itComesUpOnceTheServerHasForgotten() {
        MemoryTunnel tunnel = new MemoryTunnel(KNOWS_AN_OLD_ONE).start();
        tunnel.host.after(Duration.ofSeconds(10), () -> tunnel.server.becomes(GOOD));
        tunnel.runFor(Duration.ofSeconds(20));
        assertThat(tunnel.isUp()).as(tunnel.events.toString()).isTrue();
        assertThat(warnings(tunnel)).containsExactly(AGAIN + "5 s.", AGAIN + "10 s.");
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    @Test
    void afterThreeMoreTriesItFails() {
        MemoryTunnel tunnel = new MemoryTunnel(KNOWS_AN_OLD_ONE).start();
        Failure failure = tunnel.failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.CONTROL_REFUSED);
        assertThat(failure.sentence()).contains("already exists").endsWith(" It said so again at 3 more tries.");
        assertThat(warnings(tunnel)).containsExactly(AGAIN + "5 s.", AGAIN + "10 s.", AGAIN + "20 s.");
    }

    @Test
    void noTryIsLaterThanTheUserWaits() {
        MemoryTunnel tunnel =
                MemoryTunnel.within(Duration.ofSeconds(12), KNOWS_AN_OLD_ONE).start();
        assertThat(tunnel.failure().sentence()).endsWith(" It said so again at 1 more try.");
        assertThat(warnings(tunnel)).containsExactly(AGAIN + "5 s.");
    }

    @Test
    void theUserCanStopTheWaiting() {
        MemoryTunnel tunnel = new MemoryTunnel(KNOWS_AN_OLD_ONE).start();
        tunnel.host.after(Duration.ofSeconds(3), tunnel::disconnect);
        assertThat(tunnel.failure().sentence())
                .isEqualTo(
                        "Stopped before the tunnel was up, while waiting for the server to forget an old connection.");
    }
}
