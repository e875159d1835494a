package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /** What every scenario wants of pppd. */
    private static final List<String> BASE =
            List.of("logfile /run/peer/pppd.log", "nobsdcomp", "nodeflate", "novj", "lcp-echo-interval 0");

    private static final List<String> SCRIPTS =
            List.of("run", "guest-init", "uml-xstate.c", "radius", "weather", "datagrams", "inner-services");

    /** Keeps the scenario's folder until this JVM has read the logs, or has died. */
    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            taskset --cpu-list "$4" bash "$1/run" "$2" "$1" "$3"
            echo ENDED
            read -r _
            rm -rf "$1"
            """;

    private final Path folder;
    private final TestNamespace namespace;
    private final Process keeper;
    private final OutputLines output;
    private final Map<String, String> finalLogs = new HashMap<>();
    private boolean stopped;

    private RealPeer(Path folder, TestNamespace namespace, Process keeper) {
        this.folder = folder;
        this.namespace = namespace;
        this.keeper = keeper;
        this.output = new OutputLines(keeper.getInputStream(), namespace.name());
    }

    /** A scenario to be filled. */
    public static Builder builder() {
        return new Builder();
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
     * @param lines of pppd's options file, as {@link Builder#options} takes them, instead of those
     */
    public void reconfigure(List<String> lines) {
        try {
            // A new file in the place of the old one: the guest may have the old one's content in memory.
            Path written = Files.createTempFile(folder, "options", "");
            Files.writeString(written, optionsFile(Files.exists(folder.resolve("quiet")), lines), UTF_8);
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

    /** Where one of {@link #SCRIPTS} is on this side; in the guest it is in /run/peer. */
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

    private static String optionsFile(boolean quiet, List<String> lines) {
        return (quiet ? "" : "debug\n") + String.join("\n", BASE) + "\n" + String.join("\n", lines) + "\n";
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

    /** What the server is to be like. */
    public static final class Builder {
        private final List<String> options = new ArrayList<>();
        private final StringBuilder secrets = new StringBuilder();
        private String extra = "";
        private boolean quiet;
        private boolean beside;
        private @Nullable Path preload;
        private Duration life = Duration.ofHours(1);

        private Builder() {}

        /** Lines of pppd's options file, each an option with its arguments. */
        public Builder options(String... lines) {
            return options(List.of(lines));
        }

        /** Lines of pppd's options file, each an option with its arguments. */
        public Builder options(List<String> lines) {
            options.addAll(lines);
            return this;
        }

        /** Somebody who may log in; a name with a domain is written {@code DOMAIN\name}. */
        public Builder user(String name, String password) {
            secrets.append(quote(name)).append(" * ").append(quote(password)).append(" *\n");
            return this;
        }

        /** A name server for the client. Two at most. */
        public Builder dns(String address) {
            return options("ms-dns " + address);
        }

        /** A WINS server for the client. Two at most. */
        public Builder wins(String address) {
            return options("ms-wins " + address);
        }

        /** A bash script that root runs in the guest before the server starts. It must end; servers go to the background. */
        public Builder extra(String script) {
            extra = "#!/bin/bash\nset -e\n" + script + "\n";
            return this;
        }

        /**
         * A FreeRADIUS server in the guest, with the users of this scenario, and pppd asks it about each of them.
         * An accepted user comes with keys for MPPE (RFC 2548 §2.4).
         */
        public Builder radius() {
            return radius("with-keys");
        }

        /** The same with a FreeRADIUS server that returns no keys. */
        public Builder radiusWithoutKeys() {
            return radius("without-keys");
        }

        /** The same with one that returns another key for what the server sends than the password makes. */
        public Builder radiusWithOtherSendKey() {
            return radius("other-send-key");
        }

        /** The same with one that returns another key for what the server receives. */
        public Builder radiusWithOtherReceiveKey() {
            return radius("other-recv-key");
        }

        /** The same with one that returns other keys for both directions. */
        public Builder radiusWithOtherKeys() {
            return radius("other-keys");
        }

        private Builder radius(String kind) {
            extra("/run/peer/radius " + kind);
            return options("plugin radius.so", "radius-config-file /run/radius/client.conf");
        }

        /**
         * pptpd and pppd leave out what they say of single packets. It costs them more than the packets, so that much
         * traffic in bad weather is lost on it.
         */
        public Builder quiet() {
            quiet = true;
            return this;
        }

        /** It runs beside other guests, and takes no processor time from those that are not so. */
        public Builder besideOthers() {
            beside = true;
            return this;
        }

        /** A library between the guest's kernel and this machine's, behind the one that {@code run} puts there itself. */
        public Builder preload(Path library) {
            preload = library;
            return this;
        }

        /** How long the guest lives at most; an hour unless said, as a slow machine takes its time. */
        public Builder life(Duration longest) {
            life = longest;
            return this;
        }

        /** Boots it, and returns when the server listens. */
        public RealPeer start() {
            String name = TestNamespace.freshName("peer");
            try {
                Path folder = Files.createTempDirectory(name + "-");
                for (String script : SCRIPTS) {
                    unpack(script, folder);
                }
                Files.writeString(folder.resolve("options"), optionsFile(quiet, options), UTF_8);
                if (quiet) {
                    Files.createFile(folder.resolve("quiet"));
                }
                // pppd makes UTF-16 of a password by widening octets; that is right for ISO 8859-1 only.
                Files.writeString(folder.resolve("chap-secrets"), secrets, ISO_8859_1);
                if (!extra.isEmpty()) {
                    Files.writeString(folder.resolve("extra"), extra, UTF_8);
                    executable(folder.resolve("extra"));
                }
                ProcessBuilder keeper = new ProcessBuilder(
                                "bash",
                                "-c",
                                KEEPER,
                                "keeper",
                                folder.toString(),
                                name,
                                "" + life.toSeconds(),
                                beside ? Processors.besideOthers() : Processors.alone())
                        .redirectErrorStream(true);
                if (preload != null) {
                    keeper.environment().put("LD_PRELOAD", preload.toString());
                }
                return awaitReady(new RealPeer(folder, TestNamespace.keptElsewhere(name), keeper.start()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static RealPeer awaitReady(RealPeer peer) {
            try {
                String line = peer.output.await("^(READY|ENDED)$", BOOT_LIMIT);
                if (line.equals("ENDED")) {
                    throw new AssertionError("the peer did not start:\n" + peer.output.text());
                }
                return peer;
            } catch (AssertionError failure) {
                peer.end();
                throw failure;
            }
        }

        private static void unpack(String script, Path folder) throws IOException {
            try (InputStream resource = RealPeer.class.getResourceAsStream(script)) {
                if (resource == null) {
                    throw new IOException("no script " + script + " beside " + RealPeer.class);
                }
                Files.copy(resource, folder.resolve(script));
            }
            executable(folder.resolve(script));
        }

        private static void executable(Path file) throws IOException {
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }

        private static String quote(String word) {
            return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
