package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/** One side of an authentication protocol. It goes on answering repeated Challenges after it has succeeded. */
public interface Authentication {
    /** LCP is open: a server sends its Challenge now, a client begins to wait. */
    void start(long now);

    /**
     * A packet of this protocol.
     *
     * @param packet from the code field on; borrowed
     */
    void receive(ByteBuf packet, long now);

    /**
     * The peer sends network-layer protocols: it takes the authentication for complete, and what should have said so is
     * lost (RFC 2284 §2.2.2). Most protocols have their verdicts repeated, and need no such hint.
     */
    default void peerMovedOn(long now) {}

    /**
     * The answer to {@link AuthOutput#wanted}.
     *
     * @param answer other credentials, or the same with a new password; null where there are none, which ends the link
     *     with the failure that the server sent
     */
    void provide(@Nullable Credentials answer, long now);

    /**
     * What the link fails for if it ends now, whoever ends it and whatever for: a refusal that the user is being asked
     * about, an EAP method that was not found. Null where its end has a cause of its own.
     */
    default @Nullable PppFailure pending() {
        return null;
    }

    /**
     * What a verdict ends the link for if the peer has sent it; null where it ends nothing.
     *
     * @param packet as for {@link #receive}, which this is not: nothing changes by it
     */
    default @Nullable PppFailure refusal(ByteBuf packet) {
        return null;
    }

    /** Called at or after {@link #deadlineNanos}. */
    void onDeadline(long now);

    /** When this machine next wants to be woken, {@link Long#MAX_VALUE} for never. */
    long deadlineNanos();
}
