package org.jpptp.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.DoctorView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.diagnosis.MachineDiagnosis;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.net.HostLog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jpptp doctor}: what on this machine is in a tunnel's way. */
@Command(
        name = "doctor",
        description = "Find out what on this machine is in a tunnel's way, with the command that mends it.",
        customSynopsis = "jpptp doctor [OPTION]...",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes, 0 where there is no fault:%n")
final class DoctorCommand implements Callable<Integer> {
    private final TunnelRunner runner;
    private final Streams streams;

    @Option(names = "--repair", description = "Undo what dead tunnels have left, as the next start does.")
    private boolean repair;

    @Option(names = "--json", description = "One JSON object on standard output (docs/doctor-json.md).")
    private boolean json;

    @Option(
            names = "--color",
            negatable = true,
            description = "Colors, or none. Default: on terminals, unless NO_COLOR is set.")
    @Nullable
    private Boolean color;

    DoctorCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Messages messages = new Messages(streams.err(), streams.errStyle(color));
        if (repair) {
            new Running(runner).repair(new HostLog() {
                @Override
                public void note(String line) {
                    // Each change as it is undone; what is left over is told below.
                }

                @Override
                public void warn(String sentence) {
                    messages.warning(sentence);
                }
            });
        }
        List<Finding> findings = runner.machine().map(MachineDiagnosis::of).orElse(List.of());
        if (json) {
            DoctorView.json(findings, Version.number(), streams.out());
        } else {
            new DoctorView(streams.out(), streams.outStyle(color)).show(findings);
        }
        return DoctorView.exitCode(findings);
    }
}
