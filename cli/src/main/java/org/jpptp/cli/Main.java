package org.jpptp.cli;

import java.util.Locale;
import org.jpptp.cli.command.Cli;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.Libraries;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.Streams;

/** The entry. */
public final class Main {
    private Main() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // What it says is English, numbers and times included, and journals are read by others than its writer.
        Locale.setDefault(Locale.ROOT);
        // Asked by scripts, and not worth the commands being put together, unless for saying that it cannot be written.
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println(Version.line());
            if (!System.out.checkError()) {
                return;
            }
        }
        run(Libraries.preparedFor(ClientTunnel.RUNNER), arguments);
    }

    /** The same with tunnels of another kind. */
    static void run(TunnelRunner runner, String... arguments) {
        Streams streams = Streams.ofProcess();
        Foreground foreground = new Foreground(streams);
        foreground.watchSignals();
        int code = new Cli(Main.class, runner, streams, foreground).run(arguments);
        foreground.finished(code);
        System.exit(code);
    }
}
