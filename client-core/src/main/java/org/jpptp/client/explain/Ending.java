package org.jpptp.client.explain;

import org.jpptp.client.explain.evidence.Step;
import org.jspecify.annotations.Nullable;

/**
 * What ended a tunnel first; what follows is how one goes.
 *
 * @param step where it is seen; null where the record only ends
 * @param said the words in it, escaped; empty for none
 */
record Ending(Kind kind, @Nullable Step step, String said) {
    /** Who ended it, and how. */
    enum Kind {
        /** The server's LCP Terminate-Request. */
        SERVER_LINK,
        /** A message of the server's on the control connection. */
        SERVER_CONTROL,
        /** TCP, by the server. */
        SERVER_TCP,
        /** What carries PPP went away, as a log has it that does not say why. */
        HANGUP,
        /** The client's LCP Terminate-Request, or one of its messages. */
        CLIENT,
        /** Nobody, as far as the record goes. */
        NONE
    }
}
