package org.jpptp.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operands;
import org.jpptp.cli.argument.Switch;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.file.SystemReason;
import org.jpptp.cli.option.SecretOptions;
import org.jpptp.cli.record.DecryptedFile;
import org.jpptp.cli.report.RecordReport;
import org.jpptp.cli.report.ReportFile;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.GivenDescriptor;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.ExplanationJson;
import org.jpptp.cli.view.ExplanationView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.diagnosis.RecordDiagnosis;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp explain}: what went wrong, from a capture or a log, of whatever client. */
final class ExplainCommand extends Command {
    private static final String STANDARD_INPUT = "-";

    private final Streams streams;

    private final Operands files = Operands.oneOrMore("FILE", "A capture or a log; - is standard input.");

    private final SecretOptions secrets = new SecretOptions();

    private final Text decrypt =
            new Text("--decrypt", "OUT", "Write what the tunnels carried to OUT, a pcapng file that is not there yet.");

    private final Text report =
            new Text("--report", "FILE", "Write a page (HTML) about the tunnels: verdicts, steps, traffic.");

    private final Flag showSecrets =
            new Flag("--show-secrets", "Show challenges and responses in full: a password can be found by them.");

    private final Flag json = new Flag("--json", "Write one JSON object a file (docs/explain-json.md).");

    private final Switch color = new Switch("--color", "Color the output, or do not.");

    ExplainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        files.values().stream()
                .filter(name -> !name.equals(STANDARD_INPUT))
                .forEach(name -> GivenPath.of("the file", name));
        String decrypted = decrypt.value();
        Path into = decrypted == null ? null : GivenPath.ofOutput(decrypt.name(), decrypted);
        ReportFile file = ReportFile.orNone(report.value());
        Secret secret = secrets.read(streams);
        if (decrypted != null && secret == null) {
            throw new UsageException(
                    "--decrypt wants the password: --password, --password-file, --password-fd or --nt-hash.");
        }
        RecordReport told = new RecordReport(file);
        try (DecryptedFile out = into == null ? null : DecryptedFile.of(into)) {
            Decryption decryption = secret == null ? null : new Decryption(secret, out == null ? null : out.writer());
            int verdict = explain(decryption, told);
            int code = file == null ? verdict : kept(verdict, told.write(), "the report is in " + file.name() + ".");
            return decryption == null || out == null
                    ? code
                    : kept(code, out.put(), decryption.written() + " datagrams were written to " + decrypted + ".");
        } finally {
            if (secret != null) {
                secret.wipe();
            }
        }
    }

    /**
     * What the command comes to with a file that was wanted.
     *
     * @param lost why the file is not there
     * @param note what is said where it is
     */
    private int kept(int code, Optional<Failure> lost, String note) {
        Messages messages = new Messages(streams.err(), streams.errStyle(color.value()));
        if (lost.isPresent()) {
            return messages.beside(code, lost.get());
        }
        if (!json.isSet()) {
            messages.note(note);
        }
        return code;
    }

    private int explain(@Nullable Decryption decryption, RecordReport told) {
        Explainer explainer =
                new Explainer(decryption, showSecrets.isSet() ? Explainer.Show.SECRETS : Explainer.Show.BEGINNINGS);
        Messages messages = new Messages(streams.err(), streams.errStyle(color.value()));
        ExplanationView view = new ExplanationView(streams.out(), streams.outStyle(color.value()));
        ExplanationJson written = json.isSet() ? new ExplanationJson(streams.out()) : null;
        List<Integer> codes = new ArrayList<>();
        for (String file : files.values()) {
            Explanation explanation = read(explainer, file);
            explanation.warnings().forEach(messages::warning);
            told.add(file, explanation);
            if (written != null) {
                written.write(file, explanation);
            } else {
                view.show(
                        file,
                        explanation,
                        files.values().size() > 1 ? ExplanationView.Heading.FILE : ExplanationView.Heading.NONE);
            }
            Failure unusable = explanation.unusable();
            if (unusable != null) {
                messages.failure(unusable);
                codes.add(unusable.reason().exitCode());
            }
            explanation.calls().forEach(call -> code(call).ifPresent(codes::add));
        }
        return codes.isEmpty() ? ExitCodes.SUCCESS : codes.get(0);
    }

    private static Optional<Integer> code(Explained call) {
        Failure failure = call.verdict().failure();
        Explained.Password password = call.password();
        if (failure != null) {
            return Optional.of(failure.reason().exitCode());
        }
        return password != null && Boolean.FALSE.equals(password.right())
                ? Optional.of(FailureReason.CREDENTIALS_REJECTED.exitCode())
                : Optional.empty();
    }

    private Explanation read(Explainer explainer, String file) {
        if (file.equals(STANDARD_INPUT)) {
            if (!GivenDescriptor.isOpen(0)) {
                return new Explanation(List.of(), 0, List.of(), RecordDiagnosis.unreadable(file, "it is not open"));
            }
            try {
                return explainer.explain(file, streams.in());
            } catch (IOException e) {
                return unreadable(file, e);
            }
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            return new Explanation(List.of(), 0, List.of(), RecordDiagnosis.unreadable(file, "it is a directory"));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return explainer.explain(file, in);
        } catch (IOException e) {
            return unreadable(file, e);
        }
    }

    private static Explanation unreadable(String file, IOException why) {
        String words = why instanceof NoSuchFileException ? "there is no such file" : SystemReason.of(why);
        return new Explanation(List.of(), 0, List.of(), RecordDiagnosis.unreadable(file, words));
    }

    @Override
    CommandSpec describe() {
        return Described.command(
                        "explain",
                        this,
                        "Explain what happened to the tunnels in captures (pcap, pcapng) and logs (pppd, pptp, mpd,"
                                + " RouterOS, Cisco IOS, Windows): each step, the verdict, what proves it and what to do.")
                .exitCodes(Endings.ofTunnel(
                                "Nothing is wrong in what was explained. Else the code of the first tunnel that failed.")
                        .with(FailureReason.NOTHING_TO_EXPLAIN)
                        .with(
                                FailureReason.HOST_CHANGE_REFUSED,
                                "The client's host refused a change; or this one to take the output or a file.")
                        .with(
                                FailureReason.CREDENTIALS_REJECTED,
                                "User name or password were wrong; or the one given here was not used.")
                        .with(FailureReason.NOT_UP_IN_TIME, "The tunnel was not up in time.")
                        .with(
                                FailureReason.INTERRUPTED,
                                "Stopped by a signal, or the client was before its tunnel was up."))
                .footer("Record with: tcpdump -i any -s 0 -w FILE \"tcp port 1723 or proto 47 or icmp\"")
                .with(files)
                .with("secrets", secrets.spec())
                .with(decrypt, report, showSecrets, json, color)
                .spec();
    }
}
