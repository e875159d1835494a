package org.jpptp.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.explain.Explainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
    private static final String HEAD = TraceText.head("0.1.0", "vpn.example.com:1723", "2026-11-29T05:00:00Z");
    private static final Failure FAILURE = new Failure(
            FailureReason.ENCRYPTION_REFUSED,
            "The server refuses the encryption that is required.",
            Remedy.of("Accept it with ").set(Setting.MPPE, "40").say("."),
            742);

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private long now;

    private TraceText trace() {
        return new TraceText(lines::add, () -> now);
    }

    private static Failure explained(List<String> log) throws IOException {
        return Objects.requireNonNull(new Explainer(null, Explainer.Show.BEGINNINGS)
                .explain("log", new ByteArrayInputStream(String.join("\n", log).getBytes(StandardCharsets.UTF_8)))
                .calls()
                .get(0)
                .verdict()
                .failure());
    }

    @Test
    void eachLineHasItsTimeAndIsOne() {
        TraceText trace = trace();
        now = 12_345_678_900L;
        trace.trace(Detail.PACKETS, "sent [LCP EchoReq id=0x1]");
        trace.trace(Detail.DECISIONS, "why\nnot");
        trace.event(new TunnelEvent.Warning("take care"));
        assertThat(lines)
                .containsExactly("  12.345 sent [LCP EchoReq id=0x1]", "  12.345 # why?not", "  12.345 ! take care");
    }

    @Test
    void whatAClientSaidIsReadAgain() throws IOException {
        lines.add(HEAD);
        TraceText trace = trace();
        trace.trace(Detail.DECISIONS, "connecting to 192.0.2.1:1723, for up to 10000 ms");
        trace.event(TunnelEvent.Ended.neverUp(FAILURE));
        Failure read = explained(lines);
        assertThat(read.reason()).isEqualTo(FAILURE.reason());
        assertThat(read.sentence()).isEqualTo(FAILURE.sentence());
        assertThat(read.windowsError()).isEqualTo(742);
        assertThat(read.remedy()).hasToString("Accept it with --mppe 40.");
    }

    @Test
    void theRingKeepsBeginningAndEndWithoutSecrets() {
        TraceRing ring = new TraceRing();
        for (int i = 0; i < 100_000; i++) {
            ring.accept("line " + i);
        }
        ring.accept("rcvd [CHAP Challenge id=0x1 <0123456789abcdef0123456789abcdef>, name = \"vpn\"]");
        List<String> kept = ring.lines();
        assertThat(kept.get(0)).isEqualTo("line 0");
        assertThat(kept).anyMatch(line -> line.matches("\\(\\d+ lines are left out here\\)"));
        assertThat(kept.get(kept.size() - 1)).contains("<01234567...>").doesNotContain("89abcdef");
        assertThat(String.join("\n", kept)).hasSizeLessThan(160 << 10);
    }

    @Test
    void aCaptureIsNotWrittenOverAndALinkNotFollowed() throws IOException {
        Path file = folder.resolve("there");
        Files.writeString(file, "mine");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> PrivateFile.create("--capture", file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is there already");
        assertThatThrownBy(() -> PrivateFile.append("--log", link)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> PrivateFile.append("--log", folder.resolve("no/such")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no such directory");
        try (OutputStream out = PrivateFile.append("--log", file)) {
            out.write('!');
        }
        assertThat(file).hasContent("mine!");
    }

    @Test
    void aLogIsItsOwnersOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "mine");
        for (String open : List.of("rw-r--r--", "rw-rw----", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertThatThrownBy(() -> PrivateFile.append("--log", file))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("The file " + file + " of --log is open to others than its owner; run 'chmod 600 "
                            + file + "'.");
        }
    }

    /** Who could read the names that are in it. */
    @Test
    void aLogOfAnotherUsersIsNotWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("there"), "theirs");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        int user = (Integer) Files.getAttribute(file, "unix:uid");
        assertThatThrownBy(() -> PrivateFile.append("--log", file, new Owners(Set.of(user + 1))))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "The file " + file + " of --log belongs to another user, who would read it; name another one.");
        assertThat(file).hasContent("theirs");
        try (OutputStream out = PrivateFile.append("--log", file, new Owners(Set.of(user, user + 1)))) {
            out.write('!');
        }
        assertThat(file).hasContent("theirs!");

        Path none = folder.resolve("none");
        try (OutputStream one = PrivateFile.append("--log", none, new Owners(Set.of(user + 1)));
                OutputStream other = PrivateFile.append("--log", none, new Owners(Set.of(user)))) {
            one.write('1');
            other.write('2');
            one.write('3');
        }
        assertThat(none).as("made by this process").hasContent("123");
    }

    @Test
    void whoeverBecameRootIsNoOtherUser() {
        Map<String, String> sudo = Map.of("SUDO_UID", "1002");
        assertThat(Owners.of(0, "4294967295", Map.of()).users()).containsExactly(0);
        assertThat(Owners.of(0, "1001\n", sudo).users()).containsExactlyInAnyOrder(0, 1001, 1002);
        assertThat(Owners.of(0, "", Map.of("SUDO_UID", "-1")).users()).containsExactly(0);
        assertThat(Owners.of(1000, "1001", sudo).users()).containsExactly(1000);
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path file : List.of(pipe, Path.of("/dev/zero"))) {
            // Nothing interrupts who waits for a reader.
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> PrivateFile.append("--log", file))
                            .isInstanceOf(UsageException.class)
                            .hasMessage("The file " + file + " of --log is no regular file."));
        }
        PrivateFile.append("--log", Path.of("/dev/null")).close();
    }

    @Test
    void aLogThatCannotBeWrittenSaysSoOnce() {
        List<IOException> lost = new ArrayList<>();
        LogWriter log = new LogWriter(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                lost::add);
        log.accept("one");
        log.accept("two");
        log.close();
        assertThat(lost).hasSize(1);
    }
}
