package org.jpptp.cli.usage;

import java.util.List;
import picocli.CommandLine.MissingParameterException;
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
        if (!problem.isUnknownOption()) {
            return problem.getCommandLine().getParent() == null
                    ? "There is no command '"
                            + Numbers.shown(problem.getUnmatched().get(0)) + "'." + suggestion(problem)
                    : "There are more arguments than SERVER.";
        }
        String option = problem.getUnmatched().get(0).replaceFirst("=.*", "");
        if (option.equals("--password") || option.equals("-p")) {
            return "There is no option " + option + ", since everybody on this machine could read the password;"
                    + " use --password-file, --password-fd, or wait for the prompt.";
        }
        return "There is no option " + Numbers.shown(option) + "." + suggestion(problem);
    }

    private static String suggestion(UnmatchedArgumentException problem) {
        List<String> suggestions = problem.getSuggestions();
        return suggestions.isEmpty() ? "" : " Did you mean " + suggestions.get(0) + "?";
    }
}
