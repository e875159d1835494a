package org.jpptp.client.explain;

import org.jpptp.client.explain.evidence.Step;
import org.jspecify.annotations.Nullable;

/** The client's LCP Echo-Requests, and whether the server is still there. */
final class Echoes {
    private int unanswered;
    private @Nullable Step since;
    private boolean everAnswered;

    /** The client asks. */
    void asked(Step step) {
        since = unanswered == 0 ? step : since;
        unanswered++;
    }

    /** The server answers. */
    void answered() {
        unanswered = 0;
        everAnswered = true;
    }

    /** The server says something else, which it would not, were it gone. */
    void heard() {
        unanswered = 0;
    }

    int unanswered() {
        return unanswered;
    }

    /** The first that was not answered; null where all were. */
    @Nullable
    Step unansweredSince() {
        return unanswered == 0 ? null : since;
    }

    boolean everAnswered() {
        return everAnswered;
    }
}
