package org.jpptp.cli.report;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.MachineDiagnosis;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.report.Recorder;
import org.jpptp.client.report.Report;
import org.jspecify.annotations.Nullable;

/** The report of a tunnel of ours: it looks at it once a second, and is written once, whatever the end was. */
public final class LiveReport implements AutoCloseable {
    private static final long PERIOD_SECONDS = 1;
    /** A tunnel that has ended answers at once. */
    private static final long LAST_ANSWER_MILLIS = 500;

    private final @Nullable ReportFile file;
    private final TunnelListener listener;
    private final Recorder recorder;
    private final Messages messages;
    private final Said said;
    private final Wording wording;
    private @Nullable ScheduledExecutorService clock;
    private Supplier<CompletableFuture<TunnelStatus>> status =
            () -> CompletableFuture.failedFuture(new IllegalStateException("no tunnel yet"));
    private boolean written;

    /** Whether it is said where the report is. */
    public enum Said {
        ALWAYS,
        /** Only why there is none. */
        FAILURES_ONLY
    }

    /**
     * @param file null where nobody wants a report: it does nothing then
     * @param listener who is told of the tunnel
     * @param server as its user names it
     */
    public LiveReport(
            @Nullable ReportFile file,
            TunnelListener listener,
            String server,
            Messages messages,
            Said said,
            Wording wording) {
        this.file = file;
        this.listener = listener;
        this.recorder = new Recorder(listener, server, System::nanoTime);
        this.messages = messages;
        this.said = said;
        this.wording = wording;
    }

    /** Who is to be told in the listener's place. */
    public TunnelListener listener() {
        return file == null ? listener : recorder;
    }

    /** From now on the tunnel is looked at. */
    public synchronized void watch(Supplier<CompletableFuture<TunnelStatus>> tunnel) {
        if (file == null) {
            return;
        }
        status = tunnel;
        ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "jpptp-report");
            thread.setDaemon(true);
            return thread;
        });
        clock = ticking;
        var unused = ticking.scheduleAtFixedRate(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        CompletableFuture<Void> unused = status.get().thenAccept(recorder::sample);
    }

    /**
     * It is over; whoever says so first is believed.
     *
     * @param failure as the user was told; null where nothing failed
     * @param machine looks at this machine; empty where there is no time for that
     */
    public void write(@Nullable Failure failure, Supplier<Optional<MachineFacts>> machine) {
        ReportFile target = file;
        synchronized (this) {
            if (written || target == null) {
                return;
            }
            written = true;
        }
        close();
        TunnelStatus last = last();
        List<Finding> findings = machine.get().map(MachineDiagnosis::of).orElse(List.of());
        Report report = new Report(
                Instant.now(),
                List.of(),
                List.of(recorder.report(failure, last)),
                0,
                List.of(),
                new Report.Machine(Version.number(), system(), Runtime.version().toString(), findings));
        try {
            target.write(report, wording);
            if (said == Said.ALWAYS) {
                messages.note("the report is in " + target.name() + ".");
            }
        } catch (IOException e) {
            messages.warning(target.unwritten(e).sentence());
        }
    }

    /** The process ends at once: before a tunnel ran, or because one does not come to an end. */
    public void writeAbandoned() {
        write(
                recorder.isUp() ? TunnelText.abandoned() : FailureText.of(TunnelEvent.Ended.neverUp(null)),
                Optional::empty);
    }

    private @Nullable TunnelStatus last() {
        try {
            return status.get().get(LAST_ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null; // the last look is all there is
        }
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
    }

    /** It is not looked at any more. */
    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}
