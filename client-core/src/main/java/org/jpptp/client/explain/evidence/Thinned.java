package org.jpptp.client.explain.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As many of the things that came one after the other as there is room for, at equal distances, and always the first and the
 * last: when it is full, every other one goes, and from then on only every other one is taken.
 */
final class Thinned<T> {
    private final int most;
    private final List<T> kept = new ArrayList<>();
    private long offered;
    private long distance = 1;
    private @Nullable T last;

    /** @param most at least 2 */
    Thinned(int most) {
        this.most = most;
    }

    void add(T next) {
        if (offered++ % distance != 0) {
            last = next;
            return;
        }
        last = null;
        if (kept.size() + 1 >= most) {
            thin();
            if ((offered - 1) % distance != 0) {
                last = next;
                return;
            }
        }
        kept.add(next);
    }

    private void thin() {
        List<T> fewer = new ArrayList<>();
        for (int i = 0; i < kept.size(); i += 2) {
            fewer.add(kept.get(i));
        }
        kept.clear();
        kept.addAll(fewer);
        distance *= 2;
    }

    /** As if nothing had come. */
    void clear() {
        kept.clear();
        last = null;
        offered = 0;
        distance = 1;
    }

    /** In their order. */
    List<T> all() {
        List<T> all = new ArrayList<>(kept);
        if (last != null) {
            all.add(last);
        }
        return all;
    }
}
