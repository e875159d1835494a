package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;

/** A whole session of the embedded server: an octet for whose ways it has, then what {@link SessionRun} takes. */
public final class ServerSessionFuzz {
    private ServerSessionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        List<Personality> servers = Personalities.ALL;
        Personality server = servers.get(input.below(servers.size()));
        new SessionRun(new ServerEnd(server), new ClientEnd(server.client(), ClientEnd.PASSWORD)).run(input);
    }
}
