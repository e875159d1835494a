package org.jpptp.lab.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server of a {@link RealPeer} is to be like, and how it is booted. */
public final class Scenario {
    /** The processor of those that run {@link #besideOthers}, as a resource of JUnit's. */
    public static final String BESIDE_OTHERS = "the processor beside";

    /** What every scenario wants of pppd. */
    private static final List<String> BASE =
            List.of("logfile /run/peer/pppd.log", "nobsdcomp", "nodeflate", "novj", "lcp-echo-interval 0");

    private static final List<String> SCRIPTS = List.of(
            "run",
            "guest-init",
            "guest-fstab",
            "guest-modprobe",
            "guest-services",
            "uml-xstate.c",
            "radius",
            "weather",
            "datagrams",
            "inner-services");

    /** Keeps the scenario's folder until this JVM has read the logs, or has died. */
    private static final String KEEPER = """
            trap '' INT TERM HUP PIPE
            taskset --cpu-list "$4" bash "$1/run" "$2" "$1" "$3"
            echo ENDED
            read -r _
            rm -rf "$1"
            """;

    private final List<String> options = new ArrayList<>();
    private final StringBuilder secrets = new StringBuilder();
    private String extra = "";
    private boolean quiet;
    private boolean beside;
    private @Nullable Path preload;
    private Duration life = Duration.ofHours(1);

    Scenario() {}

    /** Lines of pppd's options file, each an option with its arguments. */
    public Scenario options(String... lines) {
        return options(List.of(lines));
    }

    /** Lines of pppd's options file, each an option with its arguments. */
    public Scenario options(List<String> lines) {
        options.addAll(lines);
        return this;
    }

    /** Somebody who may log in; a name with a domain is written {@code DOMAIN\name}. */
    public Scenario user(String name, String password) {
        secrets.append(quote(name)).append(" * ").append(quote(password)).append(" *\n");
        return this;
    }

    /** A name server for the client. Two at most. */
    public Scenario dns(String address) {
        return options("ms-dns " + address);
    }

    /** A WINS server for the client. Two at most. */
    public Scenario wins(String address) {
        return options("ms-wins " + address);
    }

    /** A bash script that root runs in the guest before the server starts. It must end; servers go to the background. */
    public Scenario extra(String script) {
        extra = "#!/bin/bash\nset -e\n" + script + "\n";
        return this;
    }

    /**
     * A FreeRADIUS server in the guest, with the users of this scenario, and pppd asks it about each of them.
     * An accepted user comes with keys for MPPE (RFC 2548 §2.4).
     */
    public Scenario radius() {
        return radius("with-keys");
    }

    /** The same with a FreeRADIUS server that returns no keys. */
    public Scenario radiusWithoutKeys() {
        return radius("without-keys");
    }

    /** The same with one that returns another key for what the server sends than the password makes. */
    public Scenario radiusWithOtherSendKey() {
        return radius("other-send-key");
    }

    /** The same with one that returns another key for what the server receives. */
    public Scenario radiusWithOtherReceiveKey() {
        return radius("other-recv-key");
    }

    /** The same with one that returns other keys for both directions. */
    public Scenario radiusWithOtherKeys() {
        return radius("other-keys");
    }

    private Scenario radius(String kind) {
        extra("/run/peer/radius " + kind);
        return options("plugin radius.so", "radius-config-file /run/radius/client.conf");
    }

    /**
     * pptpd and pppd leave out what they say of single packets. It costs them more than the packets, so that much
     * traffic in bad weather is lost on it.
     */
    public Scenario quiet() {
        quiet = true;
        return this;
    }

    /**
     * It runs beside other guests, and takes no processor time from those that are not so. Tests with such guests hold a
     * lock on {@link #BESIDE_OTHERS}: two of them would have half a processor each.
     */
    public Scenario besideOthers() {
        beside = true;
        return this;
    }

    /** A library between the guest's kernel and this machine's, behind the one that {@code run} puts there itself. */
    public Scenario preload(Path library) {
        preload = library;
        return this;
    }

    /** How long the guest lives at most; an hour unless said, as a slow machine takes its time. */
    public Scenario life(Duration longest) {
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
            return new RealPeer(folder, TestNamespace.keptElsewhere(name), keeper.start()).awaitReady();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What pppd is told: these lines, and what it always is. */
    static String optionsFile(boolean quiet, List<String> lines) {
        return (quiet ? "" : "debug\n") + String.join("\n", BASE) + "\n" + String.join("\n", lines) + "\n";
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
