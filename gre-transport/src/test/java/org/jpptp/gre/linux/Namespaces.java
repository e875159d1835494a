package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.io.Errno;
import org.jpptp.gre.io.Libc;

/** Two network namespaces joined by a veth pair, 10.47.0.1 and 10.47.0.2; needs root and iproute2. */
final class Namespaces {
    private final String name =
            "gre-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime() % 46_656, 36);
    final String left = name + "l";
    final String right = name + "r";

    Namespaces() throws Exception {
        run("ip netns add " + left);
        run("ip netns add " + right);
        run("ip -n " + left + " link add veth0 type veth peer name veth0 netns " + right);
        setUp(left, "10.47.0.1/24");
        setUp(right, "10.47.0.2/24");
    }

    private static void setUp(String namespace, String address) throws Exception {
        run("ip -n " + namespace + " addr add " + address + " dev veth0");
        run("ip -n " + namespace + " link set lo up");
        run("ip -n " + namespace + " link set veth0 up");
        // Every ICMP error counts here, and the kernel would send about one a second.
        in(namespace, () -> Files.writeString(Path.of("/proc/sys/net/ipv4/icmp_ratelimit"), "0"));
    }

    /** Runs a command, words separated by blanks; it must succeed. */
    static void run(String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" ", -1)).inheritIO().start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    /** Runs something on a thread of its own that lives in a namespace; its sockets belong to that. */
    static <T> T in(String namespace, Callable<T> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                int fd = Libc.open("/run/netns/" + namespace, Libc.O_RDONLY | Libc.O_CLOEXEC, 0);
                int entered = Libc.setns(fd, Libc.CLONE_NEWNET);
                String why = entered == 0 ? "" : Errno.describe(Libc.errno());
                Libc.close(fd);
                assertThat(entered).as("setns: %s", why).isZero();
                result.complete(action.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return result.get(120, TimeUnit.SECONDS);
    }

    void remove() throws Exception {
        run("ip netns del " + left);
        run("ip netns del " + right);
    }
}
