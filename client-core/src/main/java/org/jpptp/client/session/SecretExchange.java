package org.jpptp.client.session;

import static org.jpptp.client.session.Deadlines.Timer.ANSWER;
import static org.jpptp.client.session.Deadlines.Timer.UP;

import org.jpptp.client.ClientConfig;
import org.jpptp.client.Timing;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the user while the tunnel comes up. The time-out for that stands still while a person types, for two
 * minutes at most.
 */
final class SecretExchange {
    private final Timing timing;
    private final SessionEdge edge;
    private final Deadlines deadlines;
    private final Steps steps;
    private Credentials credentials;
    private PppEvent.@Nullable Secret asked;
    private boolean changesPassword;

    SecretExchange(ClientConfig client, SessionEdge edge, Deadlines deadlines, Steps steps) {
        this.timing = client.timing();
        this.edge = edge;
        this.deadlines = deadlines;
        this.steps = steps;
        this.credentials = client.identity().credentials();
    }

    /** The server wants another secret; a question that is open already is not asked again. */
    void ask(PppEvent.SecretWanted wanted, long now) {
        if (asked == null) {
            deadlines.clear(UP);
            deadlines.set(ANSWER, now + timing.answering().toNanos());
            steps.pause("waiting for another password", now);
            edge.askSecret(wanted, credentials);
        }
        asked = wanted.secret();
    }

    /** Whether a question is open. */
    boolean isOpen() {
        return asked != null;
    }

    /** The user has answered, with null to give up. */
    void answer(@Nullable Credentials answer, long now) {
        changesPassword = answer != null && asked == PppEvent.Secret.NEW_PASSWORD;
        if (answer != null) {
            credentials = answer;
        }
        end(now);
    }

    /** There is nothing to be answered any more. */
    void end(long now) {
        if (asked != null) {
            asked = null;
            deadlines.clear(ANSWER);
            steps.resume("authenticating again", now);
            deadlines.set(UP, steps.started() + timing.comingUp().toNanos());
        }
    }

    /** Whether the last answer was a new password that the server had asked for. */
    boolean changesPassword() {
        return changesPassword;
    }
}
