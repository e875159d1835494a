package org.jpptp.cli.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Streams;

/**
 * Lines that are to become a profile, without those that could not be in one.
 *
 * @param entries what is left of them
 * @param dropped why the others are left out, each with the line that it came from
 */
public record NewProfile(List<Entry> entries, List<Problem> dropped) {
    /** As sentences name another line of the profile; what stands between quotes is none. */
    private static final Pattern OTHER_LINE = Pattern.compile(" \\(line (\\d{1,6})\\)(?=[^']*(?:'[^']*'[^']*)*$)");

    public NewProfile {
        entries = List.copyOf(entries);
        dropped = List.copyOf(dropped);
    }

    /**
     * Looks at them as {@code connect} would.
     *
     * @throws UsageException where they are more than a profile has room for
     */
    public static NewProfile of(List<Entry> wanted, Profiles profiles, Streams streams) {
        // Before each of them is looked at beside all others.
        Profiles.checkLength(wanted.stream().map(Entry::value).collect(Collectors.joining("\n")));
        List<Entry> lines = new ArrayList<>();
        List<Integer> origins = new ArrayList<>();
        List<Problem> dropped = new ArrayList<>();
        for (Entry entry : wanted) {
            if (ProfileWriter.canBeWritten(entry)) {
                origins.add(entry.line());
                lines.add(new Entry(lines.size() + 1, entry.key(), entry.value()));
            } else {
                dropped.add(new Problem(
                        entry.line(),
                        entry.key()
                                + (entry.value().isEmpty()
                                        ? " has no value."
                                        : " has a value that cannot be written in a profile.")));
            }
        }
        Path nowhere = Path.of("/imported.conf");
        List<Problem> problems =
                ProfileCheck.ofLines(profiles, streams).problems(Profile.of("imported", nowhere, lines));
        for (Problem problem : problems) {
            if (problem.line() > 0) {
                dropped.add(new Problem(origins.get(problem.line() - 1), withOrigins(problem.sentence(), origins)));
                lines.removeIf(entry -> entry.line() == problem.line());
            }
        }
        return new NewProfile(lines, dropped);
    }

    /** A sentence that names another line, with the one that this came from. */
    private static String withOrigins(String sentence, List<Integer> origins) {
        return OTHER_LINE.matcher(sentence).replaceAll(other -> {
            int line = Integer.parseInt(other.group(1));
            int origin = line > 0 && line <= origins.size() ? origins.get(line - 1) : 0;
            return origin == 0 ? "" : " (line " + origin + ")";
        });
    }

    /** Whom it connects to, empty for nobody. */
    public Optional<String> server() {
        return entries.stream()
                .filter(entry -> entry.key().equals(Keys.SERVER))
                .map(Entry::value)
                .findFirst();
    }

    /** Whether a password is among them. */
    public boolean hasPassword() {
        return entries.stream().anyMatch(entry -> entry.key().equals(ProfileText.PASSWORD));
    }

    /** The same for everybody to see. */
    public NewProfile withoutPassword() {
        return new NewProfile(
                entries.stream()
                        .filter(entry -> !entry.key().equals(ProfileText.PASSWORD))
                        .toList(),
                dropped);
    }

    /** As a profile has it. */
    public String text() {
        return ProfileWriter.text(entries);
    }
}
