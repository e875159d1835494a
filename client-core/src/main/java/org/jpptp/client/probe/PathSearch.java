package org.jpptp.client.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the largest size that passes, in rounds: all of a falling scale at once, again what got no answer, then finer scales
 * between what passes and what does not.
 */
final class PathSearch {
    private static final List<Integer> SCALE =
            List.of(1500, 1492, 1480, 1460, 1440, 1420, 1400, 1360, 1320, 1300, 1280, 1200, 1000, 800, 576);
    private static final int STEPS = 8;

    private final int most;
    private List<Integer> sizes;
    private int passes;
    /** What twice did not pass. */
    private final TreeSet<Integer> failed = new TreeSet<>();

    private int tries;
    /** Whether the smallest of those is tried for a third time. */
    private boolean inDoubt;

    private boolean lost;

    /** @param most the largest size that is of interest */
    PathSearch(int most) {
        this.most = most;
        failed.add(most + 1);
        List<Integer> scale = new ArrayList<>(List.of(most));
        SCALE.stream().filter(size -> size < most).forEach(scale::add);
        sizes = scale;
    }

    /** What to send now, the largest first. */
    List<Integer> round() {
        return List.copyOf(sizes);
    }

    /** One came back. */
    void passed(int size) {
        passes = Math.max(passes, size);
    }

    /** What has not come back by now will not. */
    void roundOver() {
        lost = true;
        if (++tries == 1) {
            sizes = sizes.stream().filter(size -> size > passes).toList();
            if (!sizes.isEmpty()) {
                return;
            }
        }
        tries = 0;
        sizes.stream().filter(size -> size > passes).forEach(failed::add);
        boolean sure = inDoubt && sizes.stream().anyMatch(size -> size > passes);
        inDoubt = false;
        sizes = sure || passes == 0 ? List.of() : finer();
        if (sizes.isEmpty() && !sure && passes > 0 && fails() <= most) {
            // A busy host may have answered too late both times, and an octet less passes.
            sizes = List.of(fails());
            inDoubt = true;
            tries = 1;
        }
    }

    /** The smallest that twice did not pass and is larger than what does. */
    private int fails() {
        return failed.tailSet(passes + 1).first();
    }

    private List<Integer> finer() {
        List<Integer> finer = new ArrayList<>();
        int step = Math.max(1, (fails() - passes) / STEPS);
        for (int size = fails() - step; size > passes; size -= step) {
            finer.add(size);
        }
        return finer;
    }

    /** Whether the answer is found, or there is none. */
    boolean isOver() {
        return passes == most || sizes.isEmpty();
    }

    /** Whether anything that was sent has not come back. */
    boolean hasLost() {
        return lost;
    }

    /** The largest that passes, 0 for none. */
    int passes() {
        return passes;
    }

    /** Whether a larger one was tried. */
    boolean isLimited() {
        return passes > 0 && passes < most;
    }
}
