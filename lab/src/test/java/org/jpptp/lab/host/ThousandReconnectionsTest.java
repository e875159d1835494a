package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ReconnectSettings.Mode;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;

/** A tunnel that has come back a thousand times has no more of its host, and waits for no more, than one that never did. */
class ThousandReconnectionsTest {
    private static final int TIMES = 1000;

    @Test
    void nothingGrows() {
        Set<Thread> others = ownThreads();
        MemoryTunnel tunnel =
                MemoryTunnel.lasting(ReconnectSettings.on(Mode.FAIL_CLOSED)).connect();
        back(tunnel, 1);
        List<String> state = withoutCalls(tunnel);
        int waiting = settled(tunnel);
        int changes = tunnel.host.changes().size();
        for (int i = 2; i <= TIMES; i++) {
            back(tunnel, i);
        }
        assertThat(withoutCalls(tunnel)).isEqualTo(state);
        assertThat(settled(tunnel)).as("tasks that wait").isLessThanOrEqualTo(waiting);
        // A look at the way, and two sockets: five lines each time.
        assertThat(tunnel.host.changes().size() - changes).isEqualTo(5 * (TIMES - 1));
        assertThat(ownThreads()).isSubsetOf(others);
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
        assertThat(tunnel.all(TunnelEvent.TunnelUp.class)).hasSize(TIMES + 1);
    }

    private static Set<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jpptp"))
                .collect(Collectors.toSet());
    }

    private static void back(MemoryTunnel tunnel, int times) {
        tunnel.host.resetTcp();
        tunnel.untilBack(times);
        tunnel.runFor(Duration.ofMinutes(1));
        tunnel.host.tun().write("hello " + times);
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.server.received()).contains("hello " + times);
    }

    /** Long after the last connection, when only what belongs to this one waits. */
    private static int settled(MemoryTunnel tunnel) {
        tunnel.runFor(Duration.ofMinutes(5));
        return tunnel.host.waiting();
    }

    private static List<String> withoutCalls(MemoryTunnel tunnel) {
        return tunnel.host.state().stream()
                .map(line -> line.replaceFirst("call \\d+", "call"))
                .toList();
    }
}
