package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A network namespace of one test's own. */
public final class TestNamespace implements AutoCloseable {
    private final String name;

    private TestNamespace(String name) {
        this.name = name;
    }

    /** Skips the test, with the reason, where namespaces or TUN devices cannot be made. */
    public static TestNamespace create(String suffix) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
        assumeTrue(
                List.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip").stream()
                        .anyMatch(path -> Files.isExecutable(Path.of(path))),
                "needs iproute2");
        TestNamespace namespace = new TestNamespace(
                "hosttest-" + suffix + "-" + ProcessHandle.current().pid());
        run("ip", "netns", "add", namespace.name);
        namespace.ip("link", "set", "lo", "up");
        return namespace;
    }

    /** With an interface {@code eth0}, 192.0.2.2/24, and a default route. */
    static TestNamespace withUplink(String suffix) throws Exception {
        TestNamespace namespace = create(suffix);
        namespace.ip("link", "add", "eth0", "type", "veth", "peer", "name", "far");
        // Nothing that changes by itself while a test compares states.
        namespace.ip("link", "set", "eth0", "addrgenmode", "none");
        namespace.ip("link", "set", "far", "addrgenmode", "none", "up");
        namespace.ip("link", "set", "eth0", "up");
        while (namespace.ip("link").contains("LOWERLAYERDOWN")) {
            Thread.sleep(10);
        }
        namespace.ip("addr", "add", "192.0.2.2/24", "dev", "eth0");
        namespace.ip("route", "add", "default", "via", "192.0.2.1");
        return namespace;
    }

    public String name() {
        return name;
    }

    /** Runs {@code ip} inside and gives what it printed. */
    public String ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Everything that a tunnel could have changed. */
    String state() throws IOException {
        // The queue of an interface that was up once stays, and how a persistent one was opened last; that is nothing
        // that
        // anybody configured.
        return String.join(
                "\n",
                ip("-d", "addr").replaceAll(" qdisc \\S+", "").replace("vnet_hdr on", "vnet_hdr off"),
                ip("route", "show", "table", "all"),
                ip("rule"),
                ip("-6", "route", "show", "table", "all"),
                ip("-6", "rule"));
    }

    public <T> T call(Callable<T> work) throws Exception {
        return NetworkNamespace.call(name, work);
    }

    /** Runs a command in the namespace of the calling thread; it must succeed. */
    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as(String.join(" ", command) + ": " + output)
                .isZero();
        return output;
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "del", name);
    }
}
