package org.jpptp.client.net;

/**
 * The host's addresses and routes. Each change is written to a journal before it is made, so that it can be undone even
 * after a crash. Calls block: they belong on a thread of their own, not on an event loop.
 */
public interface HostNetwork extends AutoCloseable {
    /**
     * Makes the host look like the plan, the first time or once more: then the interface, the server and the routes are the
     * same, and what else differs is changed.
     *
     * @throws HostChangeException when the host refuses a change; what was changed before is undone by {@link #close}
     */
    void apply(NetworkPlan plan) throws HostChangeException;

    /** Undoes every change, newest first. What is gone already is no error. Idempotent. */
    @Override
    void close();
}
