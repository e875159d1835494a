package org.jpptp.cli.view;

import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

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
    public void trace(Detail detail, String line) {
        view.trace(detail, line);
    }

    @Override
    public boolean showsSecrets() {
        return true;
    }
}
