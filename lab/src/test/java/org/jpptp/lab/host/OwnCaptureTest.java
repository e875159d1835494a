package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.anonymous.Pseudonyms;
import org.jpptp.client.capture.Capture;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.capture.CaptureException;
import org.jpptp.client.explain.capture.CaptureReader;
import org.jpptp.client.explain.capture.Frame;
import org.jpptp.client.explain.capture.PcapngWriter;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tunnel captures itself: whoever reads that sees what was, and says what the tunnel said. */
class OwnCaptureTest {
    private static final long START = 1_700_000_000_000_000_000L;
    /** Inside are no real datagrams. */
    private static final String OUTER_FAULTS =
            "frame.interface_name == outer && (_ws.malformed || tcp.analysis.flags || ip.checksum.status == \"Bad\")";

    private static final Duration MOMENT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final List<IOException> lost = new ArrayList<>();

    private Capture capture(Capture.Secrets secrets, @Nullable Pseudonyms names, OutputStream out) throws IOException {
        return new Capture(out, "jpptp test", secrets, names, () -> START, lost::add);
    }

    private Explained explained(@Nullable Decryption decryption) throws IOException {
        return new Explainer(decryption, Explainer.Show.BEGINNINGS)
                .explain("capture", new ByteArrayInputStream(octets.toByteArray()))
                .calls()
                .get(0);
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("capture.pcapng"), octets.toByteArray());
    }

    private static List<byte[]> frames(byte[] file) throws IOException, CaptureException {
        CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(file));
        List<byte[]> frames = new ArrayList<>();
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(ByteBufUtil.getBytes(frame.octets()));
        }
        return frames;
    }

    private static boolean isOuter(byte[] packet) {
        return packet[9] == 47 || packet[9] == 6;
    }

    /** Up, some datagrams each way, and down. */
    private Capture.Result carry(MemoryTunnel tunnel, Capture capture, int datagrams) {
        tunnel.into(capture).connect();
        for (int i = 0; i < datagrams; i++) {
            tunnel.host.tun().write("out " + i);
            tunnel.server.send("back " + i);
            tunnel.runFor(Duration.ofMillis(5));
        }
        tunnel.runFor(MOMENT);
        tunnel.disconnect();
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(ended.failure()).isNull();
        return capture.close("It was ended.");
    }

    static Stream<FailureTableTest.Cell> failures() {
        // What only this host knows, and what never got as far as a packet, is in no capture.
        List<FailureReason> local = List.of(
                FailureReason.NO_PRIVILEGE,
                FailureReason.NO_TUN,
                FailureReason.HOST_CHANGE_REFUSED,
                FailureReason.NAME_NOT_FOUND,
                FailureReason.NAME_UNANSWERED,
                FailureReason.TIMED_OUT,
                FailureReason.NOT_UP_IN_TIME,
                FailureReason.INTERRUPTED);
        return FailureTableTest.cells()
                .filter(cell -> !local.contains(cell.reason()))
                .filter(cell -> Stream.of(
                                "EPERM", "from 198.51.100.1", "own firewall", "this host's own", "was taken away")
                        .noneMatch(cell.says()::contains));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whoeverExplainsItSaysWhatTheClientSaid(FailureTableTest.Cell cell) throws IOException {
        MemoryTunnel tunnel = cell.made().get();
        Capture capture = capture(Capture.Secrets.MASKED, null, octets);
        tunnel.into(capture).start();
        tunnel.on(
                TunnelEvent.TunnelUp.class,
                () -> tunnel.host.threads().execute(() -> cell.whenUp().accept(tunnel)));
        Failure failure = tunnel.failure();
        assertThat(capture.close(failure.sentence()).whole()).isTrue();
        Explained explained = explained(null);
        assertThat(explained.verdict().sentence().replace("192.0.2.1", "vpn.example.com"))
                .isEqualTo(failure.sentence().replace("192.0.2.1", "vpn.example.com"));
        assertThat(Objects.requireNonNull(explained.verdict().failure()).reason())
                .isEqualTo(failure.reason());
        assertThat(new String(octets.toByteArray(), StandardCharsets.UTF_8)).contains(failure.sentence());
    }

    /** An independent reader finds no fault, and the reasons on the packets. */
    @Test
    @RequiresTshark
    void aDissectorTakesItForARealOne() throws IOException {
        Capture.Result result = carry(new MemoryTunnel(), capture(Capture.Secrets.MASKED, null, octets), 50);
        assertThat(result.whole()).isTrue();
        assertThat(result.dropped()).isZero();
        Path file = file();
        assertThat(Tshark.fields(file, OUTER_FAULTS, "frame.number")).isEmpty();
        assertThat(Tshark.fields(file, "ip.checksum.status == \"Bad\"", "frame.number"))
                .isEmpty();
        assertThat(Tshark.fields(file, "", "frame.number")).hasSize((int) result.written());
        assertThat(Tshark.fields(file, "frame.interface_name == inner", "frame.number"))
                .hasSize(100);
        assertThat(Tshark.fields(file, "frame.interface_name == outer && ppp.protocol == 0xfd", "frame.number"))
                .hasSize(100);
        assertThat(Tshark.fields(file, "pptp", "frame.interface_description").get(0))
                .contains("headers of IP and TCP are made up");
        assertThat(String.join("\n", Tshark.fields(file, "frame.comment", "frame.comment")))
                .contains("since secrets were not to be shown", "It was ended.");
    }

    @Test
    void whatThePasswordCouldBeFoundByIsMasked() throws IOException {
        Capture.Result unused = carry(new MemoryTunnel(), capture(Capture.Secrets.MASKED, null, octets), 1);
        Explained masked = explained(new Decryption(Secret.password(MemoryTunnel.PASSWORD.toCharArray()), null));
        assertThat(Objects.requireNonNull(masked.password()).right()).isNull();
        assertThat(masked.password().sentence()).contains("masked", "told to show secrets");
        assertThat(masked.decrypted()).isZero();
        assertThat(masked.ladder()).extracting(rung -> rung.text()).anyMatch(text -> text.contains("name = \"alice\""));
        assertThat(masked.ladder()).extracting(rung -> rung.text()).anyMatch(text -> text.contains("\"S=00000000"));
    }

    @Test
    void withSecretsThePasswordOpensIt() throws IOException, CaptureException {
        Capture.Result unused = carry(new MemoryTunnel(), capture(Capture.Secrets.SHOWN, null, octets), 20);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Explained open;
        try (PcapngWriter out = new PcapngWriter(plain)) {
            open = explained(new Decryption(Secret.password(MemoryTunnel.PASSWORD.toCharArray()), out));
        }
        assertThat(Objects.requireNonNull(open.password()).right()).isTrue();
        assertThat(open.decrypted()).isEqualTo(40);
        assertThat(open.undecrypted()).isZero();
        List<String> inside =
                frames(plain.toByteArray()).stream().map(OwnCaptureTest::hex).toList();
        List<String> carried = frames(octets.toByteArray()).stream()
                .filter(packet -> !isOuter(packet))
                .map(OwnCaptureTest::hex)
                .toList();
        assertThat(inside).containsExactlyInAnyOrderElementsOf(carried).hasSize(40);
    }

    private static String hex(byte[] octets) {
        return ByteBufUtil.hexDump(octets);
    }

    /** PAP sends the password itself, EAP its own proofs. */
    @Test
    void soIsEveryOtherMethod() throws IOException, CaptureException {
        for (Personality personality : List.of(Personalities.WINDOWS_NT4_WITHOUT_KEYS, Personalities.ACCEL_PPP)) {
            octets.reset();
            MemoryTunnel tunnel = new MemoryTunnel(
                    MemoryTunnel.config().with(personality), personality.client(), MemoryTunnel.PASSWORD);
            Capture capture = capture(Capture.Secrets.MASKED, null, octets);
            tunnel.into(capture).start();
            tunnel.runFor(Duration.ofSeconds(20));
            tunnel.disconnect();
            tunnel.runToEnd();
            assertThat(capture.close("").written()).isPositive();
            for (byte[] packet : frames(octets.toByteArray())) {
                assertThat(new String(packet, StandardCharsets.ISO_8859_1)).doesNotContain(MemoryTunnel.PASSWORD);
            }
        }
    }

    @Test
    @RequiresTshark
    void anonymousNobodyIsInIt() throws IOException, CaptureException {
        Capture.Result result = carry(new MemoryTunnel(), capture(Capture.Secrets.MASKED, new Pseudonyms(), octets), 5);
        assertThat(result.whole()).isTrue();
        String all = hex(octets.toByteArray());
        List<String> words = List.of("alice", "192.0.2.1", "192.168.77", "vpn.example.com", "out 3", "back 3");
        for (String word : words) {
            for (byte[] form : List.of(
                    word.getBytes(StandardCharsets.UTF_8),
                    word.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                    word.getBytes(StandardCharsets.UTF_16LE))) {
                assertThat(all).as(word).doesNotContain(hex(form));
            }
        }
        // The addresses of both ends, outside and inside.
        for (String address : List.of("c0a84d0a", "c0a84d01", "0a010101", "0a020202")) {
            assertThat(frames(octets.toByteArray()))
                    .noneMatch(packet -> hex(packet).contains(address));
        }
        assertThat(Tshark.fields(file(), OUTER_FAULTS, "frame.number")).isEmpty();
        Explained explained = explained(null);
        assertThat(explained.verdict().failure()).isNull();
        assertThat(explained.verdict().sentence()).startsWith("The tunnel was up");
    }

    @Test
    void aFullDiskEndsTheCaptureAndNothingElse() throws IOException {
        OutputStream full = new OutputStream() {
            private int room = 2000;

            @Override
            public void write(int octet) throws IOException {
                if (room-- <= 0) {
                    throw new IOException("No space left on device");
                }
                octets.write(octet);
            }
        };
        Capture.Result result = carry(new MemoryTunnel(), capture(Capture.Secrets.MASKED, null, full), 20);
        assertThat(result.whole()).isFalse();
        assertThat(lost).singleElement().extracting(Throwable::getMessage).isEqualTo("No space left on device");
        // What is there is a capture that is cut off.
        assertThat(new Explainer(null, Explainer.Show.BEGINNINGS)
                        .explain("capture", new ByteArrayInputStream(octets.toByteArray()))
                        .warnings())
                .hasSize(1);
    }
}
