package org.jpptp.cli.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.ppp.text.PacketText;

/**
 * The beginning and the end of a trace, in bounded memory, without what a password could be found by. For any thread.
 */
public final class TraceRing implements Consumer<String> {
    /** A negotiation has less. */
    private static final int FIRST = 48 << 10;

    private static final int LAST = 64 << 10;
    private static final int LONGEST = 1000;

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private int firstOctets;
    private int lastOctets;
    private long leftOut;

    @Override
    public synchronized void accept(String line) {
        String kept = PacketText.shortened(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        if (leftOut == 0 && last.isEmpty() && firstOctets + kept.length() < FIRST) {
            first.add(kept);
            firstOctets += kept.length();
            return;
        }
        last.add(kept);
        lastOctets += kept.length();
        while (lastOctets > LAST) {
            lastOctets -= last.removeFirst().length();
            leftOut++;
        }
    }

    /** All that is there, a line each. */
    public synchronized List<String> lines() {
        List<String> all = new ArrayList<>(first);
        if (leftOut > 0) {
            all.add("(" + leftOut + " lines are left out here)");
        }
        all.addAll(last);
        return all;
    }
}
