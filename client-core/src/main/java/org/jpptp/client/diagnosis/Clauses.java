package org.jpptp.client.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jpptp.ppp.Negotiation;

/** What several kinds of evidence say in the same way. */
final class Clauses {
    static final String TERMINATED = "the peer sent a Terminate-Request";

    private Clauses() {}

    static List<String> seen(String what, Negotiation seen) {
        String sent = what + seen.requestsSent() + " Configure-Requests were sent";
        return seen.lastReceived().isEmpty()
                ? List.of(sent + ", none was answered")
                : List.of(sent, "the last packet seen was " + seen.lastReceived());
    }

    static List<String> and(List<String> clauses, String more) {
        List<String> all = new ArrayList<>(clauses);
        all.add(more);
        return all;
    }

    /** Behind what the peer did: what it said, if anything. */
    static String saying(String said) {
        return said.isEmpty() ? "" : ": \"" + said + "\"";
    }
}
