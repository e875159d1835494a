package org.jpptp.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.profile.Effective;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.record.BugReport;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp bugreport}: what somebody needs who is to find a fault that he cannot see. */
final class BugreportCommand extends Command {
    private final TunnelRunner runner;
    private final Streams streams;

    private final Operand name = Operand.optional(
            "NAME",
            "The tunnel's name or interface. Default: the one that runs, else that failed last, else that ended last.");

    private final Text output =
            new Text("-o", "--output", "FILE", "Write to FILE, which is not there yet, instead of standard output.");

    private final Flag anonymous =
            new Flag("--anonymous", "Replace users, addresses and host names, each always by the same.");

    BugreportCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Messages messages = new Messages(streams.err(), streams.errStyle(null));
        String out = output.value();
        Path file = out == null ? null : GivenPath.ofOutput(output.name(), out);
        String given = name.value();
        Running running = new Running(runner);
        Optional<TunnelName> wanted =
                Optional.ofNullable(given).map(TunnelName::parse).map(tunnel -> meant(tunnel, running));
        Optional<Profile> profile =
                given == null ? Optional.empty() : profiles().find(given);
        BugReport report = new BugReport(runner, running);
        BugReport.Subject subject = report.subject(wanted);
        Optional<Profile> ofSubject = profile.isPresent()
                ? profile
                : subject.name().flatMap(found -> profiles().find(found.text()));
        if (given != null && subject.isUnknown() && ofSubject.isEmpty()) {
            throw new UsageException("There is neither a tunnel nor a profile '" + given + "'.");
        }
        List<String> lines = report.lines(subject, ofSubject.map(this::values).orElse(List.of()));
        List<String> shown = anonymous.isSet() ? BugReport.anonymous(lines, known(ofSubject)) : lines;
        if (file == null) {
            shown.forEach(streams.out()::println);
        } else {
            BugReport.write(file, shown);
            messages.note("written to " + out + "; look through it before you send it"
                    + (anonymous.isSet() ? "." : ", or leave names out with --anonymous."));
        }
        return ExitCodes.SUCCESS;
    }

    private TunnelName meant(TunnelName given, Running running) {
        try {
            return NamedTunnel.of(given, running, streams.environment());
        } catch (Running.NoAnswer e) {
            return given; // why nobody can be asked is part of the report
        }
    }

    private Profiles profiles() {
        return Profiles.of(streams.environment());
    }

    /** One that is wrong is part of the fault. */
    private List<String> values(Profile profile) {
        try {
            Launch unused = Launch.of(profile, profiles());
            return Effective.all(profile).stream()
                    .map(value -> value.key() + " = " + value.value() + (value.line() == 0 ? " (default)" : ""))
                    .toList();
        } catch (UsageException e) {
            return List.of("(" + e.sentence() + ")");
        }
    }

    private static List<BugReport.Known> known(Optional<Profile> profile) {
        return profile.map(known -> Effective.all(known).stream()
                        .flatMap(value -> BugReport.Known.of(value.key(), value.value()).stream())
                        .toList())
                .orElse(List.of());
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "bugreport",
                        this,
                        "Put together what is needed to find a fault: this machine, the tunnel, its profile without"
                                + " passwords, and the trace of what happened. 'jpptp explain' reads it.")
                .synopsis("jpptp bugreport [OPTION]... [NAME]")
                .exitCodes(Endings.of("The report is written."))
                .with(name, output, anonymous)
                .spec();
    }
}
