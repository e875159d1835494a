package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody sits on the line (threats, rows 3, 4 and 8). */
class HostileLineTest {
    /** What no frame may show. */
    private static final String SECRET = "clear text that nobody may see";

    private record Proxy(String name, Supplier<Lab.Line> line) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Proxy> proxies() {
        List<Proxy> proxies = new ArrayList<>();
        for (int bit = 0; bit < 32; bit++) {
            int mask = bit;
            for (int code = 1; code <= 4; code++) {
                int which = code;
                proxies.add(new Proxy(
                        "flips bit " + bit + " of the MPPE option, code " + code, () -> (toServer, frame) -> {
                            if (Frames.is(frame, PppProtocol.CCP, which) && frame.length == 14) {
                                byte[] changed = frame.clone();
                                changed[13 - mask / 8] ^= (byte) (1 << (mask % 8));
                                return changed;
                            }
                            return frame;
                        }));
            }
        }
        for (int bit = 0; bit < 10 * 8; bit++) {
            int mask = bit;
            for (boolean server : new boolean[] {false, true}) {
                proxies.add(new Proxy(
                        "flips bit " + bit + " of every CCP packet to the " + (server ? "server" : "client"),
                        () -> (toServer, frame) -> {
                            byte[] changed = frame.clone();
                            if (toServer == server
                                    && Frames.protocol(frame) == PppProtocol.CCP
                                    && 4 + mask / 8 < frame.length) {
                                changed[4 + mask / 8] ^= (byte) (1 << (mask % 8));
                            }
                            return changed;
                        }));
            }
        }
        proxies.add(new Proxy(
                "makes every CCP request empty",
                () -> (toServer, frame) ->
                        Frames.is(frame, PppProtocol.CCP, 1) ? Frames.control(PppProtocol.CCP, 1, frame[5]) : frame));
        for (int code : new int[] {2, 3, 4, 5, 6, 7, 14, 15, 16}) {
            proxies.add(new Proxy("CCP requests become code " + code, () -> (toServer, frame) -> {
                byte[] changed = frame.clone();
                if (Frames.is(frame, PppProtocol.CCP, 1)) {
                    changed[4] = (byte) code;
                }
                return changed;
            }));
        }
        proxies.add(new Proxy(
                "drops CCP", () -> (toServer, frame) -> Frames.protocol(frame) == PppProtocol.CCP ? null : frame));
        proxies.add(new Proxy(
                "rejects CCP",
                () -> (toServer, frame) -> Frames.protocol(frame) == PppProtocol.CCP
                        ? Frames.control(PppProtocol.LCP, 8, 1, (byte) 0x80, (byte) 0xfd)
                        : frame));
        proxies.add(new Proxy(
                "makes CCP acknowledge what was not asked",
                () -> (toServer, frame) -> Frames.is(frame, PppProtocol.CCP, 1)
                        ? Frames.control(PppProtocol.CCP, 2, frame[5], new byte[] {18, 6, 0, 0, 0, 0})
                        : frame));
        return proxies.stream();
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void nothingPassesInClear(Proxy proxy) {
        Lab lab = new Lab(Configs.client(), Configs.server(), 11);
        lab.line = proxy.line.get();
        lab.open();
        exchange(lab, Duration.ofMinutes(3));
        assertNothingShown(lab);
        assertThat(lab.client.up() || lab.client.failure() != null).isTrue();
    }

    static IntStream injectedLater() {
        return IntStream.range(0, 12);
    }

    /** The same once it is up: CCP and LCP are ended, rejected and renegotiated. */
    @ParameterizedTest
    @MethodSource("injectedLater")
    void nothingPassesInClearOnceUp(int which) {
        Lab lab = new Lab(Configs.client(), Configs.server(), 12).open().runUntilSettled();
        byte[] weak = {18, 6, 0, 0, 0, 0x20};
        byte[] strong = {18, 6, 1, 0, 0, 0x40};
        List<byte[]> frames = List.of(
                Frames.control(PppProtocol.CCP, 5, 9),
                Frames.control(PppProtocol.CCP, 6, 9),
                Frames.control(PppProtocol.CCP, 1, 9, weak),
                Frames.control(PppProtocol.CCP, 1, 9, strong),
                Frames.control(PppProtocol.CCP, 1, 9),
                Frames.control(PppProtocol.CCP, 4, 9, strong),
                Frames.control(PppProtocol.CCP, 7, 9, new byte[] {1, 9, 0, 4}),
                Frames.control(PppProtocol.CCP, 14, 9),
                Frames.control(PppProtocol.LCP, 8, 9, (byte) 0x80, (byte) 0xfd),
                Frames.control(PppProtocol.LCP, 1, 9, new byte[] {5, 6, 9, 9, 9, 9}),
                Frames.control(PppProtocol.LCP, 1, 9, new byte[] {3, 4, (byte) 0xc0, 0x23}),
                Frames.control(PppProtocol.IPCP, 1, 9, new byte[] {3, 6, 1, 2, 3, 4}));
        for (int i = 0; i < 3; i++) {
            lab.client.receive(frames.get(which));
            exchange(lab, Duration.ofSeconds(20));
            lab.server.receive(frames.get(which));
            exchange(lab, Duration.ofSeconds(20));
        }
        assertNothingShown(lab);
        assertThat(lab.client.up() || lab.client.failure() != null).isTrue();
    }

    /** No two packets of one direction begin the same: key stream is not used twice, however often CCP starts anew. */
    @Test
    void renegotiationDoesNotRepeatKeyStream() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 13).open().runUntilSettled();
        for (int i = 0; i < 20; i++) {
            lab.client.receive(Frames.control(PppProtocol.CCP, 1, i, new byte[] {18, 6, 1, 0, 0, 0x40}));
            exchange(lab, Duration.ofSeconds(4));
        }
        List<String> packets = lab.client.sent.stream()
                .filter(frame -> Frames.protocol(frame) == PppProtocol.COMPRESSED)
                .map(frame -> new String(frame, 3, frame.length - 3, StandardCharsets.ISO_8859_1))
                .toList();
        assertThat(packets).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    /** Threats, row 4: every order in which a server could pretend that we have authenticated each other. */
    @Test
    void successIsNotBelieved() {
        byte[] success = Frames.control(
                PppProtocol.CHAP, 3, 0, ("S=" + "0".repeat(40) + " M=ok").getBytes(StandardCharsets.US_ASCII));
        for (int millis : new int[] {0, 5, 15, 25, 35}) {
            Lab lab = new Lab(Configs.client(), Configs.server(), 14).open().run(Duration.ofMillis(millis));
            lab.line = (toServer, frame) -> null;
            for (int id = 0; id < 256; id++) {
                success[5] = (byte) id;
                lab.client.receive(success);
                lab.client.receive(Frames.control(PppProtocol.EAP, 3, id));
                lab.client.receive(Frames.control(PppProtocol.PAP, 2, id, (byte) 0));
                lab.client.receive(Frames.control(PppProtocol.CCP, 1, id, new byte[] {18, 6, 1, 0, 0, 0x40}));
                lab.client.receive(Frames.control(PppProtocol.IPCP, 1, id, new byte[] {3, 6, 10, 0, 0, 1}));
                lab.client.receive(clearDatagram());
            }
            assertThat(lab.client.events).noneMatch(event -> event instanceof PppEvent.Authenticated);
            assertThat(lab.client.send(new byte[10])).isFalse();
            assertThat(lab.client.delivered).isEmpty();
            lab.run(Duration.ofMinutes(3));
            assertThat(lab.client.failure()).isNotNull();
        }
    }

    /** A server may be a phase ahead of us (the race behind Windows NT's "Error 5"). */
    @Test
    void earlyFramesDoNoHarm() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 15);
        lab.line = (toServer, frame) -> {
            if (!toServer && Frames.is(frame, PppProtocol.LCP, 2)) {
                lab.client.receive(Frames.control(PppProtocol.CHAP, 1, 1, new byte[17]));
                lab.client.receive(Frames.control(PppProtocol.IPCP, 1, 1, new byte[] {3, 6, 10, 0, 0, 1}));
            }
            if (!toServer && Frames.is(frame, PppProtocol.CHAP, 3)) {
                lab.client.receive(Frames.control(PppProtocol.IPCP, 1, 1, new byte[] {3, 6, 10, 0, 0, 1}));
                lab.client.receive(Frames.control(PppProtocol.IPV6CP, 1, 1, new byte[10]));
            }
            return frame;
        };
        lab.open().runUntilSettled();
        assertThat(lab.client.up()).isTrue();
        // Challenges of an open link are answered, and the keys stay.
        lab.client.sent.clear();
        byte[] challenge = new byte[17];
        challenge[0] = 16;
        lab.client.receive(Frames.control(PppProtocol.CHAP, 1, 77, challenge));
        assertThat(lab.server.send(new byte[10])).isTrue();
        lab.run(Duration.ofMillis(100));
        assertThat(lab.client.sent)
                .filteredOn(frame -> Frames.is(frame, PppProtocol.CHAP, 2))
                .hasSize(1);
        assertThat(lab.client.delivered).hasSize(1);
    }

    /** IPCP answered by Terminate-Ack, as Windows does while it is not ready: we ask again. */
    @Test
    void terminateAckOfIpcpIsNoEnd() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 16);
        int[] refusals = {3};
        lab.line = (toServer, frame) -> {
            if (toServer && Frames.is(frame, PppProtocol.IPCP, 1) && refusals[0]-- > 0) {
                lab.putToClient(Frames.control(PppProtocol.IPCP, 6, frame[5]));
                return null;
            }
            return frame;
        };
        lab.open().runUntilSettled();
        assertThat(lab.client.up()).isTrue();
    }

    /** A Protocol-Reject of IPCP means other things before and after addresses were agreed on. */
    @Test
    void ipcpThatIsRejectedIsToldFromIpcpThatIsTakenBack() {
        byte[] rejection = {(byte) 0x80, 0x21, 1, 1, 0, 4};
        Lab early = new Lab(Configs.client(), Configs.server(), 12);
        early.line = (toServer, frame) -> {
            boolean request = toServer && Frames.is(frame, PppProtocol.IPCP, 1);
            return request ? Frames.control(PppProtocol.LCP, ControlPacket.DISCARD_REQUEST, 1, new byte[4]) : frame;
        };
        early.open().run(Duration.ofSeconds(2));
        early.putToClient(Frames.control(PppProtocol.LCP, ControlPacket.PROTOCOL_REJECT, 1, rejection));
        early.run(Duration.ofSeconds(2));
        assertThat(early.client.failure())
                .isEqualTo(new AddressFailure.AddressesRefused(AddressFailure.How.IPCP_REJECTED));

        Lab late = new Lab(Configs.client(), Configs.server(), 12);
        late.open().runUntilSettled();
        assertThat(late.client.up()).isTrue();
        late.putToClient(Frames.control(PppProtocol.LCP, ControlPacket.PROTOCOL_REJECT, 1, rejection));
        late.run(Duration.ofSeconds(2));
        assertThat(late.client.failure()).isEqualTo(new LinkFailure.IpcpRejected());
    }

    /** Threats, row 3. */
    @Test
    void answersFitEvenAnAbsurdMru() {
        for (int mru : new int[] {0, 1, 127, 128, 129, 1500, 65535}) {
            Lab lab = new Lab(Configs.client(), Configs.server(), 17);
            String wanted = String.format("0104%04x", mru);
            lab.line = (toServer, frame) -> !toServer && Frames.is(frame, PppProtocol.LCP, 1)
                    ? Frames.replace(frame, "01040578", wanted)
                    : frame;
            lab.open().run(Duration.ofMillis(50));
            lab.line = (toServer, frame) -> null;
            assertThat(lab.client.events).hasAtLeastOneElementOfType(PppEvent.LinkOpened.class);
            // What is too small is Naked to 128, which the server follows.
            int limit = Math.max(128, Math.min(mru, 1500));
            for (byte[] frame : List.of(
                    Frames.control(PppProtocol.LCP, 9, 1, new byte[4000]),
                    Frames.control(PppProtocol.LCP, 99, 1, new byte[4000]),
                    Frames.control(PppProtocol.LCP, 1, 1, options(1000)),
                    Frames.control(PppProtocol.LCP, 1, 1, options(64)),
                    Frames.control(PppProtocol.IPV6CP, 1, 1, new byte[4000]))) {
                int sent = lab.client.sent.size();
                lab.client.receive(frame);
                for (byte[] answer : lab.client.sent.subList(sent, lab.client.sent.size())) {
                    boolean configure = Frames.protocol(answer) == PppProtocol.LCP && answer[4] <= 4;
                    assertThat(answer.length - 4).isLessThanOrEqualTo(configure ? 1500 : limit);
                }
            }
        }
    }

    private static byte[] options(int count) {
        byte[] options = new byte[3 * count];
        for (int i = 0; i < count; i++) {
            options[3 * i] = (byte) 200;
            options[3 * i + 1] = 3;
        }
        return options;
    }

    @Test
    void aServerThatRenegotiatesForEverIsLeft() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 18).open().run(Duration.ofMillis(25));
        for (int i = 0; i < 60 && lab.client.failure() == null; i++) {
            lab.server.link.receive(
                    Unpooled.wrappedBuffer(Frames.control(PppProtocol.LCP, 1, i, new byte[] {5, 6, 1, 1, 1, (byte) i})),
                    0,
                    lab.now);
            lab.run(Duration.ofSeconds(1));
        }
        lab.run(Duration.ofMinutes(1));
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isIn(Cause.LCP_NOT_CONVERGING, Cause.PEER_TERMINATED);
    }

    private static byte[] clearDatagram() {
        ByteBuf datagram = Datagrams.ipv4(SECRET.getBytes(StandardCharsets.US_ASCII));
        byte[] frame = new byte[1 + datagram.readableBytes()];
        frame[0] = PppProtocol.IPV4;
        datagram.readBytes(frame, 1, frame.length - 1);
        return frame;
    }

    /** Both sides try to send, and somebody injects clear datagrams, all the while. */
    private static void exchange(Lab lab, Duration time) {
        for (int i = 0; i < 40; i++) {
            lab.client.send(SECRET.getBytes(StandardCharsets.US_ASCII));
            lab.server.send(SECRET.getBytes(StandardCharsets.US_ASCII));
            int client = lab.client.delivered.size();
            int server = lab.server.delivered.size();
            lab.client.receive(clearDatagram());
            lab.server.receive(clearDatagram());
            assertThat(lab.client.delivered).hasSize(client);
            assertThat(lab.server.delivered).hasSize(server);
            lab.run(time.dividedBy(40));
        }
    }

    private static void assertNothingShown(Lab lab) {
        for (Lab.End end : List.of(lab.client, lab.server)) {
            for (byte @Nullable [] frame : end.sent) {
                assertThat(new String(frame, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
                assertThat(Frames.protocol(frame)).isNotEqualTo(PppProtocol.IPV4);
            }
        }
    }
}
