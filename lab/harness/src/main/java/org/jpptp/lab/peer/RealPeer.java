package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's pptpd and pppd with the kernel's MPPE, in a user-mode Linux guest (see {@code docs/real-peer.md}). The server
 * is the witness of every negotiation that is not ours: assert on its log too.
 *
 * <p>It lives in a network namespace of its own, in which this side is 10.99.0.1. When this JVM ends, however it ends,
 * nothing of it is left.
 */
public final class RealPeer implements AutoCloseable {
    /** What a default client agrees to: MS-CHAPv2 and 128-bit stateless encryption. */
    public static final List<String> MPPE_128 = List.of("require-mschap-v2", "require-mppe-128");

    /** MS-CHAPv2 and 40-bit encryption, stateless unless the client asks for stateful. */
    public static final List<String> MPPE_40 =
            List.of("require-mschap-v2", "require-mppe-40", "nomppe-128", "mppe-stateful");

    /** The server's address inside the tunnel. */
    public static final String INNER_ADDRESS = "192.168.77.1";

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final List<String> LOGS = List.of("pppd.log", "pptpd.log", "extra.log", "radius.log", "console.log");

    private final Path folder;
    private final TestNamespace namespace;
    private final Process keeper;
    private final OutputLines output;
    private final Map<String, String> finalLogs = new HashMap<>();
    private boolean stopped;

    RealPeer(Path folder, TestNamespace namespace, Process keeper) {
        this.folder = folder;
        this.namespace = namespace;
        this.keeper = keeper;
        this.output = new OutputLines(keeper.getInputStream(), namespace.name());
    }

    /** A scenario to be filled. */
    public static Scenario builder() {
        return new Scenario();
    }

    /** A scenario with the options of {@link #MPPE_128} and one user. */
    public static RealPeer start(String user, String password) {
        return builder().options(MPPE_128).user(user, password).start();
    }

    /** Where the server listens, seen from {@link #namespace}. */
    public String serverAddress() {
        return "10.99.0.2";
    }

    /** The namespace that holds the guest's link; run clients here, or join another namespace to it. */
    public TestNamespace namespace() {
        return namespace;
    }

    /** The device in {@link #namespace} behind which the server is. */
    public String device() {
        return "peer0";
    }

    /** What pppd said of the negotiations, with the option {@code debug}; empty before the first call. */
    public String pppdLog() {
        return log("pppd.log");
    }

    /** What pptpd and pptpctrl said of the control connections. */
    public String pptpdLog() {
        return log("pptpd.log");
    }

    /** What the extra script printed. */
    public String extraLog() {
        return log("extra.log");
    }

    /** What RADIUS said of every request; empty without it. */
    public String radiusLog() {
        return log("radius.log");
    }

    /**
     * Gives pppd other options, in force from the next call on.
     *
     * @param lines of pppd's options file, as {@link Scenario#options} takes them, instead of those
     */
    public void reconfigure(List<String> lines) {
        try {
            // A new file in the place of the old one: the guest may have the old one's content in memory.
            Path written = Files.createTempFile(folder, "options", "");
            Files.writeString(written, Scenario.optionsFile(Files.exists(folder.resolve("quiet")), lines), UTF_8);
            Files.move(written, folder.resolve("options"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Runs a bash script as root in the guest, over a connection outside the tunnel.
     *
     * @return its standard output; the last command has to succeed
     */
    public String exec(String script) {
        return new GuestShell(namespace).run(script);
    }

    /** Where one of the guest's scripts is on this side; in the guest it is in /run/peer. */
    Path script(String name) {
        return folder.resolve(name);
    }

    /** Waits until pppd or pptpd has logged something that matches, and returns the match. */
    public String awaitLog(String regex, Duration timeout) {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            String logs = pppdLog() + pptpdLog();
            Matcher matcher = pattern.matcher(logs);
            if (matcher.find()) {
                return matcher.group();
            }
            if (System.nanoTime() - deadline > 0 || !keeper.isAlive()) {
                throw new AssertionError("the peer did not log /" + regex + "/ within " + timeout + ":\n" + logs);
            }
            sleep();
        }
    }

    /** What pppd has logged after so many characters, as soon as this text is in it. */
    public String awaitPppd(int after, String text, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            String log = pppdLog().substring(after);
            if (log.contains(text)) {
                return log;
            }
            if (System.nanoTime() - deadline > 0 || !keeper.isAlive()) {
                throw new AssertionError("pppd did not log " + text + " within " + timeout + ":\n" + log);
            }
            sleep();
        }
    }

    /** Powers the guest off; the logs stay readable. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            if (keeper.isAlive()) {
                keeper.getOutputStream().write('\n');
                keeper.getOutputStream().flush();
            }
            output.await("^ENDED$", STOP_LIMIT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            LOGS.forEach(name -> finalLogs.put(name, read(name)));
            end();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Waits until the server listens. */
    RealPeer awaitReady() {
        try {
            String line = output.await("^(READY|ENDED)$", BOOT_LIMIT);
            if (line.equals("ENDED")) {
                throw new AssertionError("the peer did not start:\n" + output.text());
            }
            return this;
        } catch (AssertionError failure) {
            end();
            throw failure;
        }
    }

    private void end() {
        try {
            keeper.getOutputStream().close();
            if (!keeper.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                keeper.descendants().forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError("the peer does not end:\n" + output.text());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String log(String name) {
        return stopped ? finalLogs.getOrDefault(name, "") : read(name);
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name), ISO_8859_1);
        } catch (NoSuchFileException notYet) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
