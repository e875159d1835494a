package org.jpptp.cli.command;

import java.util.Optional;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.option.ProbeOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.record.Recording;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.service.TunnelRunner;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.FailureText;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.ProbeJson;
import org.jpptp.cli.view.ProbeView;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Identity;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.Timing;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.capture.Capture;
import org.jpptp.client.probe.Probe;
import org.jpptp.client.probe.ProbeReport;
import org.jpptp.ppp.Credentials;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp probe}: what a server is like, and with which options a tunnel to it would come up. */
final class ProbeCommand extends Command {
    private final TunnelRunner runner;
    private final Streams streams;
    private final Foreground foreground;

    private final ProbeOptions options = new ProbeOptions();

    ProbeCommand(TunnelRunner runner, Streams streams, Foreground foreground) {
        this.runner = runner;
        this.streams = streams;
        this.foreground = foreground;
    }

    @Override
    public Integer call() {
        refuseProfile(options.target());
        ProbeOptions.Checked checked = options.check(streams);
        UserOptions.Checked user = checked.user();
        Identity identity = user == null ? new Identity(new Credentials("", new char[0])) : user.identity();
        Probe.LogOn logOn = user == null ? Probe.LogOn.NEVER : Probe.LogOn.ONCE;
        Messages messages = new Messages(streams.err(), streams.errStyle(options.color.value()));
        try (Recording recording = Recording.open(
                checked.records(),
                checked.server(),
                user == null ? "" : user.name(),
                Capture.Secrets.MASKED,
                messages)) {
            TunnelEvent.Ended ended = foreground.run(recording
                    .on(runner)
                    .probe(config(checked.server(), identity), logOn, report -> show(report, logOn)));
            recording.ended(ended);
            Failure failure = FailureText.of(ended);
            if (failure != null) {
                messages.failure(failure);
            }
            return ExitCodes.of(ended);
        } finally {
            identity.credentials().wipe();
        }
    }

    /** What {@code connect} takes for a profile is no server here, whatever the resolver makes of such a name. */
    private void refuseProfile(String target) {
        Profiles profiles = Profiles.of(streams.environment());
        if (profiles.locate(target).isEmpty() && !Profiles.isPath(target)) {
            return;
        }
        throw new UsageException("SERVER takes a server here, and '" + Numbers.shown(target) + "' names a profile"
                + server(profiles, target)
                        .map(server -> ", of the server " + server)
                        .orElse("")
                + (Profiles.isPath(target) ? "." : "; a host of this name is " + target + ":1723."));
    }

    private static Optional<String> server(Profiles profiles, String target) {
        try {
            return profiles.find(target).flatMap(profile -> profile.value("server"));
        } catch (UsageException unreadable) {
            return Optional.empty();
        }
    }

    private static ClientConfig config(ServerSettings server, Identity identity) {
        return new ClientConfig(
                server,
                identity,
                PolicySettings.DEFAULT,
                NetworkSettings.DEFAULT,
                Timing.DEFAULT,
                ReconnectSettings.OFF);
    }

    private void show(ProbeReport report, Probe.LogOn logOn) {
        if (options.json.isSet()) {
            ProbeJson.write(report, Version.number(), streams.out());
        } else {
            new ProbeView(streams.out(), streams.outStyle(options.color.value()), logOn).show(report);
        }
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "probe",
                        this,
                        "Find out what SERVER is like, and what 'connect' would need. Changes nothing on this machine.")
                .synopsis("jpptp probe [OPTION]... SERVER[:PORT]")
                .exitCodes(Endings.ofServer("A tunnel would come up, as far as was seen. Else what one would fail for.")
                        .with(FailureReason.NOT_UP_IN_TIME, "The probe was not over in time.")
                        .with(FailureReason.INTERRUPTED, "Stopped by a signal before the probe was over."))
                .footer(
                        "Nobody logs on unless -u names somebody; then once, by a method that proves the server, to see which"
                                + " encryption it offers. At most three calls, each of them ended in order.")
                .with("options", options.spec())
                .spec();
    }
}
