package org.jpptp.lab.fuzz;

import java.util.List;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;

/** A whole client session: an octet for the password and for whose ways its server has, then what {@link SessionRun} takes. */
public final class SessionFuzz {
    private SessionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        boolean right = !input.choice();
        List<Personality> servers = Personalities.ALL;
        Personality server = servers.get(input.below(servers.size()));
        new SessionRun(new ClientEnd(server.client(), right ? ClientEnd.PASSWORD : "guess"), new ServerEnd(server))
                .run(input);
    }
}
