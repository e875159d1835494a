package org.jpptp.client.net.linux;

import java.util.List;
import java.util.regex.Pattern;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;

/** What a command said. {@code exit} is −1 when it could not be started or did not end in time. */
public record CommandResult(String program, List<String> arguments, int exit, String output) {
    private static final Pattern GONE = Pattern.compile("No such process|No such device|No such file or directory"
            + "|Cannot find device|does not exist|[Aa]ddress not found|Cannot assign requested address"
            + "|Cannot open network namespace|No resolv\\.conf for interface");

    public boolean isSuccess() {
        return exit == 0;
    }

    /** Whether the command failed because the thing that it was about is not there. */
    boolean isGone() {
        return exit > 0 && GONE.matcher(output).find();
    }

    /** As told to the user: the command, and its own words for it. */
    public HostChangeException refusal() {
        String command = program + " " + String.join(" ", arguments);
        String words = IpCommand.printable(output.strip());
        return new HostChangeException(Failure.of(
                words.contains("Operation not permitted")
                        ? FailureReason.NO_PRIVILEGE
                        : FailureReason.HOST_CHANGE_REFUSED,
                "The host refused \"" + command + "\": "
                        + (words.isEmpty() ? "exit status " + exit : words.replaceAll("\\.+$", "")) + ".",
                remedy(words, command)));
    }

    private static String remedy(String words, String command) {
        if (words.contains("Operation not permitted")) {
            return "Run it as root, with sudo.";
        }
        if (words.contains("File exists")) {
            return "Remove what is there already, or leave it out of the tunnel's routes.";
        }
        return "Run \"" + command + "\" by hand to see why.";
    }
}
