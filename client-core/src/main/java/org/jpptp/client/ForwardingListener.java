package org.jpptp.client;

import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;

/**
 * Listens to a tunnel in the place of another listener, who is told and asked all the same. Whoever has more to do with one of
 * the methods than that overrides it.
 */
public abstract class ForwardingListener implements TunnelListener {
    private final TunnelListener listener;

    /** @param listener the other */
    protected ForwardingListener(TunnelListener listener) {
        this.listener = listener;
    }

    @Override
    public void event(TunnelEvent event) {
        listener.event(event);
    }

    @Override
    public boolean traces(Detail detail) {
        return listener.traces(detail);
    }

    @Override
    public boolean showsSecrets() {
        return listener.showsSecrets();
    }

    @Override
    public void trace(Detail detail, String line) {
        listener.trace(detail, line);
    }

    @Override
    public boolean keepsFacts() {
        return listener.keepsFacts();
    }

    @Override
    public void seen(Side from, Fact fact) {
        listener.seen(from, fact);
    }
}
