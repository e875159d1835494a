package org.jpptp.client.explain;

import java.util.List;
import org.jpptp.client.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A file, explained.
 *
 * @param calls the tunnels in it, in order
 * @param more tunnels that were counted only
 * @param warnings what the user should know beside
 * @param unusable why there is nothing to be explained; null where there is
 */
public record Explanation(
        List<Explained> calls,
        long more,
        List<String> warnings,
        @Nullable Failure unusable) {
    public Explanation {
        calls = List.copyOf(calls);
        warnings = List.copyOf(warnings);
    }
}
