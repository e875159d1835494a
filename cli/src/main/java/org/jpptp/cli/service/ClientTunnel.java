package org.jpptp.cli.service;

import org.jpptp.client.TunnelEvent;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.linux.LinuxHost;
import org.jpptp.client.tunnel.PptpClient;

/** Tunnels of client-core, on this machine. */
public final class ClientTunnel {
    /** This machine. */
    public static final Host HOST = new LinuxHost();

    /** Loads the client, and the libraries under it, with the first tunnel. */
    public static final TunnelRunner RUNNER = (config, listener, secrets) -> {
        PptpClient client = new PptpClient(HOST, config, listener, secrets);
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
