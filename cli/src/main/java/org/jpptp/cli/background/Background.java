package org.jpptp.cli.background;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Style;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;

/**
 * Where a tunnel of {@code jpptp up} goes: what it says goes to a log, and until it is up also to where {@code up} was called. Then
 * this process lets go of that, and of whoever waits for it.
 */
public final class Background implements AutoCloseable {
    private final TunnelName name;
    private final TunnelRunner runner;
    private final Foreground foreground;
    private final long waiter;
    private final Optional<Path> directory;
    private @Nullable Messages log;
    private boolean attached = true;
    private @Nullable SharedTunnel shared;
    private @Nullable NotShared refused;

    /** @param waiter the process that waits until it is up */
    public Background(TunnelName name, TunnelRunner runner, Foreground foreground, long waiter) {
        this.name = name;
        this.runner = runner;
        this.foreground = foreground;
        this.waiter = waiter;
        this.directory = runner.sockets();
    }

    /**
     * Takes the name, before anything is said or written: whoever comes second leaves nothing.
     *
     * @param profile the file that the tunnel comes from; empty for none
     * @return whether no other tunnel has it
     */
    public boolean enters(Entrance entrance, Optional<String> profile) {
        if (entrance.taken(name).isPresent()) {
            return false;
        }
        try {
            shared = entrance.named(name, profile);
        } catch (NotShared.Taken e) {
            return false; // since just now
        } catch (NotShared e) {
            refused = e;
        }
        return true;
    }

    /** What has the name. */
    public SharedTunnel shared() throws NotShared {
        if (refused != null) {
            throw refused;
        }
        return Objects.requireNonNull(shared, "it has entered");
    }

    /**
     * Who is to be told: whoever looks on, and the log.
     *
     * @param view of the outputs of this process, as long as somebody waits there
     */
    public TunnelListener listening(TunnelListener view, Verbosity verbosity) throws NotShared {
        if (directory.isEmpty()) {
            return view;
        }
        LogFile file;
        try {
            file = LogFile.open(directory.get().resolve(name + ".log"));
        } catch (IOException e) {
            throw new NotShared(TunnelText.noSocket(directory.get(), SystemReason.of(e)));
        }
        PrintStream out = new PrintStream(file, true, StandardCharsets.UTF_8);
        Style style = new Style(Style.Signs.UNICODE, Style.Color.OFF);
        log = new Messages(out, style);
        ConsoleView logged = new ConsoleView(out, style, out, style, verbosity, System::nanoTime);
        logged.endedBy(ending());
        return new Both(view, logged, file.file());
    }

    /** From now on the name is free. */
    public void release() {
        if (shared != null) {
            shared.release();
        }
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }

    /** How the tunnel is ended, a sentence. */
    public String ending() {
        return TunnelText.endedBy(name.text());
    }

    /** Where its failure is told. */
    public synchronized List<Messages> audience(Messages terminal) {
        if (log == null) {
            return List.of(terminal);
        }
        return attached ? List.of(terminal, log) : List.of(log);
    }

    private synchronized boolean isAttached() {
        return attached;
    }

    private void letGo(Path file) {
        synchronized (this) {
            if (!attached) {
                return;
            }
            attached = false;
        }
        foreground.leavesTerminal();
        runner.detach(file, waiter);
    }

    private final class Both extends ForwardingListener {
        private final TunnelListener logged;
        private final Milestones milestones;

        Both(TunnelListener view, TunnelListener logged, Path file) {
            super(view);
            this.logged = logged;
            this.milestones = new Milestones(() -> letGo(file), () -> {});
        }

        @Override
        public void event(TunnelEvent event) {
            logged.event(event);
            if (isAttached()) {
                super.event(event);
            }
            event.match(milestones);
        }

        @Override
        public void trace(Detail detail, String line) {
            logged.trace(detail, line);
            if (isAttached()) {
                super.trace(detail, line);
            }
        }
    }
}
