package org.jpptp.cli.view;

import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;

/** The same view of a user who wants to see what a password could be found by. */
public record ShowingSecrets(TunnelListener view) implements TunnelListener {
    @Override
    public void event(TunnelEvent event) {
        view.event(event);
    }

    @Override
    public boolean traces(Detail detail) {
        return view.traces(detail);
    }

    @Override
    public boolean keepsFacts() {
        return view.keepsFacts();
    }

    @Override
    public void seen(Side from, Fact fact) {
        view.seen(from, fact);
    }

    @Override
    public void trace(Detail detail, String line) {
        view.trace(detail, line);
    }

    @Override
    public boolean showsSecrets() {
        return true;
    }
}
