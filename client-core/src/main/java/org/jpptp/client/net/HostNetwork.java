package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's addresses and routes. Each change is written to a journal before it is made, so that it can be undone even
 * after a crash. Calls block: they belong on a thread of their own, not on an event loop.
 */
public interface HostNetwork extends AutoCloseable {
    /**
     * Makes the host look like the plan, the first time or once more: then the interface is the same, and whatever else
     * differs is changed, what is new before what is gone. Between the two, the plan before stays.
     *
     * @throws HostChangeException when the host refuses a change; what was changed before is undone by {@link #close}
     */
    void apply(NetworkPlan plan) throws HostChangeException;

    /**
     * Sees to it, as long as a plan stays for a tunnel that is to come up again, that a connection to these addresses of a
     * server goes the way that the host has for it now, and not into the tunnel. Before the first plan there is nothing to do.
     *
     * @throws HostChangeException when the host has no way to one of them
     */
    void reach(List<Inet4Address> servers) throws HostChangeException;

    /** What asks the name servers of the plan that was applied; null where nothing does. */
    default @Nullable NameService nameService() {
        return null;
    }

    /** Undoes every change, newest first. What is gone already is no error. Idempotent. */
    @Override
    void close();
}
