package org.jpptp.cli.view;

import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelListener;

/** The same view of a user who wants to see what a password could be found by. */
public final class ShowingSecrets extends ForwardingListener {
    public ShowingSecrets(TunnelListener view) {
        super(view);
    }

    @Override
    public boolean showsSecrets() {
        return true;
    }
}
