package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.driver.ProbeDriver;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.ppp.Credentials;

/** A probe from a {@link MemoryHost}. */
final class MemoryProbe {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MemoryHost host;
    private final ProbeDriver driver;

    /** @param password Alice's; empty for a probe that names nobody */
    MemoryProbe(MemoryHost host, String password) {
        this.host = host;
        String name = password.isEmpty() ? "" : "alice";
        driver = new ProbeDriver(
                host,
                host.loop(),
                ClientConfig.to("vpn.example.com", new Credentials(name, password.toCharArray())),
                password.isEmpty() ? Probe.LogOn.NEVER : Probe.LogOn.ONCE);
    }

    /** Runs to its end, and sees to it that nothing is left open. */
    ProbeReport run() {
        List<String> before = host.state();
        CompletableFuture<ProbeReport> over = driver.start();
        host.runUntil(over::isDone, LONG);
        assertThat(over).isDone();
        host.runUntil(() -> false, Duration.ofSeconds(3));
        assertThat(host.state()).isEqualTo(before);
        return over.join();
    }

    void stop() {
        driver.stop();
    }
}
