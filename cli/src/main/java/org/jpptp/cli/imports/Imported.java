package org.jpptp.cli.imports;

import java.util.List;
import org.jpptp.cli.profile.Entry;

/**
 * What a tunnel of another program's comes to.
 *
 * @param title what it is called there, empty where it has no name
 * @param line where it begins, 0 for the file
 * @param entries of a profile
 * @param notes by line
 */
public record Imported(String title, int line, List<Entry> entries, List<Note> notes) {
    public Imported {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /** Whether there is something to connect to. */
    public boolean isTunnel() {
        return entries.stream().anyMatch(entry -> entry.key().equals("server"));
    }
}
