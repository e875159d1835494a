package org.jpptp.client.session;

import java.util.List;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * How a session is doing at one moment.
 *
 * @param doing what is being waited for, a clause; null where traffic flows
 * @param weaknesses of what was agreed on, a sentence each
 */
public record SessionStatus(@Nullable String doing, List<String> weaknesses, Traffic traffic) {
    public SessionStatus {
        weaknesses = List.copyOf(weaknesses);
    }
}
