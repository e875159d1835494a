package org.jpptp.cli;

import org.jpptp.client.PptpClient;
import org.jpptp.client.TunnelEvent;

/** Tunnels of client-core. */
final class ClientTunnel {
    /** Loads the client, and the libraries under it, with the first tunnel. */
    static final TunnelRunner RUNNER = (config, listener, secrets) -> {
        PptpClient client = new PptpClient(config, listener, secrets);
        return new TunnelRunner.Tunnel() {
            @Override
            public TunnelEvent.Ended run() {
                return client.run();
            }

            @Override
            public void disconnect() {
                client.disconnect();
            }
        };
    };

    private ClientTunnel() {}
}
