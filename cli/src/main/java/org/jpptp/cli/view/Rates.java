package org.jpptp.cli.view;

import java.util.concurrent.TimeUnit;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jspecify.annotations.Nullable;

/** How fast a tunnel is, from one look at its counters to the next. Of one who looks; used on one thread at a time. */
public final class Rates {
    /** What passes in less says nothing. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private @Nullable Traffic before;
    private long lookedNanos;

    /** Since the look before; null for the first. */
    public synchronized @Nullable JsonObject since(Traffic traffic, long now) {
        Traffic earlier = before;
        long nanos = now - lookedNanos;
        if (earlier != null && nanos < LEAST_NANOS) {
            return null;
        }
        before = traffic;
        lookedNanos = now;
        return earlier == null
                ? null
                : new JsonObject.Builder()
                        .put("bitsPerSecondSent", rate(8 * (traffic.octetsSent() - earlier.octetsSent()), nanos))
                        .put(
                                "bitsPerSecondReceived",
                                rate(8 * (traffic.octetsReceived() - earlier.octetsReceived()), nanos))
                        .put("packetsPerSecondSent", rate(traffic.datagramsSent() - earlier.datagramsSent(), nanos))
                        .put(
                                "packetsPerSecondReceived",
                                rate(traffic.datagramsReceived() - earlier.datagramsReceived(), nanos))
                        .put("overMs", TimeUnit.NANOSECONDS.toMillis(nanos))
                        .build();
    }

    private static long rate(long count, long nanos) {
        return Math.round(Math.max(0, count) * 1e9 / nanos);
    }
}
