package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guest on processors with more registers than its kernel has room for. A library plays such a host, so that it is
 * tested on every processor: {@code amx-host.c} refuses as the kernel of a real one does.
 */
@RequiresRealPeer
class ProcessorStateTest {
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private String host;

    @BeforeEach
    void playTheProcessor() throws IOException {
        host = built("amx-host");
    }

    @Test
    void byItselfTheGuestsKernelDoesNotComeToItsFirstProcess() throws IOException {
        Command.Result guest = guestBehind(host);
        assertThat(guest.out()).doesNotContain("the first process");
        assertThat(guest.status()).isEqualTo(128 + 6); // it panicked, and aborted
    }

    @Test
    void behindTheLibraryItDoes() throws IOException {
        Command.Result guest = guestBehind(built("uml-xstate") + ":" + host);
        assertThat(guest.out()).contains("the first process");
        assertThat(guest.status()).isZero();
    }

    /** Whose scripts calculate with the registers in question: the SHA-256 of a transfer is right. */
    @Test
    void theServerServesThere() {
        try (RealPeer peer = RealPeer.builder().preload(Path.of(host)).start()) {
            peer.namespace().route(RealPeer.INNER_ADDRESS + " via " + peer.serverAddress());
            assertThat(Transfer.WRAP.download(peer.namespace(), TRANSFER)).isEqualTo(Transfer.WRAP.sha256());
            assertThat(Transfer.WRAP.upload(peer.namespace(), TRANSFER)).isEqualTo(Transfer.WRAP.sha256());
        }
    }

    /** The smallest guest: its first process says a word and powers it off. */
    private Command.Result guestBehind(String libraries) throws IOException {
        Path init = directory.resolve("init");
        Files.writeString(init, """
                #!/bin/sh
                mount -t proc proc /proc
                echo the first process
                perl -MPOSIX -e 'tcdrain(1)' # else a console that is slow loses it when the power goes
                echo o > /proc/sysrq-trigger
                sleep 60
                """);
        assertThat(init.toFile().setExecutable(true)).isTrue();
        return Command.run(
                "prlimit",
                "--core=0",
                "env",
                "LD_PRELOAD=" + libraries,
                "linux.uml",
                "rootfstype=hostfs",
                "rootflags=/",
                "ro",
                "quiet",
                "mem=64M",
                "uml_dir=" + directory + "/",
                "con=null",
                "con0=fd:0,fd:1",
                "init=" + init);
    }

    private String built(String name) throws IOException {
        Path source = directory.resolve(name + ".c");
        Path library = directory.resolve(name + ".so");
        try (InputStream resource = ProcessorStateTest.class.getResourceAsStream(name + ".c")) {
            Files.copy(Objects.requireNonNull(resource), source);
        }
        Command.run("gcc", "-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC", "-o", "" + library, "" + source)
                .orThrow();
        return library.toString();
    }
}
