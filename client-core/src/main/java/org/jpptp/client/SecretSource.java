package org.jpptp.client;

import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** Somebody who can be asked when the server does not take the password. */
@FunctionalInterface
public interface SecretSource {
    /**
     * Asks, and may block for as long as a person types: it has a thread of its own, which nobody waits for.
     *
     * @param wanted what the server wants, and what it said
     * @param tried what it did not take; not to be changed
     * @return other credentials, or those with a new password; null to give up. The tunnel wipes them
     */
    @Nullable
    Credentials ask(PppEvent.SecretWanted wanted, Credentials tried);

    /** The tunnel is over: a question that is still open is of no use, and its answer neither. On another thread. */
    default void withdraw() {}
}
