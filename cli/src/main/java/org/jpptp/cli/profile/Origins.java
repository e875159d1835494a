package org.jpptp.cli.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jpptp.cli.usage.Numbers;
import org.jpptp.cli.usage.OptionWords;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Where each value was said, on the command line or in which line of a profile, and how a sentence that names options reads to
 * whoever said them there.
 *
 * @param file what sentences call the profile
 * @param lines the lines that count, by key
 * @param given the options of the command line, without dashes
 */
record Origins(String file, Map<String, List<Entry>> lines, Set<String> given) implements Wording {
    /** What stands between quotes is the user's, and names nothing. */
    private static final String QUOTED = "(?<!\\w)'[^']*'(?!\\w)";

    /** An option, with the value behind it where that can be told from the words of a sentence; or the argument. */
    private static final String OPTION =
            "(?<![\\w-])(?:--([a-z][a-z0-9-]*[a-z0-9])(?: (none|any|\\d[\\d,]*)(?!\\w))?|-u\\b|SERVER\\b)";

    private static final Pattern NAMED = Pattern.compile("(" + QUOTED + ")|" + OPTION);

    Origins {
        lines = Map.copyOf(lines);
        given = Set.copyOf(given);
    }

    /** What is told of a sentence about options. */
    UsageException exception(String sentence) {
        return exception(about(sentence));
    }

    /** What is told of a problem. */
    UsageException exception(Problem problem) {
        return problem.line() == 0 ? new UsageException(problem.sentence()) : new ProfileException(file, problem);
    }

    /**
     * The line of the profile that a sentence about options is about, and the sentence, in keys where the profile has them; line 0
     * where it is about an argument. The first one that was given decides that, and so how options read that are only advised.
     */
    Problem about(String sentence) {
        int line = named().matcher(sentence)
                .results()
                .filter(named -> !isQuoted(named))
                .map(Origins::key)
                .filter(key -> given.contains(key) || lines.containsKey(key))
                .findFirst()
                .map(key -> given.contains(key) ? 0 : line(key, sentence))
                .orElse(0);
        return new Problem(
                line,
                named().matcher(sentence).replaceAll(named -> Matcher.quoteReplacement(word(named, sentence, line))));
    }

    /** What names an option in a sentence, or is quoted there: values of the profile to their end, whatever is in them. */
    private Pattern named() {
        String values = lines.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.value().indexOf('\'') >= 0)
                .map(entry -> Pattern.quote("'" + Numbers.shown(entry.value()) + "'") + "|")
                .collect(Collectors.joining());
        return values.isEmpty() ? NAMED : Pattern.compile("(" + values + QUOTED + ")|" + OPTION);
    }

    /** The same of a sentence that need not name an option: it is about the value of one of these. */
    Problem about(Set<String> ofTheSame, String sentence) {
        Problem problem = about(sentence);
        return problem.line() != 0 || !problem.sentence().equals(sentence)
                ? problem
                : ofTheSame.stream()
                        .filter(lines::containsKey)
                        .findFirst()
                        .map(key -> new Problem(line(key, sentence), sentence))
                        .orElse(problem);
    }

    private String word(MatchResult named, String sentence, int about) {
        if (isQuoted(named)) {
            return named.group();
        }
        String key = key(named);
        String value = named.group(3);
        boolean isHere = !given.contains(key) && lines.containsKey(key);
        boolean isAdvised = about > 0 && !given.contains(key) && Keys.all().isOption(key);
        if (!isHere && !isAdvised) {
            return named.group();
        }
        int line = isHere ? line(key, sentence) : about;
        String where = about == 0 ? " (" + file + ":" + line + ")" : line == about ? "" : " (line " + line + ")";
        return isHere && value == null ? key + where : setting(key, value) + where;
    }

    private String setting(String key, @Nullable String value) {
        if (value != null) {
            return key + " = " + value;
        }
        return Keys.all().isFlag(key) ? key + " = " + Keys.ON : key;
    }

    private static boolean isQuoted(MatchResult named) {
        return named.group(1) != null;
    }

    private static String key(MatchResult named) {
        if (named.group(2) != null) {
            return named.group(2);
        }
        return named.group().equals("-u") ? Keys.USER : Keys.SERVER;
    }

    /** Of several lines of a key, the one whose value the sentence quotes. */
    private int line(String key, String sentence) {
        List<Entry> entries = lines.getOrDefault(key, List.of());
        return entries.stream()
                .filter(entry -> sentence.contains("'" + Numbers.shown(entry.value()) + "'"))
                .findFirst()
                .orElse(entries.get(0))
                .line();
    }

    /** As a key, unless the option was given, or is none. */
    @Override
    public String of(Setting setting, @Nullable String value) {
        String option = OptionWords.of(setting, value);
        String key = setting == Setting.USER
                ? Keys.USER
                : option.replaceFirst("^--", "").replaceFirst(" .*", "");
        if (given.contains(key) || !Keys.all().isOption(key)) {
            return option;
        }
        return "'" + setting(key, setting == Setting.ALLOW_WEAK ? null : value) + "'";
    }
}
