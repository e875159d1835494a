package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace of its own, with its own {@code /etc/resolv.conf}.
 *
 * <p>A keeper process holds it: when this JVM ends, however it ends, the keeper kills what still runs in the namespace
 * and deletes it. Needs root.
 */
public final class TestNamespace implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration KEEPER_LIMIT = Duration.ofMinutes(2);
    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            mkdir -p "/etc/netns/$1" && echo 'nameserver 192.0.2.53' > "/etc/netns/$1/resolv.conf" || exit 1
            ip netns add "$1" && ip -n "$1" link set lo up || exit 1
            ip netns exec "$1" sysctl -qw net.ipv6.conf.default.accept_dad=0 2> /dev/null
            echo made
            read -r _
            ip netns pids "$1" | xargs -r kill -KILL
            ip netns del "$1"
            rm -rf "/etc/netns/$1" "/run/jpptp.$1" "/run/jpptp.$1.lasting"
            rmdir --ignore-fail-on-non-empty /etc/netns
            """;

    /** The shell becomes the program. */
    private static final String ITS_OWN_RUN = """
            mkdir -p -m 700 /run/jpptp "/run/jpptp.$0" /var/lib/jpptp "/run/jpptp.$0.lasting" &&
              mount --bind "/run/jpptp.$0" /run/jpptp && mount --bind "/run/jpptp.$0.lasting" /var/lib/jpptp && exec "$@"
            """;

    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final String name;
    private final @Nullable Process keeper;

    private TestNamespace(String name, @Nullable Process keeper) {
        this.name = name;
        this.keeper = keeper;
    }

    /** Makes one; its loopback is up, and there is nothing else in it. */
    public static TestNamespace create() {
        String name = freshName("ns");
        try {
            Process keeper = new ProcessBuilder("bash", "-c", KEEPER, "keeper", name)
                    .redirectErrorStream(true)
                    .start();
            new OutputLines(keeper.getInputStream(), name).await("^made$", KEEPER_LIMIT);
            return new TestNamespace(name, keeper);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One that another process keeps. */
    static TestNamespace keptElsewhere(String name) {
        return new TestNamespace(name, null);
    }

    /** A name that no other process and no other call gets. */
    static String freshName(String kind) {
        return "jpptp-" + kind + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    public String name() {
        return name;
    }

    /** The command line that runs the program in here, without a process of its own in front of it. */
    public List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(program);
        return command;
    }

    /**
     * The command line that runs a jpptp in here. Its journals and control sockets are this namespace's, as those of a host
     * of its own would be: tunnels of tests at the same time have the same names.
     */
    List<String> commandOfAHost(List<String> jpptp) {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", ITS_OWN_RUN, name));
        shell.addAll(jpptp);
        return command(shell);
    }

    /** Runs a program in here to its end. */
    public Command.Result exec(String... program) {
        return exec(Command.LIMIT, program);
    }

    /** Runs a program in here to its end. */
    public Command.Result exec(Duration limit, String... program) {
        return Command.run(limit, "", command(List.of(program)));
    }

    /**
     * Starts a program in here; its output comes as it appears.
     *
     * @param input its whole standard input
     */
    OutputLines start(String input, List<String> program) {
        try {
            Process process = new ProcessBuilder(command(program))
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            return new OutputLines(process.getInputStream(), program.get(0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Joins this namespace and another with a pair of devices, both up. */
    public void link(String device, TestNamespace other, String otherDevice) {
        Command.run("ip", "-n", name, "link", "add", device, "type", "veth", "peer", otherDevice, "netns", other.name)
                .orThrow();
        exec("ip", "link", "set", device, "up").orThrow();
        other.exec("ip", "link", "set", otherDevice, "up").orThrow();
    }

    /** Gives a device an address, such as {@code 10.1.0.2/24}. */
    public void address(String device, String cidr) {
        exec("ip", "addr", "add", cidr, "dev", device).orThrow();
    }

    /** Adds a route, in the words of {@code ip route add}. */
    public void route(String words) {
        List<String> command = new ArrayList<>(List.of("ip", "route", "add"));
        command.addAll(List.of(words.split(" ")));
        exec(command.toArray(String[]::new)).orThrow();
    }

    /** Loads rules in the notation of {@code nft -f}. */
    public void nft(String rules) {
        Command.run(Command.LIMIT, rules, command(List.of("nft", "-f", "-"))).orThrow();
    }

    /**
     * Everything about the network that a tunnel may change, as text: two of them are equal when nothing is left behind.
     */
    public String hostState() {
        // An IPv6 address that the kernel is still trying out changes by itself a moment later.
        long deadline = System.nanoTime() + SETTLED.toNanos();
        String state = stateNow();
        while (state.contains(" tentative") && System.nanoTime() - deadline < 0) {
            state = stateNow();
        }
        return state;
    }

    private String stateNow() {
        StringBuilder state = new StringBuilder();
        for (String command : List.of(
                "ip addr",
                "ip -4 route show table all",
                "ip -6 route show table all",
                "ip -4 rule",
                "ip -6 rule",
                "nft list ruleset",
                "cat /etc/resolv.conf")) {
            state.append("# ").append(command).append('\n');
            state.append(exec(command.split(" ")).orThrow());
        }
        return state.toString();
    }

    /** The folder that is {@code /run/jpptp} to a jpptp in here, from the first one's start on. */
    public Path runFolder() {
        return Path.of("/run/jpptp." + name);
    }

    /** The folder that is {@code /var/lib/jpptp} to a jpptp in here, from the first one's start on. */
    public Path lastingFolder() {
        return Path.of("/run/jpptp." + name + ".lasting");
    }

    /** The file that is {@code /etc/resolv.conf} in here. */
    public Path resolvConf() {
        return Path.of("/etc/netns", name, "resolv.conf");
    }

    /** Whether it is still there. */
    public boolean exists() {
        return Files.exists(Path.of("/run/netns", name));
    }

    @Override
    public void close() {
        if (keeper == null) {
            return;
        }
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(KEEPER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the keeper of " + name + " does not end");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
