package org.jpptp.client.session;

import java.time.Duration;
import java.util.function.Consumer;

/** What the user is waiting for, and since when. The time that users take to answer a question is not counted. */
final class Steps {
    private final Consumer<String> trace;
    private String doing = "waiting for the server's answer to our start request";
    private long started;
    private long connecting;
    private long step;
    private boolean out;
    private long asked;

    /**
     * @param trace hears of each step that begins
     */
    Steps(Consumer<String> trace) {
        this.trace = trace;
    }

    /**
     * TCP is connected.
     *
     * @param waiting when the user began to wait
     * @param establishing how long the network took for it, which is part of the first step
     */
    void start(long waiting, Duration establishing, long now) {
        started = waiting;
        connecting = establishing.toNanos();
        step = now;
    }

    /** What begins the step has left, which may be later than it was decided on. */
    void wentOut(long now) {
        if (!out) {
            out = true;
            step = now;
        }
    }

    /** When everything would have been started had nobody been asked. */
    long started() {
        return started;
    }

    /** A clause for sentences. */
    String doing() {
        return doing;
    }

    /** A step ends, and the next begins. Returns what the first one took. */
    Duration next(String doing, long now) {
        Duration took = Duration.ofNanos(connecting + now - step);
        connecting = 0;
        step = now;
        out = false;
        begin(doing);
        return took;
    }

    /** The user is asked. */
    void pause(String doing, long now) {
        asked = now;
        begin(doing);
    }

    /** The user has answered, and the step goes on. */
    void resume(String doing, long now) {
        started += now - asked;
        step += now - asked;
        begin(doing);
    }

    private void begin(String next) {
        doing = next;
        trace.accept(next);
    }
}
