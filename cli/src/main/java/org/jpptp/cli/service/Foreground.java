package org.jpptp.cli.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process in an orderly way on SIGINT, SIGTERM and SIGQUIT, in bounded time, tells statistics on SIGUSR1 and SIGUSR2,
 * and makes another connection on SIGHUP, as daemons read their configuration again; unless that says what it first said:
 * that the terminal is closed.
 *
 * <p>The first of those that end starts the JVM's shutdown, and with it the hook here, which disconnects the tunnel, waits until
 * the command has returned, and ends the process with the command's exit code. Further signals change nothing, also not those that
 * a terminal gives to the programs which undo what was changed on this machine. SIGHUP stays ignored where it was when the
 * process started (nohup).
 */
public final class Foreground {
    /** What does not end its connection within five seconds of a signal hangs. */
    private static final Duration PATIENCE = Duration.ofMillis(4500);
    /**
     * How long what is undone on this machine is waited for beyond that: nobody else undoes it before the next start. Programs of
     * the user's have 14 s of these, and a command of the machine's that does not answer five.
     */
    private static final Duration TAKING_BACK = Duration.ofSeconds(25);

    private final Streams streams;
    private volatile @Nullable ControllingTerminal terminal = new ControllingTerminal();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private TunnelRunner.@Nullable Tunnel tunnel;
    private Runnable release = () -> {};
    private Runnable lastly = () -> {};
    private boolean stopped;

    public Foreground(Streams streams) {
        this.streams = streams;
    }

    /** From now on signals end the process through this object, or ask for statistics. */
    public void watchSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "jpptp-shutdown"));
        // By themselves, the one would end the JVM without a word, and the other would crash it.
        Signals.on(List.of("USR1", "USR2"), this::tellStatistics);
        Signals.on(List.of("HUP"), this::hangUp);
        // What becomes of SIGQUIT.
        Signals.once("ALRM", Foreground::end);
    }

    /** The exit code is decided by the hook. */
    private static void end() {
        System.exit(FailureReason.INTERRUPTED.exitCode());
    }

    private void hangUp() {
        TunnelRunner.Tunnel running = running();
        if (isStopped()) {
            return;
        }
        ControllingTerminal ours = terminal;
        if (running == null || (ours != null && ours.isGone())) {
            end();
        } else {
            running.reconnect();
        }
    }

    /** Its end is none of ours any more: from now on SIGHUP is what somebody has sent. */
    public void leavesTerminal() {
        terminal = null;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void tellStatistics() {
        TunnelRunner.Tunnel running = running();
        if (running != null) {
            running.tellStatistics();
        }
    }

    private synchronized TunnelRunner.@Nullable Tunnel running() {
        return tunnel;
    }

    /** Runs a tunnel until it has ended. */
    public TunnelEvent.Ended run(TunnelRunner.Tunnel started) {
        boolean late;
        synchronized (this) {
            tunnel = started;
            late = stopped;
        }
        if (late) {
            started.disconnect();
        }
        return started.run();
    }

    /** Tells the exit code, just before System.exit or in its place during a shutdown. */
    public void finished(int code) {
        exitCode.complete(code);
    }

    private void onShutdown() {
        if (exitCode.isDone()) {
            return;
        }
        TunnelRunner.Tunnel running;
        synchronized (this) {
            stopped = true;
            running = tunnel;
        }
        if (running == null) {
            release();
            halt(FailureReason.INTERRUPTED.exitCode());
        } else {
            // What is ignored stays so in the programs that are run from now on. SIGTERM is theirs: timeout(1) needs
            // it.
            Signals.ignore(List.of("INT", "HUP"));
            // On a thread of its own, so that one that hangs is not waited for.
            Thread disconnect = new Thread(running::disconnect, "jpptp-disconnect");
            disconnect.setDaemon(true);
            disconnect.start();
            halt(await(running));
        }
    }

    private int await(TunnelRunner.Tunnel running) {
        try {
            boolean over = isOverWithin(PATIENCE) || (running.isTakingBack() && isOverWithin(TAKING_BACK));
            if (over) {
                release();
                return exitCode.get();
            }
            // Its name stays, as that of a killed one does: whoever asks sees that it has died, and 'down' clears it
            // away.
            streams.err().println("jpptp: " + FailureText.of(TunnelText.abandoned()));
        } catch (InterruptedException | ExecutionException e) {
            // Nobody interrupts this thread, and the future is never failed: the same as a defect.
        }
        return FailureReason.INTERNAL.exitCode();
    }

    private boolean isOverWithin(Duration time) throws InterruptedException, ExecutionException {
        try {
            Integer unused = exitCode.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /**
     * What is to be done if the process ends before a tunnel runs, which would do it itself; once only.
     *
     * @param name gives up the tunnel's name; not where a tunnel is abandoned
     * @param last is done in any case
     */
    public synchronized void beforeHalt(Runnable name, Runnable last) {
        release = name;
        lastly = last;
    }

    private void release() {
        Runnable name;
        synchronized (this) {
            name = release;
        }
        name.run();
    }

    private void halt(int code) {
        Runnable last;
        synchronized (this) {
            last = lastly;
        }
        last.run();
        Libraries.leave();
        streams.out().flush();
        streams.err().flush();
        // Not exit, which waits for this hook; the JVM's own code for signals (128 + n) would say nothing.
        Runtime.getRuntime().halt(code);
    }
}
