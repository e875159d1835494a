package org.jpptp.cli.usage;

/** Whole numbers in arguments. */
public final class Numbers {
    private Numbers() {}

    /**
     * Reads a number of a range.
     *
     * @param option whose it is
     * @param unit empty for none
     * @throws UsageException for anything else
     */
    public static int parse(String option, String text, int min, int max, String unit) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        String of = unit.isEmpty() ? "" : " " + unit;
        throw new UsageException(
                option + " takes a whole number from " + min + " to " + max + of + ", not '" + shown(text) + "'.");
    }

    /** An argument as a sentence quotes it: bounded, and without what could steer a terminal. */
    public static String shown(String argument) {
        String text = argument.length() > 60 ? argument.substring(0, 60) + "..." : argument;
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
                .reduce("", String::concat);
    }
}
