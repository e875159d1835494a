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
import org.jpptp.cli.argument.Described;
import org.jpptp.cli.argument.Flag;
import org.jpptp.cli.argument.Operand;
import org.jpptp.cli.argument.Text;
import org.jpptp.cli.imports.Imported;
import org.jpptp.cli.imports.Importer;
import org.jpptp.cli.imports.Names;
import org.jpptp.cli.imports.Note;
import org.jpptp.cli.profile.Keys;
import org.jpptp.cli.profile.NewProfile;
import org.jpptp.cli.profile.Problem;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.Endings;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.GivenDescriptor;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;
import org.jpptp.cli.view.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jpptp import}: a tunnel of another program's becomes a profile. */
final class ImportCommand extends Command {
    private static final String STANDARD_INPUT = "-";

    private final Streams streams;

    private final Operand file = Operand.required("FILE", "What it is is told by what it holds; - is standard input.");

    private final Text name = new Text("--name", "NAME", "What the profile is to be called.");

    private final Text entry = new Text("--entry", "TITLE", "Of a phone book, this entry only.");

    private final Text secrets =
            new Text("--secrets", "FILE", "chap-secrets or pap-secrets of pppd's, for the password.");

    private final Flag toStandardOutput =
            new Flag("--stdout", "Write to standard output, without a password; save nothing.");

    ImportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        if (!toStandardOutput.isSet()) {
            streams.goOnWithoutOut();
        }
        Profiles profiles = Profiles.of(streams.environment());
        String given = name.value();
        if (given != null && !toStandardOutput.isSet()) {
            profiles.checkFree(given);
        }
        Map<String, Imported> tunnels = named(chosen(read()), profiles);
        String from = file.text().equals(STANDARD_INPUT)
                ? "standard input"
                : String.valueOf(path(file.text()).getFileName());
        // All of them are looked at before the first is saved, and all are saved or none: half of a phone book would be
        // in the way
        // of the next try.
        Map<String, String> texts = new LinkedHashMap<>();
        tunnels.forEach((each, tunnel) -> text(tunnel, from, profiles).ifPresent(text -> texts.put(each, text)));
        if (texts.isEmpty()) {
            throw new UsageException(file.text() + " names no PPTP server that can be connected to.");
        }
        if (toStandardOutput.isSet()) {
            texts.values().forEach(streams.out()::print);
        } else {
            profiles.saveAll(texts)
                    .forEach((each, file) -> streams.out()
                            .print("Saved as " + file + "; 'jpptp connect " + each + "' connects by it.\n"));
        }
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
        if (toStandardOutput.isSet() && profile.hasPassword()) {
            tell(new Note(0, Note.Weight.NOTE, "the password is not written to standard output.").in(from));
        }
        String head = "# " + Style.visible(tunnel.title().isEmpty() ? from : tunnel.title() + ", of " + from) + "\n";
        String text = head + (toStandardOutput.isSet() ? profile.withoutPassword() : profile).text();
        Profiles.checkLength(text);
        return Optional.of(text);
    }

    private void tell(String line) {
        streams.err().println(Style.visible(line));
    }

    private List<Imported> read() {
        String given = file.text();
        String text = text(given);
        String secret = secrets.value();
        String keys = secret == null ? null : text(secret);
        Path folder = given.equals(STANDARD_INPUT)
                ? path("").toAbsolutePath()
                : Objects.requireNonNull(path(given).toAbsolutePath().getParent(), "a file is in a folder");
        return new Importer(Set.copyOf(Keys.all().names()), named -> included(folder, named)).read(text, keys);
    }

    private List<Imported> chosen(List<Imported> all) {
        List<Imported> tunnels = all.stream().filter(this::isChosen).toList();
        if (tunnels.isEmpty()) {
            throw new UsageException("There is no entry '" + Numbers.shown(entry.or("")) + "' in " + file.text() + ".");
        }
        all.stream()
                .filter(tunnel -> isChosen(tunnel) && !tunnel.isTunnel())
                .forEach(tunnel -> tunnel.notes().forEach(note -> tell(note.in(file.text()))));
        List<Imported> usable = tunnels.stream().filter(Imported::isTunnel).toList();
        if (usable.isEmpty()) {
            throw new UsageException(file.text() + " names no PPTP server.");
        }
        if (name.isGiven() && usable.size() > 1) {
            throw new UsageException("--name is for one entry, and " + file.text() + " has " + usable.size()
                    + "; choose one with --entry.");
        }
        return usable;
    }

    private boolean isChosen(Imported tunnel) {
        return !entry.isGiven() || tunnel.title().equals(entry.value());
    }

    private Map<String, Imported> named(List<Imported> tunnels, Profiles profiles) {
        Map<String, Imported> named = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(toStandardOutput.isSet() ? List.of() : profiles.names());
        for (Imported tunnel : tunnels) {
            String title = tunnel.title().isEmpty() ? stem() : tunnel.title();
            String chosen = name.isGiven() ? name.or("") : Names.of(title, taken);
            taken.add(chosen);
            named.put(chosen, tunnel);
        }
        return named;
    }

    private String stem() {
        return file.text().equals(STANDARD_INPUT)
                ? "imported"
                : String.valueOf(path(file.text()).getFileName()).replaceFirst("\\.[A-Za-z]+$", "");
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

    @Override
    CommandSpec describe() {
        return Described.command(
                        "import",
                        this,
                        "Make profiles of a peers file of pppd's, a keyfile of NetworkManager's or a phone book of Windows;"
                                + " tell each key that is left out.")
                .exitCodes(Endings.of("All that can be connected to are saved, or shown."))
                .with(file, name, entry, secrets, toStandardOutput)
                .spec();
    }
}
