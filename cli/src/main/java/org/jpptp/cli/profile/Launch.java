package org.jpptp.cli.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.cli.argument.Arguments;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.UserOptions;
import org.jpptp.cli.secret.PasswordSource;
import org.jpptp.cli.socket.TunnelName;
import org.jpptp.cli.usage.GivenPath;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.UsageSentence;
import org.jpptp.cli.usage.Wording;
import org.jpptp.cli.view.Streams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a tunnel is started with: the options of a command line, and below them those of a profile. What is given on the command
 * line takes the place of all that the profile says of the same.
 */
public final class Launch {
    /**
     * What a tunnel keeps to from its start on, and what can be otherwise without anything going another way. The password is not
     * asked for again, and how long to wait and what to show is each start's own business.
     */
    private static final Set<String> BESIDES = Set.of(
            "interface",
            "offload",
            "echo-interval",
            "echo-failures",
            "max-tries",
            "capture",
            "log",
            "anonymous",
            "show-secrets",
            "report");

    private final Profiles profiles;
    private final ConnectOptions options;
    private final @Nullable Profile profile;
    private final Origins origins;

    private Launch(Profiles profiles, ConnectOptions options, @Nullable Profile profile, Origins origins) {
        this.profiles = profiles;
        this.options = options;
        this.profile = profile;
        this.origins = origins;
    }

    /**
     * What a command line starts. Where its SERVER is the name of a profile, or the path of one, the profile's values are put
     * into the options that were not given.
     *
     * @param options of a command, that have been parsed
     * @param parsed that command's
     * @throws UsageException where the profile cannot be read, or its lines cannot be understood
     */
    public static Launch of(ConnectOptions options, ParseResult parsed, Profiles profiles) {
        Set<String> given = parsed.matchedOptions().stream().map(Keys::name).collect(Collectors.toSet());
        Profile profile = profiles.find(options.target()).orElse(null);
        return profile == null
                ? new Launch(profiles, options, null, new Origins("", Map.of(), given))
                : of(options, given, profile, profiles);
    }

    /** A profile's alone. */
    public static Launch of(Profile profile, Profiles profiles) {
        return of(new ConnectOptions(), Set.of(), profile, profiles);
    }

    private static Launch of(ConnectOptions options, Set<String> given, Profile profile, Profiles profiles) {
        Keys keys = Keys.all();
        Set<String> replaced = new HashSet<>(given);
        given.forEach(option -> replaced.addAll(Keys.replacedBy(option)));
        List<Entry> entries = profile.entries().stream()
                .filter(entry -> !replaced.contains(entry.key()))
                .toList();
        List<Problem> problems = new ArrayList<>(profile.problems());
        problems.addAll(keys.problems(entries));
        if (!problems.isEmpty()) {
            problems.sort(Problem.BY_LINE);
            throw new ProfileException(profile.shortName(), problems.get(0));
        }
        Map<String, List<Entry>> lines =
                entries.stream().collect(Collectors.groupingBy(Entry::key, LinkedHashMap::new, Collectors.toList()));
        Launch launch = new Launch(profiles, options, profile, new Origins(profile.shortName(), lines, given));
        launch.take(entries, keys);
        return launch;
    }

    /** Puts the profile's values where the command line left the defaults. */
    private void take(List<Entry> entries, Keys keys) {
        Path folder = Objects.requireNonNull(
                profile().orElseThrow().file().toAbsolutePath().getParent(), "a file is in a folder");
        String[] arguments = entries.stream()
                .flatMap(entry -> keys.arguments(entry, folder).stream())
                .toArray(String[]::new);
        CommandLine line = Arguments.line(new ConnectOptions().spec()).setExpandAtFiles(false);
        // It has the key 'server' for that. A loop, since a reference to a method of picocli's would keep the class
        // that has the
        // method out of class data (packaging/launcher/prepare).
        for (ArgSpec server : List.copyOf(line.getCommandSpec().positionalParameters())) {
            line.getCommandSpec().remove(server);
        }
        try {
            for (OptionSpec option : line.parseArgs(arguments).matchedOptions()) {
                ArgSpec same = options.spec().findOption(option.longestName());
                same.setValue(option.getValue());
            }
        } catch (ParameterException e) {
            throw origins.exception(UsageSentence.of(e));
        }
        List<Entry> server = origins.lines().getOrDefault(Keys.SERVER, List.of());
        if (server.isEmpty()) {
            throw new ProfileException(
                    origins.file(), new Problem(0, "the key 'server' is missing, with the server's name or address."));
        }
        options.setTarget(server.get(0).value());
    }

    /** What a profile says that comes to the same: all but passwords, and what is of one run. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(List.of(new Entry(0, Keys.SERVER, options.target())));
        for (OptionSpec option : options.spec().options()) {
            String key = Keys.name(option);
            Object value = option.getValue();
            if (value != null && !value.equals(false) && Keys.all().isOption(key)) {
                (value instanceof List<?> list ? list : List.of(value))
                        .forEach(each -> entries.add(new Entry(0, key, text(option, each))));
            }
        }
        return entries.stream().filter(entry -> !Keys.isOfOneRun(entry)).toList();
    }

    /** The options beside those that {@code asked} of a status tells one by one, as they were given: such as {@code --log /tmp/log}. */
    public List<String> besides() {
        List<String> given = new ArrayList<>();
        for (OptionSpec option : options.spec().options()) {
            Object value = option.getValue();
            if (BESIDES.contains(Keys.name(option)) && value != null && !value.equals(false)) {
                given.add(option.longestName() + (value.equals(true) ? "" : " " + text(option, value)));
            }
        }
        return given;
    }

    private static String text(OptionSpec option, Object value) {
        if (value.equals(true)) {
            return Keys.ON;
        }
        String text = value.toString();
        return Keys.isFile(option) && !text.equals("-")
                ? GivenPath.of("--" + Keys.name(option), text).toAbsolutePath().toString()
                : text;
    }

    /** The profile that the values come from; empty where all are arguments. */
    public Optional<Profile> profile() {
        return Optional.ofNullable(profile);
    }

    /** Where the profile is, whichever way it was named; empty where all are arguments. */
    public Optional<String> place() {
        return profile().map(Launch::place);
    }

    private static String place(Profile profile) {
        try {
            return profile.file().toRealPath().toString();
        } catch (IOException e) {
            return profile.file().toAbsolutePath().normalize().toString(); // it was there a moment ago
        }
    }

    /** The tunnel's, which is the profile's; empty where nobody has named it. */
    public Optional<TunnelName> name() {
        return profile().flatMap(named -> TunnelName.of(named.name()));
    }

    /** How settings read to the user: as keys where a profile has them, else as options. */
    public Wording wording() {
        return profile == null ? Wording.OPTIONS : origins;
    }

    /**
     * Understands everything, and contacts and reads nothing.
     *
     * @throws UsageException for the first value that is wrong
     */
    public ConnectOptions.Checked check(Streams streams) {
        if (!options.hasUser()) {
            throw nobody();
        }
        try {
            ConnectOptions.Checked checked = options.check(streams, elsewhere(streams.environment()));
            return profile == null ? checked : checked.with(told(checked.user()));
        } catch (UsageException e) {
            throw origins.exception(e.sentence());
        }
    }

    private UsageException nobody() {
        if (profile != null) {
            return new ProfileException(
                    origins.file(), new Problem(0, "the key 'user' is missing; add it, or give -u NAME."));
        }
        return new UsageException(
                Profiles.isName(options.target())
                        ? "--user is missing, and there is no profile '" + options.target() + "' in "
                                + profiles.places() + "."
                        : "--user is missing.");
    }

    /** Whether the profile has the password itself. */
    boolean hasPassword() {
        return origins.lines().containsKey(ProfileText.PASSWORD);
    }

    /** The file that a key names; empty for none, and for standard input. */
    Optional<Path> file(String key) {
        return Optional.ofNullable(options.spec().findOption("--" + key).<String>getValue())
                .filter(text -> !text.equals(Keys.STANDARD_INPUT))
                .map(text -> GivenPath.of("--" + key, text));
    }

    /** What is wrong with the value of a key. */
    Problem problem(String key, String sentence) {
        return origins.about(Set.of(key), sentence);
    }

    /** A sentence about options, with the line of the profile that it is about. */
    UsageException told(String sentence) {
        return origins.exception(sentence);
    }

    /** Where the password is, unless an option says so: in the profile, or with systemd. */
    private Optional<PasswordSource> elsewhere(Map<String, String> environment) {
        if (profile == null) {
            return Optional.empty();
        }
        if (hasPassword()) {
            return Optional.of(profiles.password(profile.file()));
        }
        String credentials = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        if (!Profiles.isName(profile.name())) {
            return Optional.empty();
        }
        String file = profile.name() + ".password";
        return GivenPath.ofVariable(credentials)
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .map(PasswordSource::credential);
    }

    /** The same, with the line of the profile before what is said when a password cannot be read. */
    private UserOptions.Checked told(UserOptions.Checked user) {
        PasswordSource changed = user.newPassword();
        return new UserOptions.Checked(
                user.name(),
                told(ProfileText.PASSWORD, user.password()),
                user.interactive(),
                changed == null ? null : told(Keys.NEW_PASSWORD_FILE, changed));
    }

    private PasswordSource told(String key, PasswordSource source) {
        return () -> {
            try {
                return source.read();
            } catch (UsageException e) {
                throw origins.exception(origins.about(Keys.twins(key), e.sentence()));
            }
        };
    }
}
