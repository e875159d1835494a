package org.jpptp.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.background.Running;
import org.jpptp.cli.profile.Effective;
import org.jpptp.cli.profile.Launch;
import org.jpptp.cli.profile.Profile;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.record.BugReport;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jpptp bugreport}: what somebody needs who is to find a fault that he cannot see. */
@Command(
        name = "bugreport",
        description = "Put together what is needed to find a fault: this machine, the tunnel, its profile without"
                + " passwords, and the trace of what happened. 'jpptp explain' reads it.",
        customSynopsis = "jpptp bugreport [OPTION]... [NAME]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class BugreportCommand implements Callable<Integer> {
    private final TunnelRunner runner;
    private final Streams streams;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The tunnel's name. Default: the one that runs, else the one that failed last.")
    private @Nullable String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to FILE, which is not there yet, instead of standard output.")
    private @Nullable String output;

    @Option(names = "--anonymous", description = "Replace users, addresses and host names, each always by the same.")
    private boolean anonymous;

    BugreportCommand(TunnelRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Messages messages = new Messages(streams.err(), streams.errStyle(null));
        Path file = output == null ? null : GivenPath.ofOutput("--output", output);
        Optional<TunnelName> wanted = Optional.ofNullable(name).map(TunnelName::parse);
        Optional<Profile> profile = name == null ? Optional.empty() : profiles().find(name);
        BugReport report = new BugReport(runner, new Running(runner));
        BugReport.Subject subject = report.subject(wanted);
        Optional<Profile> ofSubject = profile.isPresent()
                ? profile
                : subject.name().flatMap(found -> profiles().find(found.text()));
        if (name != null && subject.isUnknown() && ofSubject.isEmpty()) {
            throw new UsageException("There is neither a tunnel nor a profile '" + name + "'.");
        }
        List<String> lines = report.lines(subject, ofSubject.map(this::values).orElse(List.of()));
        List<String> shown = anonymous ? BugReport.anonymous(lines, known(ofSubject)) : lines;
        if (file == null) {
            shown.forEach(streams.out()::println);
        } else {
            BugReport.write(file, shown);
            messages.note("written to " + output + "; look through it before you send it"
                    + (anonymous ? "." : ", or leave names out with --anonymous."));
        }
        return ExitCodes.SUCCESS;
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
}
