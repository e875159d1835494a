package org.jpptp.cli.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.UsageSentence;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What can stand in a profile: the options of {@code connect} by their long names, so that a new option is a key by itself; the
 * server; and the password. What only says how one run is shown is no key.
 */
public final class Keys {
    /** The argument that is no option. */
    static final String SERVER = "server";

    static final String USER = "user";
    static final String PASSWORD_FILE = "password-file";
    static final String NEW_PASSWORD_FILE = "new-password-file";

    static final String ON = "on";
    static final String OFF = "off";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private static final String DASHES = "--";
    static final String STANDARD_INPUT = "-";

    /** Of what each does the same: one of them on the command line takes the place of all in the profile. */
    private static final List<Set<String>> TWINS = List.of(
            Set.of(PASSWORD_FILE, "password-fd", ProfileText.PASSWORD), Set.of(NEW_PASSWORD_FILE, "new-password-fd"));

    private static final Set<String> OF_ROUTES = Set.of("proxy", "route", "metric");

    private static final Set<String> OF_ONE_RUN =
            Set.of(ProfileText.PASSWORD, "password-fd", "change-password", NEW_PASSWORD_FILE, "new-password-fd");

    private final Map<String, OptionSpec> options = new LinkedHashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    private Keys(CommandSpec connect) {
        Set<String> shown = new LinkedHashSet<>();
        Objects.requireNonNull(connect.mixins().get(ConnectOptions.OUTPUT))
                .options()
                .forEach(option -> shown.add(name(option)));
        for (OptionSpec option : connect.options()) {
            if (shown.contains(name(option))) {
                others.add(name(option));
            } else {
                options.put(name(option), option);
            }
        }
    }

    /** Those of this version. */
    public static Keys all() {
        return Once.ALL;
    }

    /** Where there is no profile, nobody needs them. */
    private static final class Once {
        private static final Keys ALL = new Keys(new ConnectOptions().spec());
    }

    /** The option's name as a key: the long one, without dashes. */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** Every key, in the order of the help, the server first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(SERVER));
        names.addAll(options.keySet());
        names.add(ProfileText.PASSWORD);
        return names;
    }

    /** Options that are no keys. */
    Set<String> others() {
        return Set.copyOf(others);
    }

    /** The option of this name; empty for the keys that are none. */
    Optional<OptionSpec> option(String key) {
        return Optional.ofNullable(options.get(key));
    }

    /** Whether it says something of one run only: a descriptor is open once, a password is changed once. */
    static boolean isOfOneRun(Entry entry) {
        return OF_ONE_RUN.contains(entry.key()) || entry.value().equals(STANDARD_INPUT);
    }

    boolean isOption(String key) {
        return options.containsKey(key);
    }

    /** Whether it takes on or off. */
    public boolean isFlag(String key) {
        OptionSpec option = options.get(key);
        return option != null && option.arity().max() == 0;
    }

    /** Whether it may stand there more than once. */
    public boolean isRepeatable(String key) {
        OptionSpec option = options.get(key);
        return option != null && option.isMultiValue();
    }

    /** Keys that one of this name takes the place of, itself included. */
    static Set<String> twins(String key) {
        return TWINS.stream().filter(twins -> twins.contains(key)).findFirst().orElse(Set.of(key));
    }

    /** What of a profile does not hold where this option is given. Routes cannot be taken back one by one, and a proxy has none. */
    static Set<String> replacedBy(String option) {
        return option.equals("proxy") ? OF_ROUTES : twins(option);
    }

    /** What is wrong with these lines as far as keys go: each by itself, and with one another. */
    List<Problem> problems(List<Entry> entries) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Entry entry : entries) {
            String sentence = sentence(entry);
            Integer before = lines.putIfAbsent(entry.key(), entry.line());
            if (sentence.isEmpty() && before != null && !isRepeatable(entry.key())) {
                sentence = entry.key() + " stands in line " + before + " already.";
            }
            if (!sentence.isEmpty()) {
                problems.add(new Problem(entry.line(), sentence));
            }
        }
        Integer password = lines.get(ProfileText.PASSWORD);
        for (String twin : twins(ProfileText.PASSWORD)) {
            Integer line = lines.get(twin);
            if (password != null && line != null && !twin.equals(ProfileText.PASSWORD)) {
                problems.add(
                        new Problem(password, "password and " + twin + " (line " + line + ") exclude each other."));
            }
        }
        return problems;
    }

    /** What is wrong with a line, empty for nothing. */
    private String sentence(Entry entry) {
        String key = entry.key();
        if (others.contains(key)) {
            return key + " is no key, since it says how one run is shown; give --" + key + " to the command.";
        }
        if (!options.containsKey(key) && !key.equals(SERVER) && !key.equals(ProfileText.PASSWORD)) {
            // A line that was cut in the wrong place: a password may be in it.
            return WORD.matcher(key).matches()
                    ? "there is no key '" + key + "'" + suggestion(key)
                    : "what stands before the '=' is no key.";
        }
        if (isFlag(key) && !entry.value().equals(ON) && !entry.value().equals(OFF)) {
            return key + " takes on or off, not '" + Numbers.shown(entry.value()) + "'.";
        }
        return entry.value().isEmpty() && !key.equals(ProfileText.PASSWORD) ? key + " has no value." : "";
    }

    private String suggestion(String key) {
        return UsageSentence.nearest(
                        key.replaceFirst("^-+", "").replace('_', '-').toLowerCase(Locale.ROOT), names())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(".");
    }

    /** Whether its value is the path of a file. */
    static boolean isFile(OptionSpec option) {
        return option.paramLabel().equals("FILE");
    }

    /**
     * The line as the argument that says the same.
     *
     * @param folder of the profile, which a relative path to a file begins at
     */
    List<String> arguments(Entry entry, Path folder) {
        OptionSpec option = options.get(entry.key());
        if (option == null || (entry.value().equals(OFF) && isFlag(entry.key()))) {
            return List.of();
        }
        if (isFlag(entry.key())) {
            return List.of(DASHES + entry.key());
        }
        boolean isFile = isFile(option) && !entry.value().equals(STANDARD_INPUT);
        return List.of(DASHES + entry.key() + "="
                + (isFile && !entry.value().startsWith("/") ? folder + "/" + entry.value() : entry.value()));
    }
}
