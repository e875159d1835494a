package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a journal holds: a line with the version, one with the owner, then one for each {@link Change}. A line counts once
 * it is ended: the change behind an unfinished one was never begun. Whatever cannot be read ends the journal.
 *
 * @param owner empty when already the head is damaged
 * @param changes oldest first
 * @param extent whether something had to be left out
 */
record JournalText(Optional<JournalOwner> owner, List<Change> changes, Extent extent) {
    /** How much of a journal could be read. */
    enum Extent {
        WHOLE,
        /** The last line has no end: the process was killed while it wrote it, before it made that change. */
        UNFINISHED,
        /** There is a line that nobody understands. */
        DAMAGED
    }

    private static final int VERSION = 2;
    /** Knew changes by {@code ip} only, and did not name the kind. */
    private static final int FIRST_VERSION = 1;

    private static final Pattern HEAD = Pattern.compile("jpptp undo ([1-9]\\d{0,8})\n");

    JournalText {
        changes = List.copyOf(changes);
    }

    boolean isWhole() {
        return extent == Extent.WHOLE;
    }

    /** Whether more may have been done than is in it. */
    boolean isDamaged() {
        return extent == Extent.DAMAGED;
    }

    /** The head of a new journal. */
    static String head(JournalOwner owner) {
        return "jpptp undo " + VERSION + "\n" + owner.line() + "\n";
    }

    /** Whether a later program wrote it, which knows changes that we do not. */
    static boolean isOfLaterVersion(String text) {
        return version(text) > VERSION;
    }

    static JournalText parse(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        boolean isWhole = lines.remove(lines.size() - 1).isEmpty(); // what follows the last line's end
        int version = version(text);
        boolean isKnown = version == VERSION || version == FIRST_VERSION;
        Optional<JournalOwner> owner =
                lines.size() < 2 || !isKnown ? Optional.empty() : JournalOwner.parse(lines.get(1));
        List<Change> changes = new ArrayList<>();
        if (owner.isEmpty()) {
            return new JournalText(owner, changes, Extent.DAMAGED);
        }
        for (String line : lines.subList(2, lines.size())) {
            Optional<? extends Change> change =
                    version == FIRST_VERSION ? IpChange.parse(IpChange.KIND + " " + line) : Change.parse(line);
            if (change.isEmpty()) {
                return new JournalText(owner, changes, Extent.DAMAGED);
            }
            changes.add(change.get());
        }
        return new JournalText(owner, changes, isWhole ? Extent.WHOLE : Extent.UNFINISHED);
    }

    private static int version(String text) {
        Matcher matcher = HEAD.matcher(text);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
