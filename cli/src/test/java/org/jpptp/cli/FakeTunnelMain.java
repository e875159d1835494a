package org.jpptp.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jpptp.cli.service.Libraries;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;

/** {@code jpptp connect} with a tunnel that only behaves as its first argument says. */
final class FakeTunnelMain {
    private FakeTunnelMain() {}

    public static void main(String[] arguments) {
        List<String> line = new ArrayList<>(List.of("connect", "vpn.example.com", "-u", "alice"));
        line.addAll(List.of(arguments).subList(1, arguments.length));
        Main.run(
                Libraries.preparedFor((config, listener, secrets) -> new FakeTunnel(arguments[0], listener)),
                line.toArray(String[]::new));
    }

    private record FakeTunnel(String behaviour, TunnelListener listener, CountDownLatch stop, AtomicBoolean takingBack)
            implements TunnelRunner.Tunnel {
        FakeTunnel(String behaviour, TunnelListener listener) {
            this(behaviour, listener, new CountDownLatch(1), new AtomicBoolean());
        }

        @Override
        public boolean isTakingBack() {
            return takingBack.get();
        }

        @Override
        public TunnelEvent.Ended run() {
            boolean up = !behaviour.equals("connecting");
            if (up) {
                listener.event(new TunnelEvent.TunnelUp("pptp0", null, 1400, List.of(), Duration.ofMillis(200)));
            } else {
                System.out.println("connecting");
            }
            if (behaviour.equals("heap")) {
                dumpHeap();
            }
            sleep(behaviour.equals("hanging") ? new CountDownLatch(1) : stop);
            if (behaviour.equals("program")) {
                takingBack.set(true);
                sleep(Duration.ofSeconds(6));
            }
            TunnelEvent.Ended ended =
                    new TunnelEvent.Ended(null, up, TunnelStatus.Traffic.ofOctets(2, 3), Duration.ofSeconds(1));
            listener.event(ended);
            return ended;
        }

        @Override
        public void tellStatistics() {
            listener.event(new TunnelEvent.Statistics(null, Duration.ofSeconds(61), 2, 3));
        }

        @Override
        public void reconnect() {
            listener.event(new TunnelEvent.Reconnecting(null, 1, Duration.ZERO));
            listener.event(new TunnelEvent.TunnelUp("pptp0", null, 1400, List.of(), Duration.ofMillis(300), 1));
        }

        @Override
        public void disconnect() {
            if (behaviour.equals("slow")) {
                System.out.println("disconnecting");
                sleep(Duration.ofSeconds(1));
            }
            if (behaviour.equals("deaf")) {
                sleep(new CountDownLatch(1));
            }
            stop.countDown();
        }

        /** To the file that the system property names. */
        private static void dumpHeap() {
            boolean onlyWhatIsReachable = false;
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(System.getProperty("heap"), onlyWhatIsReachable);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            System.out.println("dumped");
        }

        private static void sleep(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void sleep(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
