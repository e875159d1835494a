package org.jpptp.client.net.linux;

import java.util.List;
import java.util.regex.Pattern;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.diagnosis.NameDiagnosis;
import org.jpptp.client.net.HostChangeException;

/** What a command said. {@code exit} is −1 when it could not be started or did not end in time. */
public record CommandResult(String program, List<String> arguments, int exit, String output) {
    private static final Pattern GONE = Pattern.compile("No such process|No such device|No such file or directory"
            + "|Cannot find device|does not exist|[Aa]ddress not found|Cannot assign requested address"
            + "|Cannot open network namespace|IPv6 is disabled on this device|No resolv\\.conf for interface");

    public boolean isSuccess() {
        return exit == 0;
    }

    /** Whether the command failed because the thing that it was about is not there. */
    boolean isGone() {
        return exit > 0 && GONE.matcher(output).find();
    }

    /** Whether a program that is asked over D-Bus may not be told by this user. */
    boolean isForbiddenByPolkit() {
        return exit > 0
                && program.equals(HostCommands.Program.RESOLVECTL.toString())
                && NameDiagnosis.isForbidden(output);
    }

    /** As told to the user: the command, and its own words for it. */
    public HostChangeException refusal() {
        String command = program + " " + String.join(" ", arguments);
        String said = IpCommand.printable(output.strip());
        return new HostChangeException(
                isForbiddenByPolkit()
                        ? NameDiagnosis.forbidden(command, said)
                        : HostDiagnosis.refused(command, exit, said));
    }
}
