package org.jpptp.cli.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.TestNamespace;

/** Starts {@code jpptp connect} as the tests want it: the password comes from a descriptor. */
final class Connect {
    /** Far more than anything takes, even on a busy machine. */
    static final Duration LONG = Duration.ofMinutes(3);

    /** The same for mebibytes through a guest that is slow already, beside others of its kind. */
    static final Duration TRANSFER = Duration.ofMinutes(10);

    /** This side's address on the link to the real peer. */
    static final String HERE = "10.99.0.1";

    private Connect() {}

    static List<String> arguments(String server, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("connect", server, "-u", "alice", "--password-fd", "0", "--no-color"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    static JpptpProcess to(String server, TestNamespace from, String password, String... more) {
        return JpptpProcess.start(from, password + "\n", arguments(server, more));
    }

    /** Waits until the tunnel is up; where it never is, tells what the command said to that. */
    static void awaitUp(JpptpProcess jpptp) {
        try {
            jpptp.out().await("^Tunnel \\S+ is up after", LONG);
        } catch (AssertionError failure) {
            throw new AssertionError(
                    failure.getMessage() + "\nerr:\n" + jpptp.err().text(), failure);
        }
    }

    /**
     * Waits until what was sent is through the guest's queues. An end in order needs an answer within some seconds, and a
     * slow guest that has thousands of packets to look at first would give it too late.
     */
    static void settle(TestNamespace here) {
        String limit = Long.toString(TRANSFER.toSeconds());
        here.exec(TRANSFER.plus(LONG), "ping", "-c", "2", "-i", "0.2", "-w", limit, RealPeer.INNER_ADDRESS)
                .orThrow();
    }
}
