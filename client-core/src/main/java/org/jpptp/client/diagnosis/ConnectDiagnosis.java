package org.jpptp.client.diagnosis;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.Lockdown;
import org.jpptp.control.ConnectFailure;
import org.jpptp.ppp.text.PeerText;

/** What it means that no TCP connection came about. */
public final class ConnectDiagnosis {
    private ConnectDiagnosis() {}

    /**
     * One address of the server's name that was tried.
     *
     * @param kind how it failed
     * @param patience how long it had to answer
     * @param said what the system calls said, printable
     */
    public record Attempt(Inet4Address address, ConnectFailure.Kind kind, Duration patience, String said) {
        /** What happened, for traces too. */
        public String seen() {
            String how =
                    switch (kind) {
                        case REFUSED -> "refused it (ECONNREFUSED)";
                        case TIMED_OUT ->
                            "did not answer within " + Math.round(patience.toMillis() / 100.0) / 10.0 + " s";
                        case UNREACHABLE -> "cannot be reached (no route to host)";
                        case OTHER -> "failed: " + said;
                    };
            return address.getHostAddress() + " " + how;
        }
    }

    /** Why a name has no address that could be tried. */
    public enum NoAddress {
        UNKNOWN,
        IPV6_ONLY
    }

    /** The name has no IPv4 address. */
    public static Failure nameNotFound(String name, NoAddress reason) {
        String why =
                switch (reason) {
                    case UNKNOWN -> "the resolver does not know it";
                    case IPV6_ONLY -> "the resolver has only IPv6 addresses for it, and PPTP needs IPv4";
                };
        return Failure.of(
                FailureReason.NAME_NOT_FOUND,
                "The name \"" + PeerText.escape(name) + "\" has no IPv4 address: " + why + ".",
                "Check the spelling and the resolver (getent ahostsv4 " + PeerText.escape(name)
                        + "), or give the server's address.");
    }

    /**
     * Nobody who knows the name was reached.
     *
     * @param said how the resolver says so, such as {@code EAI_AGAIN}
     * @param lockdown whether it may be why
     */
    public static Failure nameUnanswered(String name, String said, Lockdown.State lockdown) {
        return nameUnanswered(name, lockdown, "no name server had an answer for the resolver (" + said + ")");
    }

    /**
     * The resolver itself does not come back.
     *
     * @param seconds that it had to answer
     * @param lockdown whether it may be why
     */
    public static Failure nameUnanswered(String name, long seconds, Lockdown.State lockdown) {
        return nameUnanswered(name, lockdown, "the resolver gave no answer within " + seconds + " s");
    }

    private static Failure nameUnanswered(String name, Lockdown.State lockdown, String why) {
        String what = "The name \"" + PeerText.escape(name) + "\" could not be looked up: " + why + ".";
        return lockdown.isClosed()
                ? Failure.of(
                        FailureReason.NAME_UNANSWERED,
                        what + " Lockdown is on, and lets no question to a name server out past a tunnel.",
                        "Give the server's address, or have the name in /etc/hosts; \"jpptp lockdown off\" lets questions out.")
                : Failure.of(
                        FailureReason.NAME_UNANSWERED,
                        what,
                        "Check this machine's network and its name servers (getent ahostsv4 " + PeerText.escape(name)
                                + "), or give the server's address.");
    }

    /** The same of a log, which names no address. */
    public static Failure unreachable(String server, int port, ConnectFailure.Kind kind) {
        String where = PeerText.escape(server) + " port " + port;
        return kind == ConnectFailure.Kind.REFUSED
                ? refused(where, port, List.of())
                : unanswered(where, port, List.of());
    }

    /**
     * No address answered.
     *
     * @param attempts what happened at each, at least one
     */
    public static Failure unreachable(String server, int port, List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            Optional<Failure> limit = LimitDiagnosis.reached("No TCP connection can be opened", attempt.said());
            if (attempt.kind() == ConnectFailure.Kind.OTHER && limit.isPresent()) {
                return limit.get();
            }
        }
        List<String> seen = new ArrayList<>();
        boolean refused = false;
        for (Attempt attempt : attempts) {
            seen.add(attempt.seen());
            refused |= attempt.kind() == ConnectFailure.Kind.REFUSED;
        }
        String where = PeerText.escape(server) + " port " + port;
        return refused ? refused(where, port, seen) : unanswered(where, port, seen);
    }

    private static Failure refused(String where, int port, List<String> seen) {
        return Failure.of(
                FailureReason.REFUSED,
                Sentences.told("The connection to " + where + " was refused", seen),
                "Check the host, and that its PPTP service runs and listens on TCP port " + port + ".");
    }

    private static Failure unanswered(String where, int port, List<String> seen) {
        return Failure.of(
                FailureReason.TIMED_OUT,
                Sentences.told("The connection to " + where + " got no answer", seen),
                "Check the address, the route to it, and that firewalls on the way let TCP port " + port + " pass.");
    }
}
