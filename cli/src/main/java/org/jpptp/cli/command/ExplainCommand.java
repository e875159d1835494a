package org.jpptp.cli.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jpptp.cli.option.SecretOptions;
import org.jpptp.cli.record.PrivateFile;
import org.jpptp.cli.report.RecordReport;
import org.jpptp.cli.report.ReportFile;
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
import org.jpptp.client.explain.capture.PcapngWriter;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jpptp explain}: what went wrong, from a capture or a log, of whatever client. */
@Command(
        name = "explain",
        description = "Explain what happened to the tunnels in captures (pcap, pcapng) and logs (pppd, pptp, mpd,"
                + " RouterOS, Cisco IOS, Windows): each step, the verdict, what proves it and what to do.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes, of the first tunnel that failed:%n",
        footerHeading = "%n",
        footer = "Record with: tcpdump -i any -s 0 -w FILE \"tcp port 1723 or proto 47 or icmp\"")
final class ExplainCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Streams streams;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A capture or a log; - is standard input.")
    private List<String> files = List.of();

    @Mixin
    private SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--decrypt",
            paramLabel = "OUT",
            description = "Write what the tunnels carried to OUT, a pcapng file that is not there yet.")
    private @Nullable String decrypt;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page (HTML) about the tunnels: verdicts, steps, traffic.")
    private @Nullable String report;

    @Option(
            names = "--show-secrets",
            description = "Show challenges and responses in full: a password can be found by them.")
    private boolean showSecrets;

    @Option(names = "--json", description = "Write one JSON object a file (docs/explain-json.md).")
    private boolean json;

    @Option(names = "--color", negatable = true, description = "Color the output, or do not.")
    private @Nullable Boolean color;

    ExplainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        files.stream().filter(name -> !name.equals(STANDARD_INPUT)).forEach(name -> GivenPath.of("the file", name));
        if (decrypt != null) {
            Path unused = GivenPath.ofOutput("--decrypt", decrypt);
        }
        ReportFile file = ReportFile.orNone(report);
        Secret secret = secrets.read(streams);
        if (decrypt != null && secret == null) {
            throw new UsageException(
                    "--decrypt wants the password: --password, --password-file, --password-fd or --nt-hash.");
        }
        try (PcapngWriter out = decrypt == null ? null : writer(decrypt)) {
            Decryption decryption = secret == null ? null : new Decryption(secret, out);
            RecordReport told = new RecordReport(file);
            int code = explain(decryption, told);
            written(told);
            if (decryption != null && out != null && !json) {
                new Messages(streams.err(), streams.errStyle(color))
                        .note(decryption.written() + " datagrams were written to " + decrypt + ".");
            }
            return code;
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException("The file " + decrypt + " cannot be written: " + reason(e) + ".");
        } finally {
            if (secret != null) {
                secret.wipe();
            }
        }
    }

    /** What was encrypted is nobody else's business. */
    private static PcapngWriter writer(String name) throws IOException {
        return new PcapngWriter(new BufferedOutputStream(
                PrivateFile.create("--decrypt", GivenPath.ofOutput("--decrypt", name)), 1 << 16));
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        Throwable why = e instanceof UncheckedIOException && cause != null ? cause : e;
        return why.getClass().getSimpleName() + (why.getMessage() == null ? "" : " (" + why.getMessage() + ")");
    }

    private void written(RecordReport told) {
        Messages messages = new Messages(streams.err(), streams.errStyle(color));
        try {
            if (told.write() && !json) {
                messages.note("the report is in " + report + ".");
            }
        } catch (IOException e) {
            messages.warning("The report cannot be written to " + report + ": " + ReportFile.reason(e) + ".");
        }
    }

    private int explain(@Nullable Decryption decryption, RecordReport told) {
        Explainer explainer =
                new Explainer(decryption, showSecrets ? Explainer.Show.SECRETS : Explainer.Show.BEGINNINGS);
        Messages messages = new Messages(streams.err(), streams.errStyle(color));
        ExplanationView view = new ExplanationView(streams.out(), streams.outStyle(color));
        ExplanationJson written = json ? new ExplanationJson(streams.out()) : null;
        List<Integer> codes = new ArrayList<>();
        for (String file : files) {
            Explanation explanation = read(explainer, file);
            explanation.warnings().forEach(messages::warning);
            told.add(file, explanation);
            if (written != null) {
                written.write(file, explanation);
            } else {
                view.show(
                        file,
                        explanation,
                        files.size() > 1 ? ExplanationView.Heading.FILE : ExplanationView.Heading.NONE);
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
        String words =
                switch (why.getClass().getSimpleName()) {
                    case "NoSuchFileException" -> "there is no such file";
                    case "AccessDeniedException" -> "permission denied";
                    default -> reason(why);
                };
        return new Explanation(List.of(), 0, List.of(), RecordDiagnosis.unreadable(file, words));
    }
}
