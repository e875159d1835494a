package org.jpptp.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jpptp.cli.background.Entrance;
import org.jpptp.cli.background.NotShared;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.background.SharedTunnel;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.SecretSource;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a word means: a tunnel by its name before one by its interface. */
class NamedTunnelTest {
    @TempDir
    Path sockets;

    @TempDir
    Path profiles;

    private final List<SharedTunnel> shared = new ArrayList<>();

    /** What has tunnels somewhere; they only say how they are doing. */
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

    private record At(String device) implements TunnelRunner.Tunnel {
        @Override
        public TunnelEvent.Ended run() {
            throw new UnsupportedOperationException("it runs already");
        }

        @Override
        public void disconnect() {}

        @Override
        public void tellStatistics() {}

        @Override
        public CompletableFuture<TunnelStatus> status() {
            return CompletableFuture.completedFuture(new TunnelStatus(
                    TunnelStatus.State.UP,
                    null,
                    Duration.ofSeconds(1),
                    new ServerSettings("vpn.example.com", 1723),
                    new TunnelStatus.Agreed(
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            new TunnelEvent.TunnelUp(device, null, 1400, List.of(), Duration.ofSeconds(1))),
                    List.of(),
                    TunnelStatus.Traffic.NONE,
                    0,
                    null,
                    null));
        }
    }

    private SharedTunnel enter(String name) throws NotShared {
        SharedTunnel tunnel =
                new Entrance(Optional.of(sockets), List.of()).named(new TunnelName(name), Optional.empty());
        shared.add(tunnel);
        return tunnel;
    }

    private void up(String name, String device) throws NotShared {
        enter(name).serve(new At(device), JsonObject.EMPTY, List::of);
    }

    private String meant(String word) throws Running.NoAnswer {
        Map<String, String> environment = Map.of("CONFIGURATION_DIRECTORY", profiles.toString());
        return NamedTunnel.of(new TunnelName(word), new Running(new Runner(sockets)), environment)
                .text();
    }

    @AfterEach
    void end() {
        shared.forEach(tunnel -> {
            tunnel.release();
            tunnel.close();
        });
    }

    @Test
    void anInterfaceMeansTheTunnelThatHasIt() throws Exception {
        up("office", "pptp0");
        up("lab", "pptp1");
        assertThat(meant("pptp0")).isEqualTo("office");
        assertThat(meant("pptp1")).isEqualTo("lab");
        assertThat(meant("lab")).isEqualTo("lab");
        assertThat(meant("pptp2")).isEqualTo("pptp2");
    }

    @Test
    void aNameComesFirst() throws Exception {
        up("office", "pptp0");
        up("pptp0", "pptp1");
        assertThat(meant("pptp0")).isEqualTo("pptp0");
    }

    /** Else a second 'down' of a profile would end another tunnel than the first. */
    @Test
    void soDoesThatOfAProfileWhoseTunnelIsDown() throws IOException, NotShared, Running.NoAnswer {
        up("office", "home");
        Files.createFile(profiles.resolve("home.conf"));
        assertThat(meant("home")).isEqualTo("home");
    }

    @Test
    void whatIsTheInterfaceOfSeveralMeansNoneOfThem() throws Exception {
        up("office", "pptp0");
        up("lab", "pptp0");
        assertThatThrownBy(() -> meant("pptp0"))
                .isInstanceOf(UsageException.class)
                .hasMessage("pptp0 is the interface of 2 tunnels; name one of them: lab, office.");
    }
}
