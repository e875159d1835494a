package org.jpptp.ppp.fsm;

import java.util.List;
import java.util.function.Consumer;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.wire.ConfigOption;

/** How a policy judges a peer's Configure-Request. */
public sealed interface Verdict {
    /** All of it is accepted. */
    record Ack() implements Verdict {
        @Override
        public void match(Consumer<Ack> ack, Consumer<Nak> nak, Consumer<Reject> reject, Consumer<Fail> fail) {
            ack.accept(this);
        }
    }

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

        @Override
        public void match(Consumer<Ack> ack, Consumer<Nak> nak, Consumer<Reject> reject, Consumer<Fail> fail) {
            nak.accept(this);
        }
    }

    /** Options are unknown or not negotiable: as the peer sent them. */
    record Reject(List<ConfigOption> options) implements Verdict {
        public Reject {
            options = List.copyOf(options);
        }

        @Override
        public void match(Consumer<Ack> ack, Consumer<Nak> nak, Consumer<Reject> reject, Consumer<Fail> fail) {
            reject.accept(this);
        }
    }

    /** There is no use in going on. */
    record Fail(PppFailure failure) implements Verdict {
        @Override
        public void match(Consumer<Ack> ack, Consumer<Nak> nak, Consumer<Reject> reject, Consumer<Fail> fail) {
            fail.accept(this);
        }
    }

    /** Does what is said for this answer, one of the four. */
    void match(Consumer<Ack> ack, Consumer<Nak> nak, Consumer<Reject> reject, Consumer<Fail> fail);
}
