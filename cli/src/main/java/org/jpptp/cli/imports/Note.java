package org.jpptp.cli.imports;

/**
 * Something that the profile does not say as the file did, or that somebody should know.
 *
 * @param line of the file, 0 for the whole of it
 * @param sentence without the place; ends with a full stop, and holds no secret
 */
public record Note(int line, Weight weight, String sentence) {
    /** How much it matters. */
    public enum Weight {
        /** What the tunnel does not need, or cannot have here. */
        NOTE,
        /** What makes the tunnel weaker. */
        WARNING
    }

    /** Such as {@code office:7: warning: …}. */
    public String in(String file) {
        return file + (line == 0 ? "" : ":" + line) + ": " + (weight == Weight.WARNING ? "warning: " : "") + sentence;
    }
}
