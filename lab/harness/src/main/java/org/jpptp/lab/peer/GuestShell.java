package org.jpptp.lab.peer;

import java.util.List;

/** Runs bash scripts as root in the guest of a {@link RealPeer}, over a TCP connection outside the tunnel. */
record GuestShell(TestNamespace namespace) {
    /** After the end of its input it waits this long for the next output, in seconds. */
    private static final String PATIENCE = "1800";

    private static final List<String> GUEST = List.of("socat", "-t", PATIENCE, "-", "TCP:10.99.0.2:9002");
    private static final String DONE = "the script has succeeded";

    /** Runs one to its end, which has to be a success; returns its standard output. */
    String run(String script) {
        String out = Command.run(
                        Command.LIMIT, script + "\n[ $? = 0 ] && echo " + DONE + "\n", namespace.command(GUEST))
                .orThrow();
        if (!out.endsWith(DONE + "\n")) {
            throw new AssertionError("failed in the guest: " + script + "\n" + out);
        }
        return out.substring(0, out.length() - DONE.length() - 1);
    }

    /** Starts one; its output comes as it appears. */
    OutputLines start(String script) {
        return namespace.start(script + "\n", GUEST);
    }
}
