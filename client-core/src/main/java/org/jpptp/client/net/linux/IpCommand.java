package org.jpptp.client.net.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;

/** iproute2's {@code ip}, which is there. It works in the network namespace of the calling thread. */
public final class IpCommand {
    private final HostCommands host;

    private IpCommand(HostCommands host) {
        this.host = host;
    }

    /**
     * Finds the command.
     *
     * @param trace receives each change as {@code [#] ip …} before it is made
     */
    public static IpCommand find(Consumer<String> trace) throws HostChangeException {
        return find(HostCommands.PLACES, trace);
    }

    static IpCommand find(List<Path> places, Consumer<String> trace) throws HostChangeException {
        HostCommands host = new HostCommands(places, trace);
        if (host.has(HostCommands.Program.IP)) {
            return new IpCommand(host);
        }
        throw new HostChangeException(HostDiagnosis.noIpCommand(places));
    }

    /** Asks; changes nothing and is not traced. */
    public CommandResult query(List<String> arguments) {
        return host.query(HostCommands.Program.IP, arguments);
    }

    /** Changes something, and traces it. */
    public CommandResult change(List<String> arguments) {
        return host.change(HostCommands.Program.IP, arguments);
    }

    /** It, and the host's other commands beside it. */
    HostCommands host() {
        return host;
    }

    /** At most 200 characters, all of them printable ASCII. */
    static String printable(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length() && result.length() < 200; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                result.append("; ");
            } else if (c >= ' ' && c <= '~') {
                result.append(c);
            } else {
                result.append(String.format("\\x%02x", (int) c));
            }
        }
        return result.toString();
    }
}
