package org.jpptp.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jpptp.cli.imports.Imported;
import org.jpptp.cli.imports.Importer;
import org.jpptp.cli.imports.Names;
import org.jpptp.cli.imports.Note;
import org.jpptp.cli.profile.Keys;
import org.jpptp.cli.profile.NewProfile;
import org.jpptp.cli.profile.Problem;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.GivenDescriptor;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jpptp import}: a tunnel of another program's becomes a profile. */
@Command(
        name = "import",
        description =
                "Make profiles of a peers file of pppd's, a keyfile of NetworkManager's or a phone book of Windows;"
                        + " tell each key that is left out.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class ImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Streams streams;

    @Parameters(paramLabel = "FILE", description = "What it is is told by what it holds; - is standard input.")
    private String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What the profile is to be called.")
    private @Nullable String name;

    @Option(names = "--entry", paramLabel = "TITLE", description = "Of a phone book, this entry only.")
    private @Nullable String entry;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "chap-secrets or pap-secrets of pppd's, for the password.")
    private @Nullable String secrets;

    @Option(names = "--stdout", description = "Write to standard output, without a password; save nothing.")
    private boolean toStandardOutput;

    ImportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (!toStandardOutput) {
            streams.goOnWithoutOut();
        }
        Profiles profiles = Profiles.of(streams.environment());
        if (name != null && !toStandardOutput) {
            profiles.checkFree(name);
        }
        Map<String, Imported> tunnels = named(chosen(read()), profiles);
        String from = file.equals(STANDARD_INPUT)
                ? "standard input"
                : String.valueOf(path(file).getFileName());
        // All of them are looked at before the first is saved: half of a phone book would be in the way of the next
        // try.
        Map<String, String> texts = new LinkedHashMap<>();
        tunnels.forEach((each, tunnel) -> text(tunnel, from, profiles).ifPresent(text -> texts.put(each, text)));
        if (texts.isEmpty()) {
            throw new UsageException(file + " names no PPTP server that can be connected to.");
        }
        texts.forEach((each, text) -> streams.out()
                .print(
                        toStandardOutput
                                ? text
                                : "Saved as " + profiles.save(each, text) + "; 'jpptp connect " + each
                                        + "' connects by it.\n"));
        return ExitCodes.SUCCESS;
    }

    /** What a tunnel's profile is to say; empty where there is nobody to connect to. Tells what it does not say. */
    private Optional<String> text(Imported tunnel, String from, Profiles profiles) {
        NewProfile profile = NewProfile.of(tunnel.entries(), profiles, streams);
        tunnel.notes().forEach(note -> tell(note.in(from)));
        for (Problem problem : profile.dropped()) {
            tell(new Note(problem.line(), Note.Weight.NOTE, "left out: " + problem.sentence()).in(from));
        }
        if (profile.server().isEmpty()) {
            tell(new Note(
                            tunnel.line(),
                            Note.Weight.NOTE,
                            "this entry names no PPTP server that can be connected to, and is left out.")
                    .in(from));
            return Optional.empty();
        }
        if (toStandardOutput && profile.hasPassword()) {
            tell(new Note(0, Note.Weight.NOTE, "the password is not written to standard output.").in(from));
        }
        String head = "# " + Style.visible(tunnel.title().isEmpty() ? from : tunnel.title() + ", of " + from) + "\n";
        String text = head + (toStandardOutput ? profile.withoutPassword() : profile).text();
        Profiles.checkLength(text);
        return Optional.of(text);
    }

    private void tell(String line) {
        streams.err().println(Style.visible(line));
    }

    private List<Imported> read() {
        String text = text(file);
        String keys = secrets == null ? null : text(secrets);
        Path folder = file.equals(STANDARD_INPUT)
                ? path("").toAbsolutePath()
                : Objects.requireNonNull(path(file).toAbsolutePath().getParent(), "a file is in a folder");
        return new Importer(Set.copyOf(Keys.all().names()), named -> included(folder, named)).read(text, keys);
    }

    private List<Imported> chosen(List<Imported> all) {
        List<Imported> tunnels = all.stream().filter(this::isChosen).toList();
        if (tunnels.isEmpty()) {
            throw new UsageException(
                    "There is no entry '" + Numbers.shown(String.valueOf(entry)) + "' in " + file + ".");
        }
        all.stream()
                .filter(tunnel -> isChosen(tunnel) && !tunnel.isTunnel())
                .forEach(tunnel -> tunnel.notes().forEach(note -> tell(note.in(file))));
        List<Imported> usable = tunnels.stream().filter(Imported::isTunnel).toList();
        if (usable.isEmpty()) {
            throw new UsageException(file + " names no PPTP server.");
        }
        if (name != null && usable.size() > 1) {
            throw new UsageException(
                    "--name is for one entry, and " + file + " has " + usable.size() + "; choose one with --entry.");
        }
        return usable;
    }

    private boolean isChosen(Imported tunnel) {
        return entry == null || tunnel.title().equals(entry);
    }

    private Map<String, Imported> named(List<Imported> tunnels, Profiles profiles) {
        Map<String, Imported> named = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(toStandardOutput ? List.of() : profiles.names());
        for (Imported tunnel : tunnels) {
            String title = tunnel.title().isEmpty() ? stem() : tunnel.title();
            String chosen = name == null ? Names.of(title, taken) : name;
            taken.add(chosen);
            named.put(chosen, tunnel);
        }
        return named;
    }

    private String stem() {
        return file.equals(STANDARD_INPUT)
                ? "imported"
                : String.valueOf(path(file).getFileName()).replaceFirst("\\.[A-Za-z]+$", "");
    }

    private String text(String named) {
        if (named.equals(STANDARD_INPUT)) {
            if (!GivenDescriptor.isOpen(0)) {
                throw new UsageException("Standard input is not open.");
            }
            try {
                return text(streams.in(), named);
            } catch (IOException e) {
                throw new UsageException("Standard input cannot be read.");
            }
        }
        Path path = path(named);
        if (Files.isDirectory(path)) {
            throw new UsageException("The file " + named + " is a directory.");
        }
        if (!Files.exists(path)) {
            throw new UsageException("The file " + named + " does not exist.");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return text(in, named);
        } catch (IOException e) {
            throw new UsageException("The file " + named + " cannot be read.");
        }
    }

    private static String text(InputStream in, String named) throws IOException {
        byte[] octets = in.readNBytes(Importer.MOST_OCTETS + 1);
        if (octets.length > Importer.MOST_OCTETS) {
            throw new UsageException("The file " + named + " is longer than any that is meant.");
        }
        return Importer.text(octets);
    }

    /** Null where it cannot be read: what it would say is left out, and said so. */
    private @Nullable String included(Path folder, String named) {
        try {
            Path path = folder.resolve(named);
            return Files.isRegularFile(path) ? text(path.toString()) : null;
        } catch (UsageException | InvalidPathException e) {
            return null;
        }
    }

    private static Path path(String text) {
        return GivenPath.of("the file", text);
    }
}
