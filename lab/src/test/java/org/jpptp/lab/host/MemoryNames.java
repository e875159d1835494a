package org.jpptp.lab.host;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.host.NameAnswer;
import org.jpptp.client.net.Lockdown;

/** The resolver of a machine in memory, and what keeps it from asking. */
public final class MemoryNames {
    private List<Inet4Address> addresses = List.of(MemoryServer.ADDRESS);
    private boolean silent;
    private boolean nameServers = true;
    private Lockdown.State lockdown = Lockdown.State.OFF;

    /** The resolver answers no more. */
    public void silence() {
        silent = true;
    }

    /** No name server answers the resolver any more. */
    public void loseNameServers() {
        nameServers = false;
    }

    /** It holds from now on, as far as names go. */
    public void lockdown(Lockdown.State state) {
        lockdown = state;
    }

    /** The server's name has these addresses. */
    public void resolvesTo(Inet4Address... all) {
        addresses = List.of(all);
    }

    Lockdown.State lockdown() {
        return lockdown;
    }

    /** Empty for an answer that never comes. */
    Optional<NameAnswer> answer() {
        if (silent) {
            return Optional.empty();
        }
        return Optional.of(nameServers ? NameAnswer.of(addresses) : NameAnswer.unanswered("EAI_AGAIN"));
    }
}
