package org.jpptp.client.explain.log;

import java.util.List;

/** The way in which one program writes its log. */
interface Dialect {
    /** Reads a line; false where it is none of this program's. */
    boolean line(long number, String line);

    /** Nothing more comes. */
    void end();

    /** A look in haste: most lines of most logs are about something else, and hold none of the words. */
    static boolean holdsAny(String line, List<String> words) {
        for (String word : words) {
            if (line.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
