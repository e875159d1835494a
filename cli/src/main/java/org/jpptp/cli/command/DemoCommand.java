package org.jpptp.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jpptp.cli.argument.Count;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.Libraries;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.view.ConsoleView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.diagnosis.ProcessDiagnosis;
import org.jpptp.lab.demo.Demo;
import org.jpptp.lab.demo.UserNamespace;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp demo}: a server and a client of our own, seen to work in ten seconds. */
final class DemoCommand extends Command {
    private static final int MOST_MEBIBYTES = 1024;
    private static final int USUAL_MEBIBYTES = 16;
    private static final String OURS = "jpptp";

    private final Class<?> entry;
    private final Streams streams;
    private final Foreground foreground;

    private final Text server = new Text(
            "--server",
            "KIND",
            "Whose ways the server has: nt4, windows, nortel, cisco, poptop, pppd-eap, accel, mikrotik, or"
                    + " jpptp (default); nt4-radius, openwrt and accel-full show what failing is like.");

    private final Text size =
            new Text("--size", "MIB", "Mebibytes to send each way, 1 to 1024 (default: " + USUAL_MEBIBYTES + ").");

    private final Count verbose = new Count(
            "-v", "--verbose", "Show every packet of the negotiation; -vv adds timers and decisions, -vvv octets.");

    private final Switch color = new Switch("--color", "Color the output, or do not.");

    /** @param entry the class whose {@code main} runs the command again, where that has to be in a namespace */
    DemoCommand(Class<?> entry, Streams streams, Foreground foreground) {
        this.entry = entry;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkServer();
        int mebibytes = size.number(1, MOST_MEBIBYTES, "mebibytes", USUAL_MEBIBYTES);
        Optional<Failure> unprivileged = ClientTunnel.HOST.missingPrivileges();
        if (unprivileged.isEmpty()) {
            Libraries.Place libraries = Libraries.prepare(
                    streams.environment(), verbose.times() >= 2 ? TunnelRunner.Logs.SHOWN : TunnelRunner.Logs.HIDDEN);
            return libraries.directory() == null
                    ? tell(ProcessDiagnosis.noLibraryDirectory(libraries.refused()))
                    : here(mebibytes);
        }
        Failure missing = UserNamespace.isInside() ? unprivileged.get() : UserNamespace.missing();
        return missing == null ? UserNamespace.run(entry.getName(), arguments(mebibytes)) : tell(missing);
    }

    private void checkServer() {
        if (Personalities.named(server.or(OURS)).isEmpty()) {
            throw new UsageException("Option --server takes "
                    + Personalities.ALL.stream().map(Personality::name).collect(Collectors.joining(", ")) + ", not '"
                    + Numbers.shown(server.or(OURS)) + "'.");
        }
    }

    private int here(int mebibytes) {
        streams.goOnWithoutOut();
        ConsoleView view = new ConsoleView(
                streams.out(),
                streams.outStyle(color.value()),
                streams.err(),
                streams.errStyle(color.value()),
                verbosity(),
                System::nanoTime);
        view.begin();
        Demo demo = new Demo(
                streams.out(), view, Personalities.named(server.or(OURS)).orElseThrow(), mebibytes);
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
        return switch (verbose.times()) {
            case 0 -> Verbosity.NORMAL;
            case 1 -> Verbosity.PACKETS;
            case 2 -> Verbosity.DECISIONS;
            default -> Verbosity.OCTETS;
        };
    }

    private List<String> arguments(int mebibytes) {
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--server", server.or(OURS), "--size", Integer.toString(mebibytes)));
        for (int i = 0; i < verbose.times(); i++) {
            arguments.add("-v");
        }
        Boolean colored = color.value();
        if (colored != null) {
            arguments.add(colored ? "--color" : "--no-color");
        }
        return arguments;
    }

    private int tell(Failure failure) {
        new Messages(streams.err(), streams.errStyle(color.value())).failure(failure);
        return failure.reason().exitCode();
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "demo",
                        this,
                        "Bring up a tunnel between a server and a client of our own, in two network namespaces of this"
                                + " machine, send some traffic through it, and remove everything again. Nothing leaves the machine.")
                .exitCodes(Endings.of("The tunnel was up, and all that was sent arrived whole.")
                        .with(
                                FailureReason.NO_PRIVILEGE,
                                FailureReason.NO_TUN,
                                FailureReason.HOST_CHANGE_REFUSED,
                                FailureReason.NO_LIBRARIES)
                        .with(FailureReason.KEYS_WRONG, "With --server nt4-radius: the server has no encryption keys.")
                        .with(
                                FailureReason.ADDRESSES_REFUSED,
                                "With --server accel-full: the server has no address left.")
                        .with(FailureReason.ENDED_BY_SERVER, "With --server openwrt: the server's PPP daemon died.")
                        .with(FailureReason.INTERRUPTED, "Stopped by a signal before it was over."))
                .footer(
                        "As root; for ordinary users where the system gives them user namespaces and opens /dev/net/tun.")
                .with(server, size, verbose, color)
                .spec();
    }
}
