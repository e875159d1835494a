package org.jpptp.client.driver;

import java.util.concurrent.Future;
import org.jpptp.client.host.TunnelLoop;
import org.jspecify.annotations.Nullable;

/** The one task that wakes a machine at its deadline. On the machine's event loop only. */
public final class WakeUp {
    private final TunnelLoop loop;
    private final Runnable machine;
    private @Nullable Future<?> task;
    private long at;

    /**
     * @param machine run at or after the deadline; it arms again
     */
    public WakeUp(TunnelLoop loop, Runnable machine) {
        this.loop = loop;
        this.machine = machine;
    }

    /**
     * Makes sure that the machine is run when it wants to be. A deadline that has moved away costs nothing: the old task
     * then comes early, which does no harm.
     *
     * @param deadlineNanos by the loop's clock, {@link Long#MAX_VALUE} for never
     */
    public void arm(long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE || (task != null && at - deadlineNanos <= 0)) {
            return;
        }
        cancel();
        at = deadlineNanos;
        task = loop.schedule(this::run, Math.max(0, deadlineNanos - loop.now()));
    }

    /** Wakes nobody any more. */
    public void cancel() {
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void run() {
        task = null;
        machine.run();
    }
}
