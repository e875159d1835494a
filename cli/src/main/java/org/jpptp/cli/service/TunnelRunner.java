package org.jpptp.cli.service;

import org.jpptp.client.ClientConfig;
import org.jpptp.client.SecretSource;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jspecify.annotations.Nullable;

/** Makes tunnels: the seam between the command and the client. */
@FunctionalInterface
public interface TunnelRunner {
    /**
     * Prepares a tunnel; nothing is contacted before {@link Tunnel#run}.
     *
     * @param secrets who is asked when the server does not take the password, null for nobody
     */
    Tunnel prepare(ClientConfig config, TunnelListener listener, @Nullable SecretSource secrets);

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
