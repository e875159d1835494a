package org.jpptp.cli.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A value that counts.
 *
 * @param line of the profile that has it, 0 for none: then it is what is taken without a line
 */
public record Effective(String key, String value, int line) {
    /** How the help tells what an option is taken for that is not given. */
    private static final Pattern DEFAULT = Pattern.compile("Default: (.+?)(?:(?<!\\.)\\.)?$");

    /** Everything that a profile comes to, in the order of the help; of a password only that it is there. */
    public static List<Effective> all(Profile profile) {
        Keys keys = Keys.all();
        List<Effective> values = new ArrayList<>();
        for (String key : keys.names()) {
            List<Entry> entries = profile.entries().stream()
                    .filter(entry -> entry.key().equals(key))
                    .toList();
            for (Entry entry : entries) {
                values.add(new Effective(
                        key, key.equals(ProfileText.PASSWORD) ? "(not shown)" : entry.value(), entry.line()));
            }
            if (entries.isEmpty()) {
                keys.option(key).flatMap(Effective::otherwise).ifPresent(values::add);
            }
        }
        return values;
    }

    private static Optional<Effective> otherwise(OptionSpec option) {
        if (option.arity().max() == 0) {
            return Optional.of(new Effective(Keys.name(option), Keys.OFF, 0));
        }
        Matcher told = DEFAULT.matcher(String.join(" ", option.description()));
        return told.find() ? Optional.of(new Effective(Keys.name(option), told.group(1), 0)) : Optional.empty();
    }
}
