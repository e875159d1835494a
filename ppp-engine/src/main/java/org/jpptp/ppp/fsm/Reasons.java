package org.jpptp.ppp.fsm;

import java.util.List;
import java.util.stream.Collectors;
import org.jpptp.ppp.text.OptionText;
import org.jpptp.ppp.wire.ConfigOption;

/** Why options were refused, and what comes of it, in words for traces. */
final class Reasons {
    private final int protocol;
    private final OptionPolicy policy;

    Reasons(int protocol, OptionPolicy policy) {
        this.protocol = protocol;
        this.policy = policy;
    }

    private String text(List<ConfigOption> options) {
        return options.isEmpty() ? "nothing" : OptionText.describe(protocol, options);
    }

    private String each(List<ConfigOption> options) {
        return options.stream()
                .map(option -> text(List.of(option)) + ": " + policy.why(option))
                .collect(Collectors.joining("; "));
    }

    /** Ours. */
    String nak(Verdict.Nak nak) {
        String why = nak.offending().isEmpty() ? "the peer has left out what is needed" : each(nak.offending());
        return "Nak, suggesting " + text(nak.suggested()) + ", since " + why;
    }

    /** Ours. */
    String reject(List<ConfigOption> options) {
        return "Reject, since " + each(options);
    }

    /** The peer's. */
    String rejected(List<ConfigOption> refused, List<ConfigOption> now) {
        return "the peer knows or wants no " + text(refused) + ": now asking for " + text(now);
    }

    /** The peer's. */
    String nakked(List<ConfigOption> suggested, List<ConfigOption> before, List<ConfigOption> now) {
        return "the peer wants " + text(suggested)
                + (now.equals(before)
                        ? ", which is not followed: asking for the same again"
                        : ": now asking for " + text(now));
    }
}
