package org.jpptp.client.tunnel;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Hands tasks to an executor that others use too, each when the one before it is over. From any thread. */
final class OneByOne implements Executor {
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    OneByOne(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
        if (!busy) {
            next();
        }
    }

    private synchronized void next() {
        Runnable task = waiting.poll();
        busy = task != null;
        if (task != null) {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    next();
                }
            });
        }
    }
}
