package org.jpptp.ppp.fsm;

import java.util.List;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.wire.ConfigOption;

/** How a policy judges a peer's Configure-Request. */
public sealed interface Verdict {
    /** All of it is accepted. */
    record Ack() implements Verdict {}

    /**
     * Values are to be others.
     *
     * @param suggested the options with the values that we would accept, or that we miss
     * @param offending the options as the peer sent them, for a Reject once Naks have not helped; empty where the peer
     *     only left something out
     */
    record Nak(List<ConfigOption> suggested, List<ConfigOption> offending) implements Verdict {
        public Nak {
            suggested = List.copyOf(suggested);
            offending = List.copyOf(offending);
        }
    }

    /** Options are unknown or not negotiable: as the peer sent them. */
    record Reject(List<ConfigOption> options) implements Verdict {
        public Reject {
            options = List.copyOf(options);
        }
    }

    /** There is no use in going on. */
    record Fail(PppFailure failure) implements Verdict {}
}
