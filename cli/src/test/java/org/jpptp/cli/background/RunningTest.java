package org.jpptp.cli.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
    private static final TunnelName OFFICE = new TunnelName("office");
    private static final int TUNNELS = 400;

    /** One whose tunnels have their sockets in a directory. */
    private record Runner(Path directory) implements TunnelRunner {
        @Override
        public Optional<Path> sockets() {
            return Optional.of(directory);
        }

        @Override
        public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
            throw new UnsupportedOperationException("nobody starts one here");
        }
    }

    /** At whatever moment: as two who end the same tunnel do. */
    @Test
    @Timeout(120)
    void whoeverAsksForOneThatEndsGetsAConnectionOrNone(@TempDir Path directory) throws Exception {
        Entrance entrance = new Entrance(Optional.of(directory), List.of());
        CompletableFuture<Void> tunnels = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < TUNNELS; i++) {
                try (SharedTunnel shared = entrance.named(OFFICE, Optional.empty())) {
                    Thread.onSpinWait();
                    shared.release();
                } catch (NotShared e) {
                    throw new IllegalStateException(e.failure().sentence(), e);
                }
            }
        });
        Running running = new Running(new Runner(directory));
        int connections = 0;
        while (!tunnels.isDone()) {
            Optional<SocketClient> connected = running.connect(OFFICE);
            if (connected.isPresent()) {
                connections++;
                connected.get().close();
            }
        }
        tunnels.get();
        assertThat(connections).isPositive();
        assertThat(running.look(OFFICE)).isEqualTo(Found.NOTHING);
    }
}
