package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a journal holds: a line with the version, one with the owner, then one for each change. A line counts once it is
 * ended: the change behind an unfinished one was never begun. Whatever cannot be read ends the journal.
 *
 * @param owner empty when already the head is damaged
 * @param undos oldest first
 * @param isWhole whether nothing had to be left out
 */
record JournalText(Optional<JournalOwner> owner, List<Undo> undos, boolean isWhole) {
    private static final String VERSION = "jpptp undo 1";

    JournalText {
        undos = List.copyOf(undos);
    }

    /** The head of a new journal. */
    static String head(JournalOwner owner) {
        return VERSION + "\n" + owner.line() + "\n";
    }

    static JournalText parse(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        boolean isWhole = lines.remove(lines.size() - 1).isEmpty(); // what follows the last line's end
        Optional<JournalOwner> owner =
                lines.size() < 2 || !lines.get(0).equals(VERSION) ? Optional.empty() : JournalOwner.parse(lines.get(1));
        List<Undo> undos = new ArrayList<>();
        if (owner.isEmpty()) {
            return new JournalText(owner, undos, false);
        }
        for (String line : lines.subList(2, lines.size())) {
            Optional<Undo> undo = Undo.parse(line);
            if (undo.isEmpty()) {
                return new JournalText(owner, undos, false);
            }
            undos.add(undo.get());
        }
        return new JournalText(owner, undos, isWhole);
    }
}
