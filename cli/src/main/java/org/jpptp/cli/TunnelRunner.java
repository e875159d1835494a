package org.jpptp.cli;

import org.jpptp.client.ClientConfig;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/** Makes tunnels: the seam between the command and the client. */
@FunctionalInterface
public interface TunnelRunner {
    /** Prepares a tunnel; nothing is contacted before {@link Tunnel#run}. */
    Tunnel prepare(ClientConfig config, TunnelListener listener);

    /** One tunnel, used once. */
    interface Tunnel {
        /**
         * Blocks until the tunnel has ended and the host is as it was.
         *
         * @return the last event, which the listener has been told, too
         */
        TunnelEvent.Ended run();

        /** Ends the tunnel in an orderly way; from any thread, as often as one likes. */
        void disconnect();
    }
}
