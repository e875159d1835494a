package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explainer;
import org.jpptp.client.explain.capture.CaptureException;
import org.jpptp.client.explain.capture.CaptureReader;
import org.jpptp.client.explain.capture.Frame;
import org.jpptp.client.explain.capture.PcapngWriter;
import org.jpptp.client.explain.decrypt.Decryption;
import org.jpptp.client.explain.decrypt.Secret;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has the capture of a tunnel and its password reads exactly what went in, both ways. */
class DecryptionTest {
    private static final int PACKETS = 600;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final int GRE = 47;

    record Mode(MppeStrength strength, MppeMode mode, boolean mppc) {
        MppePolicy policy() {
            MppePolicy policy = MppePolicy.require(EnumSet.of(strength), EnumSet.of(mode));
            return mppc ? policy.withMppc() : policy;
        }
    }

    static Stream<Mode> modes() {
        return Stream.of(MppeStrength.values())
                .flatMap(strength -> Stream.of(MppeMode.values())
                        .flatMap(mode -> Stream.of(new Mode(strength, mode, false), new Mode(strength, mode, true))));
    }

    private static SimulatedTunnel tunnel(Mode mode, SimulatedNetwork.Weather weather) {
        SimulatedTunnel tunnel = new SimulatedTunnel(
                7,
                SimulatedNetwork.Weather.FINE,
                SimulatedTunnel.serverConfig().with(mode.policy()),
                new PolicySettings(PolicySettings.DEFAULT.auth(), mode.policy()));
        tunnel.connect();
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        tunnel.network.become(weather);
        for (int i = 0; i < PACKETS; i++) {
            tunnel.sendFromClient("up " + i + text(i));
            tunnel.sendFromServer("down " + i + text(i));
            tunnel.runFor(BETWEEN);
        }
        return tunnel;
    }

    /** Of many lengths, and such that it can be compressed. */
    private static String text(int i) {
        return " abcabcabc".repeat(i % 40);
    }

    private static Explained explain(byte[] capture, List<byte[]> inner) throws IOException, CaptureException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Explained explained;
        try (PcapngWriter out = new PcapngWriter(file)) {
            Decryption decryption = new Decryption(Secret.password("secret".toCharArray()), out);
            explained = new Explainer(decryption, Explainer.Show.BEGINNINGS)
                    .explain("capture", new ByteArrayInputStream(capture))
                    .calls()
                    .get(0);
        }
        CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(file.toByteArray()));
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            inner.add(ByteBufUtil.getBytes(frame.octets()));
        }
        return explained;
    }

    private static List<String> texts(List<byte[]> datagrams) {
        return datagrams.stream().map(SimulatedTunnel::payload).toList();
    }

    private static List<String> starting(List<String> texts, String with) {
        return texts.stream().filter(text -> text.startsWith(with)).toList();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everythingIsRead(Mode mode) throws IOException, CaptureException {
        SimulatedTunnel tunnel = tunnel(mode, SimulatedNetwork.Weather.FINE);
        List<byte[]> inner = new ArrayList<>();
        Explained explained = explain(tunnel.recording.file(), inner);
        assertThat(explained.password()).isNotNull();
        assertThat(explained.password().right()).isTrue();
        assertThat(explained.undecrypted()).isZero();
        assertThat(starting(texts(inner), "up"))
                .isEqualTo(texts(tunnel.toServerHost))
                .hasSize(PACKETS);
        assertThat(starting(texts(inner), "down"))
                .isEqualTo(texts(tunnel.toClientHost))
                .hasSize(PACKETS);
    }

    /** What the client received is read as it was received; what it sent is read even where it got lost later. */
    @ParameterizedTest
    @MethodSource("modes")
    void lossesCostNoMoreThanTheyCostThePeer(Mode mode) throws IOException, CaptureException {
        SimulatedTunnel tunnel = tunnel(mode, new SimulatedNetwork.Weather(0.05, 0.01, 0));
        List<byte[]> inner = new ArrayList<>();
        explain(tunnel.recording.file(), inner);
        assertThat(starting(texts(inner), "down")).containsAll(texts(tunnel.toClientHost));
        assertThat(starting(texts(inner), "up"))
                .containsAll(texts(tunnel.toServerHost))
                .hasSize(PACKETS);
    }

    /** Of a stateless tunnel everything behind the gap is read; of a stateful one everything behind the next key change. */
    @ParameterizedTest
    @MethodSource("modes")
    void theFirstPacketsMayBeMissing(Mode mode) throws IOException, CaptureException {
        SimulatedTunnel tunnel = tunnel(mode, SimulatedNetwork.Weather.FINE);
        List<byte[]> inner = new ArrayList<>();
        explain(withoutFirstDatagrams(tunnel.recording.file(), 100), inner);
        List<String> up = starting(texts(inner), "up");
        List<String> sent = texts(tunnel.toServerHost);
        if (mode.mppc()) {
            return; // without its history nothing can be decompressed before the sender begins a new one
        }
        int readable = mode.mode() == MppeMode.STATELESS ? sent.indexOf(up.get(0)) : 255;
        assertThat(readable).isLessThanOrEqualTo(255);
        assertThat(up).isEqualTo(sent.subList(readable, sent.size()));
    }

    /** Leaves the first encrypted packets out. */
    private static byte[] withoutFirstDatagrams(byte[] file, int packets) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(file, 0, 24);
        int left = packets;
        int at = 24;
        while (at < file.length) {
            int length = (file[at + 10] & 0xff) << 8 | (file[at + 11] & 0xff);
            if (isEncrypted(file, at + 16) && left > 0) {
                left--;
            } else {
                rest.write(file, at, 16 + length);
            }
            at += 16 + length;
        }
        return rest.toByteArray();
    }

    /** A payload of GRE that begins with the protocol number of MPPE, in one octet or two. */
    private static boolean isEncrypted(byte[] file, int at) {
        int header = at + 20;
        if (file[at + 9] != GRE || (file[header] & 0x10) == 0) {
            return false;
        }
        int payload = header + 12 + ((file[header + 1] & 0x80) != 0 ? 4 : 0);
        int first = file[payload] & 0xff;
        return first == 0xfd || (first == 0 && (file[payload + 1] & 0xff) == 0xfd);
    }
}
