package org.jpptp.lab.tunnels;

import java.io.IOException;
import org.jpptp.lab.server.EmbeddedServer;

/** The server's process: serves until its standard input ends. */
final class TunnelsServer {
    private TunnelsServer() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedServer server =
                EmbeddedServer.start(TunnelSite.config(), TunnelSite.INNER, TunnelSite.listen(), line -> {});
        try (server) {
            System.out.println("listening on " + server.port());
            while (System.in.read() >= 0) {
                // nobody has anything to say to it
            }
        }
    }
}
