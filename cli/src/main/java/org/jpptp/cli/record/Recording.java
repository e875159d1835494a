package org.jpptp.cli.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.RecordOptions;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.Messages;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.anonymous.Pseudonyms;
import org.jpptp.client.capture.Capture;
import org.jspecify.annotations.Nullable;

/** What is kept of one run: nothing, a capture, a log, or both. */
public final class Recording implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Messages messages;
    private final @Nullable Path captureFile;
    private final @Nullable Capture capture;
    private final @Nullable LogWriter log;
    private final @Nullable Pseudonyms names;
    private final ServerSettings server;
    private String verdict = "";
    private boolean closed;

    private Recording(
            RecordOptions.Checked wanted,
            ServerSettings server,
            String user,
            Capture.Secrets secrets,
            Messages messages) {
        this.messages = messages;
        this.server = server;
        this.names = wanted.names() == RecordOptions.Names.REPLACED ? known(server.host(), user) : null;
        Path logFile = wanted.log();
        this.captureFile = wanted.capture();
        this.log = logFile == null
                ? null
                : new LogWriter(
                        PrivateFile.append("--log", logFile),
                        lost -> messages.warning("Nothing more is written to " + logFile + ": " + SystemReason.of(lost)
                                + ". The tunnel goes on."));
        this.capture = captureFile == null ? null : capture(captureFile, secrets);
    }

    /**
     * Opens the files.
     *
     * @param user who logs on, empty for nobody
     * @param secrets whether a password may be found by them
     * @throws UsageException where they are none that can be
     * @throws NotWrittenException where this machine does not take them
     */
    public static Recording open(
            RecordOptions.Checked wanted,
            ServerSettings server,
            String user,
            Capture.Secrets secrets,
            Messages messages) {
        return new Recording(wanted, server, user, secrets, messages);
    }

    /** Of the options of a tunnel. */
    public static Recording open(ConnectOptions.Checked checked, Capture.Secrets secrets, Messages messages) {
        return open(checked.records(), checked.server(), checked.user().name(), secrets, messages);
    }

    /** Who is known of before anything has passed. */
    public static Pseudonyms known(String host, String user) {
        Pseudonyms names = new Pseudonyms();
        names.learn(Pseudonyms.Kind.USER, user);
        names.learn(Pseudonyms.Kind.HOST, host);
        names.learn(Pseudonyms.Kind.USER, System.getProperty("user.name", ""));
        try {
            names.learn(Pseudonyms.Kind.HOST, InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // Nothing of ours is named by it either.
        }
        return names;
    }

    private Capture capture(Path file, Capture.Secrets secrets) {
        OutputStream out = new BufferedOutputStream(PrivateFile.create("--capture", file), BUFFER);
        Consumer<IOException> lost = why -> messages.warning(
                "Nothing more is written to " + file + ": " + SystemReason.of(why) + ". The tunnel goes on.");
        try {
            return new Capture(out, Version.line(), secrets, names, Recording::epochNanos, lost);
        } catch (IOException e) {
            remove(file); // so that the next try may have it
            throw PrivateFile.cannotBeWritten("--capture", file, e);
        }
    }

    private static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Who makes the tunnels, with what passes captured where that is wanted. */
    public TunnelRunner on(TunnelRunner runner) {
        return capture == null ? runner : runner.capturing(capture);
    }

    /** Who is to be told in the tunnel's place. */
    public TunnelListener listening(TunnelListener view) {
        LogWriter into = log;
        TunnelListener told = view;
        if (into != null) {
            Consumer<String> lines = names == null ? into : line -> into.accept(names.text(line));
            told = new Fan(view, traced(lines, server));
        }
        return capture == null ? told : capture.listening(told);
    }

    /** It is over. */
    public void ended(TunnelEvent.Ended how) {
        Failure failure = FailureText.of(how);
        verdict = failure == null ? "The tunnel was ended by its user." : FailureText.of(failure);
        close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (capture != null) {
            Capture.Result result = capture.close(names == null ? verdict : names.text(verdict));
            if (result.written() == 0 && result.whole()) {
                remove(captureFile); // so that the next try may have it
            }
            if (result.dropped() > 0) {
                messages.warning(result.dropped() + " packets are missing in " + captureFile
                        + ": they came faster than they could be written.");
            }
        }
        if (log != null) {
            log.close();
        }
    }

    private static void remove(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The next one says that it is there.
        }
    }

    /** Tells both. */
    static final class Fan extends ForwardingListener {
        private final TunnelListener other;

        Fan(TunnelListener view, TunnelListener other) {
            super(view);
            this.other = other;
        }

        @Override
        public void event(TunnelEvent event) {
            other.event(event);
            super.event(event);
        }

        @Override
        public boolean traces(Detail detail) {
            return super.traces(detail) || other.traces(detail);
        }

        @Override
        public void trace(Detail detail, String line) {
            if (other.traces(detail)) {
                other.trace(detail, line);
            }
            if (super.traces(detail)) {
                super.trace(detail, line);
            }
        }
    }

    /** The same view, and what is kept in memory for a report of a fault. */
    public static TunnelListener with(TunnelListener view, TraceRing ring, ServerSettings server) {
        return new Fan(view, traced(ring, server));
    }

    private static TraceText traced(Consumer<String> lines, ServerSettings server) {
        lines.accept(TraceText.head(
                Version.number(),
                server.host() + ":" + server.port(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        return new TraceText(lines, System::nanoTime);
    }
}
