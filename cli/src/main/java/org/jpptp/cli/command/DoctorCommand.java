package org.jpptp.cli.command;

import java.util.List;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.DoctorView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.FailureReason;
import org.jpptp.client.diagnosis.MachineDiagnosis;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.net.HostLog;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp doctor}: what on this machine is in a tunnel's way. */
final class DoctorCommand extends Command {
    private final TunnelRunner runner;
    private final Streams streams;

    private final Flag repair = new Flag("--repair", "Undo what dead tunnels have left, as the next start does.");

    private final Flag json = new Flag("--json", "One JSON object on standard output (docs/doctor-json.md).");

    private final Switch color =
            new Switch("--color", "Colors, or none. Default: on terminals, unless NO_COLOR is set.");

    DoctorCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Messages messages = new Messages(streams.err(), streams.errStyle(color.value()));
        if (repair.isSet()) {
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
        if (json.isSet()) {
            DoctorView.json(findings, Version.number(), streams.out());
        } else {
            new DoctorView(streams.out(), streams.outStyle(color.value())).show(findings);
        }
        return DoctorView.exitCode(findings);
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "doctor",
                        this,
                        "Find out what on this machine is in a tunnel's way, with the command that mends it.")
                .synopsis("jpptp doctor [OPTION]...")
                .exitCodes(Endings.of("Nothing is in a tunnel's way. Else the code of the first fault.")
                        .with(FailureReason.NO_PRIVILEGE, FailureReason.NO_TUN)
                        .with(
                                FailureReason.HOST_CHANGE_REFUSED,
                                "A tunnel would carry itself, this machine lacks something, or the output cannot be written.")
                        .with(FailureReason.NO_LIBRARIES)
                        .with(FailureReason.GRE_BLOCKED, "A rule of this machine's packet filter drops GRE."))
                .with(repair, json, color)
                .spec();
    }
}
