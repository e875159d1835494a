package org.jpptp.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Libraries;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.net.HostLog;
import org.jspecify.annotations.Nullable;

/**
 * {@code jpptp} with tunnels that only behave as the server's name says: {@code later} is up once there is a file of this name
 * beside the sockets, {@code wrong} takes no password, {@code slow} has ended once there is a file {@code ended} after it was
 * told to; each time that it is, {@code told} grows by an octet. {@code hanging} never ends. To look at the machine takes a while;
 * once it was repaired, there is a file {@code repaired}.
 */
final class BackgroundMain {
    private static final Path SOCKETS = Path.of(System.getProperty("sockets", "/nonexistent"));

    private static final TunnelEvent.TunnelUp UP =
            new TunnelEvent.TunnelUp("pptp0", null, 1400, List.of(), Duration.ofMillis(200));

    private BackgroundMain() {}

    public static void main(String[] arguments) {
        Main.run(Libraries.preparedFor(new Runner()), arguments);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Runner implements TunnelRunner {
        @Override
        public Optional<Path> sockets() {
            return Optional.of(SOCKETS);
        }

        @Override
        public Optional<MachineFacts> machine() {
            sleep(1000);
            return Optional.empty();
        }

        @Override
        public void recover(HostLog log) {
            try {
                Files.write(SOCKETS.resolve("repaired"), new byte[0]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Failure become(List<String> command) {
            return ClientTunnel.HOST.become(command);
        }

        @Override
        public void detach(Path log, long waiter) {
            ClientTunnel.HOST.detachProcess(log, waiter);
        }

        @Override
        public boolean isRead(int descriptor) {
            return ClientTunnel.HOST.isRead(descriptor);
        }

        @Override
        public Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets) {
            return new Fake(config, listener);
        }
    }

    private static final class Fake implements TunnelRunner.Tunnel {
        private final ClientConfig config;
        private final TunnelListener listener;
        private final CountDownLatch stop = new CountDownLatch(1);
        private volatile TunnelStatus.State state = TunnelStatus.State.CONNECTING;

        Fake(ClientConfig config, TunnelListener listener) {
            this.config = config;
            this.listener = listener;
        }

        @Override
        public TunnelEvent.Ended run() {
            TunnelEvent.Ended ended = ended();
            listener.event(ended);
            return ended;
        }

        private TunnelEvent.Ended ended() {
            String server = config.server().host();
            boolean right = new String(config.identity().credentials().password()).equals("secret");
            if (server.equals("wrong") || !right) {
                return TunnelEvent.Ended.neverUp(
                        Failure.of(FailureReason.CREDENTIALS_REJECTED, "It is wrong.", "Mend it."));
            }
            while (server.equals("later") && !Files.exists(SOCKETS.resolve("later"))) {
                if (stopped(Duration.ofMillis(5))) {
                    return TunnelEvent.Ended.neverUp(null);
                }
            }
            state = TunnelStatus.State.UP;
            listener.event(UP);
            boolean unused = stopped(Duration.ofMinutes(10));
            state = TunnelStatus.State.ENDING;
            while (server.equals("hanging") || (server.equals("slow") && !Files.exists(SOCKETS.resolve("ended")))) {
                sleep(5);
            }
            return TunnelEvent.Ended.afterUp(null, TunnelStatus.Traffic.ofOctets(2, 3), Duration.ofSeconds(1));
        }

        private boolean stopped(Duration within) {
            try {
                return stop.await(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void disconnect() {
            state = state == TunnelStatus.State.UP ? TunnelStatus.State.ENDING : state;
            stop.countDown();
            if (config.server().host().equals("slow")) {
                count();
            }
        }

        private static void count() {
            try {
                Files.write(SOCKETS.resolve("told"), new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void tellStatistics() {}

        @Override
        public CompletableFuture<TunnelStatus> status() {
            return CompletableFuture.completedFuture(new TunnelStatus(
                    state,
                    null,
                    Duration.ofSeconds(1),
                    config.server(),
                    state == TunnelStatus.State.UP
                            ? new TunnelStatus.Agreed(null, null, null, null, null, null, UP)
                            : TunnelStatus.Agreed.NOTHING,
                    List.of(),
                    TunnelStatus.Traffic.NONE,
                    0,
                    null,
                    null));
        }
    }
}
