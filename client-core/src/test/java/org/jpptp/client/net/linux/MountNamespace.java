package org.jpptp.client.net.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A thread whose /etc is its own, and empty: what it writes there, the host never sees. */
final class MountNamespace {
    private static final int CLONE_NEWNS = 0x20000; // sched.h

    private MountNamespace() {}

    /** Skips the test, with the reason, where such a thing cannot be made. */
    static void call(Callable<Void> work) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            int result = NativeLibrary.getProcess().getFunction("unshare").invokeInt(new Object[] {CLONE_NEWNS});
            if (result != 0) {
                return false;
            }
            TestNamespace.run("mount", "--make-rprivate", "/");
            TestNamespace.run("mount", "-t", "tmpfs", "none", "/etc");
            work.call();
            return true;
        });
        new Thread(task, "mounts").start();
        try {
            assumeTrue(task.get(), "needs a mount namespace");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
