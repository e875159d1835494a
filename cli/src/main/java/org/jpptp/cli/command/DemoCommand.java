package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.Libraries;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.ProcessDiagnosis;
import org.jpptp.lab.demo.Demo;
import org.jpptp.lab.demo.UserNamespace;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jpptp demo}: a server and a client of our own, seen to work in ten seconds. */
@Command(
        name = "demo",
        description = "Bring up a tunnel between a server and a client of our own, in two network namespaces of this"
                + " machine, send some traffic through it, and remove everything again. Nothing leaves the machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        footerHeading = "%n",
        footer = "As root; for ordinary users where the system gives them user namespaces and opens /dev/net/tun.")
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_MEBIBYTES = 1024;

    private final Class<?> entry;
    private final Streams streams;
    private final Foreground foreground;

    @Option(
            names = "--server",
            paramLabel = "KIND",
            defaultValue = "jpptp",
            description =
                    "Whose ways the server has: nt4, windows, nortel, cisco, poptop, pppd-eap, accel, mikrotik, or"
                            + " jpptp (default); nt4-radius, openwrt and accel-full show what failing is like.")
    private String server = "";

    @Option(
            names = "--size",
            paramLabel = "MIB",
            defaultValue = "16",
            description = "Mebibytes to send each way, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every packet of the negotiation; -vv adds timers and decisions, -vvv octets.")
    private boolean[] verbose = {};

    @Option(names = "--color", negatable = true, description = "Color the output, or do not.")
    private @Nullable Boolean color;

    /** @param entry the class whose {@code main} runs the command again, where that has to be in a namespace */
    DemoCommand(Class<?> entry, Streams streams, Foreground foreground) {
        this.entry = entry;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (mebibytes < 1 || mebibytes > MOST_MEBIBYTES) {
            throw new UsageException(
                    "Option --size takes 1 to " + MOST_MEBIBYTES + " mebibytes, not " + mebibytes + ".");
        }
        checkServer();
        Optional<Failure> unprivileged = ClientTunnel.HOST.missingPrivileges();
        if (unprivileged.isEmpty()) {
            Libraries.Place libraries = Libraries.prepare(
                    streams.environment(), verbose.length >= 2 ? TunnelRunner.Logs.SHOWN : TunnelRunner.Logs.HIDDEN);
            return libraries.directory() == null
                    ? tell(ProcessDiagnosis.noLibraryDirectory(libraries.refused()))
                    : here();
        }
        Failure missing = UserNamespace.isInside() ? unprivileged.get() : UserNamespace.missing();
        return missing == null ? UserNamespace.run(entry.getName(), arguments()) : tell(missing);
    }

    // No type of the lab in a signature: picocli looks at those, and --help is to load nothing of it.
    private void checkServer() {
        if (Personalities.named(server).isEmpty()) {
            throw new UsageException("Option --server takes "
                    + Personalities.ALL.stream().map(Personality::name).collect(Collectors.joining(", ")) + ", not '"
                    + Numbers.shown(server) + "'.");
        }
    }

    private int here() {
        streams.goOnWithoutOut();
        ConsoleView view = new ConsoleView(
                streams.out(),
                streams.outStyle(color),
                streams.err(),
                streams.errStyle(color),
                verbosity(),
                System::nanoTime);
        view.begin();
        Demo demo = new Demo(streams.out(), view, Personalities.named(server).orElseThrow(), mebibytes);
        TunnelEvent.Ended ended = foreground.run(new TunnelRunner.Tunnel() {
            @Override
            public TunnelEvent.Ended run() {
                return TunnelEvent.Ended.afterUp(demo.run(), TunnelStatus.Traffic.NONE, Duration.ZERO);
            }

            @Override
            public void disconnect() {
                demo.stop();
            }

            @Override
            public void tellStatistics() {
                // It is over in seconds, and tells what it did.
            }
        });
        Failure failure = ended.failure();
        return failure == null ? ExitCodes.SUCCESS : tell(failure);
    }

    private Verbosity verbosity() {
        return switch (verbose.length) {
            case 0 -> Verbosity.NORMAL;
            case 1 -> Verbosity.PACKETS;
            case 2 -> Verbosity.DECISIONS;
            default -> Verbosity.OCTETS;
        };
    }

    private List<String> arguments() {
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--server", server, "--size", Integer.toString(mebibytes)));
        for (int i = 0; i < verbose.length; i++) {
            arguments.add("-v");
        }
        if (color != null) {
            arguments.add(color ? "--color" : "--no-color");
        }
        return arguments;
    }

    private int tell(Failure failure) {
        new Messages(streams.err(), streams.errStyle(color)).failure(failure);
        return failure.reason().exitCode();
    }
}
