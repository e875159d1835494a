package org.jpptp.cli.option;

import java.util.Optional;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ServerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code probe}. */
public final class ProbeOptions {
    @Parameters(paramLabel = "SERVER", description = "Name or IPv4 address of the server, with :PORT if not 1723.")
    private String server = "";

    @Mixin
    private UserOptions user = new UserOptions();

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Write what passes to FILE, a pcapng file that is not there yet.")
    private @Nullable String capture;

    @Option(names = "--json", description = "One JSON object on standard output (docs/probe-json.md).")
    public boolean json;

    @Option(
            names = "--color",
            negatable = true,
            description = "Colors, or none. Default: on terminals, unless NO_COLOR is set.")
    @Nullable
    public Boolean color;

    /**
     * What is asked for, all but the password.
     *
     * @param user null where nobody is to log on
     * @param records what is kept of it
     */
    public record Checked(ServerSettings server, UserOptions.@Nullable Checked user, RecordOptions.Checked records) {}

    /**
     * Understands everything, and contacts and reads nothing.
     *
     * @throws UsageException for the first argument that is wrong
     */
    public Checked check(Streams streams) {
        ServerSettings where = ServerAddress.parse(server);
        if (user.user == null && (user.domain != null || user.passwordFile != null || user.passwordFd != null)) {
            throw new UsageException("A domain or a password goes with --user only.");
        }
        if (user.change) {
            throw new UsageException("--change-password is nothing for a probe, which changes nothing.");
        }
        RecordOptions.Checked records = RecordOptions.capturing(capture);
        return new Checked(where, user.user == null ? null : user.check(streams, Optional.empty()), records);
    }
}
