package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import java.util.Set;
import org.jpptp.client.ProxyState;
import org.jspecify.annotations.Nullable;

/**
 * The host's addresses and routes. Each change is written to a journal before it is made, so that it can be undone even
 * after a crash. Calls block: they belong on a thread of their own, not on an event loop.
 */
public interface HostNetwork extends AutoCloseable {
    /** What becomes of what is sent into a tunnel whose interface is gone, as long as the plan stays. */
    enum WithoutInterface {
        /** It goes the host's usual way. */
        OPEN,
        /** It goes nowhere. */
        CLOSED
    }

    /** Of what was made of a plan. */
    enum Part {
        INTERFACE,
        /** Whether it is set up. */
        LINK,
        ADDRESSES,
        ROUTES,
        /** What lets nothing past a tunnel that everything goes through: rules, and packet filters. */
        RULES
    }

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

    /**
     * Makes what somebody else has taken away of the last plan: addresses and routes where they are gone, everything where the
     * interface is another one of the same name. Before the first plan there is nothing to do.
     *
     * @return what was gone; empty for nothing
     * @throws HostChangeException when the host refuses a change, or there is no interface of the name
     */
    Set<Part> restore() throws HostChangeException;

    /** What asks the name servers of the plan that was applied; null where nothing does. */
    default @Nullable NameService nameService() {
        return null;
    }

    /** The proxy that leads to the interface; null where there is none, or no plan was applied yet. */
    default @Nullable ProxyState proxy() {
        return null;
    }

    /** Undoes every change, newest first. What is gone already is no error. Idempotent. */
    @Override
    void close();
}
