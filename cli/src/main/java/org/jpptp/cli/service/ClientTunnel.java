package org.jpptp.cli.service;

import org.jpptp.client.TunnelEvent;
import org.jpptp.client.tunnel.PptpClient;

/** Tunnels of client-core. */
public final class ClientTunnel {
    /** Loads the client, and the libraries under it, with the first tunnel. */
    public static final TunnelRunner RUNNER = (config, listener, secrets) -> {
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
