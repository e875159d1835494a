package org.jpptp.client.diagnosis;

import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.ppp.text.PeerText;

/** What it means that no TCP connection came about. */
public final class ConnectDiagnosis {
    private ConnectDiagnosis() {}

    /** One address of the server's name that was tried. */
    public record Attempt(String address, boolean refused, String why) {}

    /** The name has no IPv4 address. */
    public static Failure nameNotFound(String name, String why) {
        return Failure.of(
                FailureReason.NAME_NOT_FOUND,
                "The name \"" + PeerText.escape(name) + "\" has no IPv4 address: " + why + ".",
                "Check the spelling and the resolver (getent ahostsv4 " + PeerText.escape(name)
                        + "), or give the server's address.");
    }

    /**
     * No address answered.
     *
     * @param attempts what happened at each, at least one
     */
    public static Failure unreachable(String server, int port, List<Attempt> attempts) {
        StringBuilder seen = new StringBuilder();
        boolean refused = false;
        for (Attempt attempt : attempts) {
            seen.append(seen.isEmpty() ? "" : "; ")
                    .append(attempt.address())
                    .append(' ')
                    .append(attempt.why());
            refused |= attempt.refused();
        }
        String where = PeerText.escape(server) + " port " + port;
        return refused
                ? Failure.of(
                        FailureReason.REFUSED,
                        "The connection to " + where + " was refused: " + seen + ".",
                        "Check the host, and that its PPTP service runs and listens on TCP port " + port + ".")
                : Failure.of(
                        FailureReason.TIMED_OUT,
                        "The connection to " + where + " got no answer: " + seen + ".",
                        "Check the address, the route to it, and that firewalls on the way let TCP port " + port
                                + " pass.");
    }
}
