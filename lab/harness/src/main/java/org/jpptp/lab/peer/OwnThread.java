package org.jpptp.lab.peer;

import java.util.concurrent.Executor;

/**
 * Gives each task a thread of its own: for tasks that wait for one another, which the common pool does not suit. On two
 * processors it has one thread.
 */
public final class OwnThread implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "own");
        thread.setDaemon(true);
        thread.start();
    }
}
