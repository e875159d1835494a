package org.jpptp.cli.background;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.socket.SocketClient;
import org.jpptp.cli.socket.TunnelName;

/** Waits until a tunnel in the background is up, or its process has ended. */
public final class Waiting {
    /** Less than it takes a tunnel to be up once it can be asked, so that nobody waits for it; each look costs a part of a millisecond. */
    private static final long LOOK_MILLIS = 50;

    /** How long a process that has said all may take to be gone. */
    private static final Duration LAST = Duration.ofSeconds(10);

    private final Running running;
    private final TunnelName name;
    private final Process process;

    public Waiting(Running running, TunnelName name, Process process) {
        this.running = running;
        this.name = name;
        this.process = process;
    }

    /** What has become of it. */
    public enum Outcome {
        UP,
        /** Its process has ended; the exit code says why. */
        ENDED,
        /** Neither in time. */
        LATE
    }

    /** Until then the process is one of ours, and its end is our user's business. */
    public Outcome await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative()) {
                return Outcome.LATE;
            }
            if (isUp(left)) {
                return Outcome.UP;
            }
        }
        return Outcome.ENDED;
    }

    private boolean isUp(Duration left) throws InterruptedException {
        try {
            Optional<SocketClient> connected = running.connect(name);
            return connected.isPresent() && isUp(connected.get(), left);
        } catch (IOException | Running.NoAnswer e) {
            return false; // its process may have ended meanwhile; looked at once more
        }
    }

    private boolean isUp(SocketClient connected, Duration left)
            throws InterruptedException, IOException, Running.NoAnswer {
        try (connected) {
            if (connected.greeting().number("pid") != process.pid()) {
                return false; // another was quicker, as ours finds out
            }
            Optional<JsonObject> answer = running.ask(name, connected, "up", left);
            if (answer.isPresent() && answer.get().has("state")) {
                return true;
            }
            process.waitFor(LAST.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        }
    }

    /** In order, if it can be. */
    public void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
    }
}
