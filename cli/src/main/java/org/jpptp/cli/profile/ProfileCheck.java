package org.jpptp.cli.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.view.Streams;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a profile, where {@code connect} stops at the first. */
public final class ProfileCheck {
    /** Stands in for what is missing or wrong, so that the rest can be looked at. */
    private static final String ANY = "any";

    private final Profiles profiles;
    private final Streams streams;
    private final @Nullable NamedFiles files;

    private ProfileCheck(Profiles profiles, Streams streams, @Nullable NamedFiles files) {
        this.profiles = profiles;
        this.streams = streams;
        this.files = files;
    }

    /** Of the lines alone: root's rights are enough to see the files only where the profile is named on the command line. */
    public static ProfileCheck ofLines(Profiles profiles, Streams streams) {
        return new ProfileCheck(profiles, streams, null);
    }

    /** Of the files that they name, too. */
    public static ProfileCheck ofAll(Profiles profiles, Streams streams, NamedFiles files) {
        return new ProfileCheck(profiles, streams, files);
    }

    /** What is wrong, by line; nothing where {@code connect} takes the profile as it is. */
    public List<Problem> problems(Profile profile) {
        Keys keys = Keys.all();
        List<Problem> problems = new ArrayList<>(profile.problems());
        problems.addAll(keys.problems(profile.entries()));
        Set<Integer> wrong = problems.stream().map(Problem::line).collect(Collectors.toSet());
        List<Entry> entries = new ArrayList<>(profile.entries());
        if (entries.isEmpty() && wrong.contains(0)) {
            // No text at all.
            return problems;
        }
        require(Keys.SERVER, "with the server's name or address.", profile, entries, problems);
        require(Keys.USER, "with the name to log on with.", profile, entries, problems);
        entries.removeIf(entry -> wrong.contains(entry.line()));
        values(profile, entries, problems);
        problems.sort(Problem.BY_LINE);
        return problems.stream().distinct().toList();
    }

    private static void require(String key, String what, Profile profile, List<Entry> entries, List<Problem> problems) {
        if (!profile.unread().test(key)
                && entries.stream().noneMatch(entry -> entry.key().equals(key))) {
            problems.add(new Problem(0, "the key '" + key + "' is missing, " + what));
        }
        // Found first, and of no line; the real one follows, if there is one.
        entries.add(new Entry(0, key, ANY));
    }

    /** The first that is wrong is told, and left out; then the first of what is left. */
    private void values(Profile profile, List<Entry> all, List<Problem> problems) {
        List<Entry> entries = new ArrayList<>(all);
        for (boolean more = true; more; ) {
            more = false;
            try {
                Launch launch = Launch.of(Profile.of(profile.name(), profile.file(), once(entries)), profiles);
                ConnectOptions.Checked checked = launch.check(streams);
                if (files != null) {
                    problems.addAll(files.problems(launch, checked));
                }
            } catch (ProfileException e) {
                problems.add(e.problem());
                more = entries.removeIf(
                        entry -> entry.line() > 0 && entry.line() == e.problem().line());
            }
        }
    }

    /** Without what stands in where the real one is there. */
    private static List<Entry> once(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.line() > 0
                        || entries.stream()
                                .noneMatch(
                                        other -> other.line() > 0 && other.key().equals(entry.key())))
                .toList();
    }
}
