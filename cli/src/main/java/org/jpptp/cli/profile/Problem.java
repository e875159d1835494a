package org.jpptp.cli.profile;

import java.util.Comparator;

/**
 * What is wrong with a profile.
 *
 * @param line its number, from 1; 0 for the whole file
 * @param sentence without the place; ends with a full stop, and holds no secret
 */
public record Problem(int line, String sentence) {
    /** As one reads a file. */
    static final Comparator<Problem> BY_LINE = Comparator.comparingInt(Problem::line);

    /** Such as {@code office.conf:7: there is no key 'mpe'.} */
    public String in(String file) {
        return file + (line == 0 ? "" : ":" + line) + ": " + sentence;
    }
}
