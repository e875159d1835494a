package org.jpptp.cli.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.driver.ProbeDriver;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jspecify.annotations.Nullable;

/** A look at a server in the place of a tunnel: it has come up where one would. */
final class ProbeRun implements TunnelRunner.Tunnel {
    private final Host host;
    private final ClientConfig client;
    private final Probe.LogOn logOn;
    private final Consumer<ProbeReport> told;
    private @Nullable ProbeDriver driver;
    private boolean stopped;

    ProbeRun(Host host, ClientConfig client, Probe.LogOn logOn, Consumer<ProbeReport> told) {
        this.host = host;
        this.client = client;
        this.logOn = logOn;
        this.told = told;
    }

    @Override
    public TunnelEvent.Ended run() {
        TunnelLoop loop;
        try {
            loop = host.loop();
        } catch (HostChangeException e) {
            return TunnelEvent.Ended.neverUp(e.failure());
        }
        try {
            ProbeReport report = begin(new ProbeDriver(host, loop, client, logOn));
            told.accept(report);
            return report.failure() == null
                    ? TunnelEvent.Ended.afterUp(null, TunnelStatus.Traffic.NONE, Duration.ZERO)
                    : TunnelEvent.Ended.neverUp(report.failure());
        } finally {
            host.release(loop);
        }
    }

    private ProbeReport begin(ProbeDriver begun) {
        boolean late;
        synchronized (this) {
            driver = begun;
            late = stopped;
        }
        CompletableFuture<ProbeReport> over = begun.start();
        if (late) {
            begun.stop();
        }
        return over.join();
    }

    @Override
    public synchronized void disconnect() {
        stopped = true;
        if (driver != null) {
            driver.stop();
        }
    }

    @Override
    public void tellStatistics() {
        // It is over in seconds, and tells what it found.
    }
}
