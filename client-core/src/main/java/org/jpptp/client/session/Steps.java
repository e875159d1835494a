package org.jpptp.client.session;

import java.time.Duration;
import java.util.function.Consumer;

/** What the user is waiting for, and since when. The time that users take to answer a question is not counted. */
final class Steps {
    private final Consumer<String> trace;
    private String doing = "waiting for the server's answer to our start request";
    private long started;
    private long step;
    private long asked;

    /**
     * @param trace hears of each step that begins
     */
    Steps(Consumer<String> trace) {
        this.trace = trace;
    }

    void start(long nowNanos) {
        started = nowNanos;
        step = nowNanos;
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
    Duration next(String doing, long nowNanos) {
        Duration took = Duration.ofNanos(nowNanos - step);
        step = nowNanos;
        begin(doing);
        return took;
    }

    /** The user is asked. */
    void pause(String doing, long nowNanos) {
        asked = nowNanos;
        begin(doing);
    }

    /** The user has answered, and the step goes on. */
    void resume(String doing, long nowNanos) {
        started += nowNanos - asked;
        step += nowNanos - asked;
        begin(doing);
    }

    private void begin(String next) {
        doing = next;
        trace.accept(next);
    }
}
