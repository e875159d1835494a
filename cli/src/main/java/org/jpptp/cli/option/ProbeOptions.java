package org.jpptp.cli.option;

import java.util.Optional;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ServerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The options of {@code probe}. */
public final class ProbeOptions {
    private final Operand server =
            Operand.required("SERVER", "Name or IPv4 address of the server, with :PORT if not 1723.");

    private UserOptions user = new UserOptions();

    private final Text capture =
            new Text("--capture", "FILE", "Write what passes to FILE, a pcapng file that is not there yet.");

    public final Flag json = new Flag("--json", "One JSON object on standard output (docs/probe-json.md).");

    public final Switch color =
            new Switch("--color", "Colors, or none. Default: on terminals, unless NO_COLOR is set.");

    public CommandSpec spec() {
        CommandSpec spec = Arguments.of(server);
        spec.addMixin("user", user.spec());
        Arguments.add(spec, capture, json, color);
        return spec;
    }

    /** The SERVER argument. */
    public String target() {
        return server.text();
    }

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
        ServerSettings where = ServerAddress.parse(server.text());
        if (!user.user.isGiven()
                && (user.domain.isGiven() || user.passwordFile.isGiven() || user.passwordFd.isGiven())) {
            throw new UsageException("A domain or a password goes with --user only.");
        }
        if (user.change.isSet()) {
            throw new UsageException("--change-password is nothing for a probe, which changes nothing.");
        }
        RecordOptions.Checked records = RecordOptions.capturing(capture);
        return new Checked(where, user.user.isGiven() ? user.check(streams, Optional.empty()) : null, records);
    }
}
