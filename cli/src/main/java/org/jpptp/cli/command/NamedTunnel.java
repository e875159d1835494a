package org.jpptp.cli.command;

import java.util.Map;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.socket.SocketPlace.Found;
import org.jpptp.cli.socket.TunnelName;

/** The tunnel that a NAME argument means, which may say its interface: that is what a tunnel tells when it comes up. */
final class NamedTunnel {
    private NamedTunnel() {}

    /**
     * The tunnel of this name, and only where nothing is called so, be it no more than a profile, the one whose interface it is.
     *
     * @return what was given where there is neither
     * @throws org.jpptp.cli.usage.UsageException where it is the interface of several
     */
    static TunnelName of(TunnelName given, Running running, Map<String, String> environment) throws Running.NoAnswer {
        boolean isName = running.look(given) != Found.NOTHING
                || Profiles.of(environment).locate(given.text()).isPresent();
        return isName ? given : running.ofInterface(given.text()).orElse(given);
    }
}
