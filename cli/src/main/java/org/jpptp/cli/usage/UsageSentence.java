package org.jpptp.cli.usage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli refuses, in sentences that name the option and repeat no value: it might be a password. */
public final class UsageSentence {
    private UsageSentence() {}

    public static String of(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (problem instanceof MissingParameterException missing
                && missing.getMissing().size() == 1
                && missing.getMissing().get(0).isPositional()) {
            return missing.getMissing().get(0).paramLabel() + " is missing.";
        }
        String message = String.valueOf(problem.getMessage()).strip();
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
    }

    private static String unmatched(UnmatchedArgumentException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        if (!problem.isUnknownOption()) {
            return command.subcommands().isEmpty() && command.parent() != null
                    ? tooMany(command)
                    : "There is no command '"
                            + Numbers.shown(problem.getUnmatched().get(0)) + "'." + suggestion(problem);
        }
        String option = problem.getUnmatched().get(0).replaceFirst("=.*", "");
        if (option.equals("--password") || option.equals("-p")) {
            return "There is no option " + option + ", since everybody on this machine could read the password;"
                    + " use --password-file, --password-fd, or wait for the prompt.";
        }
        if (command.findOption(option) != null) {
            return "Behind -- stands no option, and " + option + " is one; put it in front of that.";
        }
        return "There is no option " + Numbers.shown(option) + "." + suggestion(problem);
    }

    private static String tooMany(CommandSpec command) {
        String taken = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" and "));
        return taken.isEmpty()
                ? "There are arguments, and " + command.name() + " takes none."
                : "There are more arguments than " + taken + ".";
    }

    private static String suggestion(UnmatchedArgumentException problem) {
        String given = problem.getUnmatched().get(0).replaceFirst("=.*", "");
        return problem.getSuggestions().stream()
                .filter(suggestion -> isNear(given, suggestion))
                .findFirst()
                .map(suggestion -> " Did you mean " + suggestion + "?")
                .orElse("");
    }

    /** Which of these somebody may have meant who gave another. */
    public static Optional<String> nearest(String given, List<String> meant) {
        return meant.stream()
                .filter(word -> isNear(given, word))
                .min(Comparator.comparingInt(word -> distance(given, word)));
    }

    /** Whether somebody who meant the one could have typed the other: every third letter at most is wrong, or it goes on. */
    public static boolean isNear(String given, String meant) {
        return (given.length() > 3 && meant.startsWith(given))
                || distance(given, meant) <= Math.max(1, Math.min(given.length(), meant.length()) / 3);
    }

    /** Letters to be inserted, left out or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
