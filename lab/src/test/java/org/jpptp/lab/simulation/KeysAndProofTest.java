package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether packets are the server's, and whether the keys are the same, over the whole stack: the numbers of GRE, the decoder
 * and the link tell it together, and each alone would not.
 */
class KeysAndProofTest {
    private static final int LOSSY_SEEDS = Integer.getInteger("jpptp.lossySeeds", 1000);
    /** Of a frame with an answer to an Echo-Request that had a number. */
    private static final int ECHO_REPLY_OCTETS = 20;

    private static final String GARBAGE = "00fd 9003 4d0102030405060708090a0b0c0d";
    private static final String CHALLENGE = "ff03c223 014d0019 10 000102030405060708090a0b0c0d0e0f 66616b65";

    /** What somebody sends who knows the call's id and the number that comes next. */
    enum Forged {
        TERMINATE("ff03c021 05090004"),
        NO_ENCRYPTION("ff0380fd 05090004"),
        ANEW("ff03c021 01090008 01040578"),
        NO_CCP("ff03c021 0809000a 80fd 01010004"),
        REFUSED_AGAIN(CHALLENGE, "ff03c223 044d000d" + hex("E=691 R=0")),
        UNPROVED(CHALLENGE, "ff03c223 034d002e" + hex("S=" + "0".repeat(40))),
        EAP_FAILURE("ff03c227 014d0005 01", "ff03c227 044d0004"),
        EAP_REFUSED(
                "ff03c227 014d001e 1a 01070019 10 000102030405060708090a0b0c0d0e0f 66616b65",
                "ff03c227 014e0012 1a 0407000d" + hex("E=691 R=0")),
        NOTHING(GARBAGE);

        private final String hex;
        /** What follows it, with the next number; empty for nothing. */
        private final String verdict;

        Forged(String hex) {
            this(hex, "");
        }

        Forged(String hex, String verdict) {
            this.hex = hex;
            this.verdict = verdict;
        }

        void send(SimulatedTunnel tunnel, int number) {
            tunnel.gre.forgeToClient(number, octets(hex));
            if (!verdict.isEmpty()) {
                tunnel.gre.forgeToClient(number + 1, octets(verdict));
            }
        }

        /** A tunnel whose server it may be of. */
        SimulatedTunnel tunnel() {
            return this == EAP_FAILURE || this == EAP_REFUSED ? upWithEap() : up();
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static SimulatedTunnel up(MppeMode mode, FrameFilter server) {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(mode));
        return up(SimulatedTunnel.serverConfig().with(mppe).with(server), PolicySettings.DEFAULT.with(mppe));
    }

    private static SimulatedTunnel up(ServerConfig server, PolicySettings policy) {
        SimulatedTunnel tunnel = new SimulatedTunnel(3, SimulatedNetwork.Weather.FINE, server, policy);
        tunnel.connect();
        assertThat(tunnel.up()).isTrue();
        return tunnel;
    }

    private static SimulatedTunnel upWithEap() {
        AuthMethod eap = AuthMethod.EAP_MSCHAPV2;
        return up(
                SimulatedTunnel.serverConfig()
                        .with(Personalities.OURS.but().authenticatesBy(eap).build()),
                new PolicySettings(Set.of(eap), PolicySettings.DEFAULT.mppe()));
    }

    private static SimulatedTunnel up() {
        return up(MppeMode.STATELESS, FrameFilter.NONE);
    }

    /** What the server sends is as if it were encrypted with another key. */
    private static boolean otherKey(FrameFilter.Direction direction, ByteBuf frame) {
        int start = frame.readerIndex();
        int coded = frame.getUnsignedByte(start) == 0xFD ? 1 : frame.getUnsignedShort(start) == 0x00FD ? 2 : 0;
        if (frame.getUnsignedShort(start) == 0xFF03) {
            coded = frame.getUnsignedShort(start + 2) == 0x00FD ? 4 : 0;
        }
        if (direction == FrameFilter.Direction.TO_CLIENT && coded != 0) {
            for (int at = start + coded + 2; at < frame.writerIndex(); at++) {
                frame.setByte(at, frame.getByte(at) ^ 0x5A);
            }
        }
        return true;
    }

    private static void ping(SimulatedTunnel tunnel, int times, Duration every) {
        for (int i = 0; i < times && tunnel.end == null; i++) {
            tunnel.sendFromClient("ping " + i);
            tunnel.sendFromServer("pong " + i);
            tunnel.runFor(every);
        }
    }

    private static List<String> received(SimulatedTunnel tunnel) {
        return tunnel.toClientHost.stream().map(SimulatedTunnel::payload).toList();
    }

    @ParameterizedTest
    @CsvSource({"STATELESS, 1000", "STATELESS, 5", "STATEFUL, 1000", "STATEFUL, 5"})
    void keysThatDifferAreSaidSoon(MppeMode mode, int everyMillis) {
        SimulatedTunnel tunnel = up(mode, KeysAndProofTest::otherKey);
        long began = tunnel.network.now();
        ping(tunnel, 10_000 / everyMillis, Duration.ofMillis(everyMillis));
        assertThat(tunnel.end).as("ended within ten seconds").isNotNull();
        Failure failure = tunnel.end.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(FailureReason.KEYS_WRONG);
        assertThat(Duration.ofNanos(tunnel.network.now() - began)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(tunnel.toClientHost).isEmpty();
        assertThat(tunnel.end.traffic().refused().get(Refusal.UNDECIPHERABLE)).isGreaterThanOrEqualTo(4);
    }

    /** Time mends it: a tunnel that is kept up comes back. */
    private static void assertLostStep(SimulatedTunnel tunnel, String seen) {
        assertThat(tunnel.end).isNotNull();
        Failure failure = tunnel.end.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(failure.sentence()).contains("lost step", seen);
        assertThat(failure.remedy().toString()).doesNotContain("RADIUS");
    }

    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void keysThatHaveWorkedDoNotDiffer(MppeMode mode) {
        AtomicBoolean other = new AtomicBoolean();
        SimulatedTunnel tunnel = up(mode, (direction, frame) -> !other.get() || otherKey(direction, frame));
        ping(tunnel, 100, Duration.ofMillis(20));
        other.set(true);
        ping(tunnel, 2000, Duration.ofMillis(20));
        assertLostStep(tunnel, "none of the last encrypted packets");
    }

    /** A server's kernel decrypts to garbage what it no longer counts rightly, and its pppd rejects that. */
    @Test
    void aServerThatNoLongerUnderstandsWhatItDidHasLostStep() {
        AtomicInteger rejects = new AtomicInteger(-1);
        SimulatedTunnel tunnel = up(MppeMode.STATELESS, (direction, frame) -> {
            int start = frame.readerIndex();
            int coded = frame.getUnsignedByte(start) == 0xFD ? 1 : 0;
            if (rejects.get() >= 0 && direction == FrameFilter.Direction.TO_CLIENT && coded != 0) {
                int id = rejects.incrementAndGet() & 63;
                frame.setBytes(start, octets(String.format("ff03c021 08%02x000a 3a%02x deadbeef", id, 2 * id + 1)));
            }
            return true;
        });
        ping(tunnel, 100, Duration.ofMillis(20));
        rejects.set(0);
        ping(tunnel, 100, Duration.ofMillis(100));
        assertLostStep(tunnel, "the peer rejects protocols that we never sent (0x3a03");
    }

    /** More lost in one piece than anybody can count: the tunnel cannot go on, but is given up soon, and for what it is. */
    @Test
    void aLossThatNobodyCanCountIsFoundOutSoon() {
        SimulatedTunnel tunnel = up();
        ping(tunnel, 100, Duration.ofMillis(20));
        tunnel.gre.blocked = true;
        for (int i = 0; i < 66_000; i++) {
            tunnel.sendFromServer("lost " + i);
        }
        tunnel.gre.blocked = false;
        ping(tunnel, 500, Duration.ofMillis(20));
        assertLostStep(tunnel, "none of the last encrypted packets");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 60})
    void whatIsLostSaysNothingOfKeys(int percent) {
        for (int seed = 0; seed < LOSSY_SEEDS / 3 + 1; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MppeMode mode = random.nextBoolean() ? MppeMode.STATELESS : MppeMode.STATEFUL;
            SimulatedTunnel tunnel = up(mode, FrameFilter.NONE);
            tunnel.network.become(new SimulatedNetwork.Weather(percent / 100.0, 0.01, random.nextInt(30)));
            ping(tunnel, 60, Duration.ofSeconds(1));
            Failure failure = tunnel.end == null ? null : tunnel.end.failure();
            assertThat(failure == null ? null : failure.reason()).isNotEqualTo(FailureReason.KEYS_WRONG);
            assertThat(tunnel.log).noneMatch(line -> line.contains("in the server's name"));
        }
    }

    /** Four packets of any number for the call's id, of all that there are: what a stranger can send within seconds. */
    @ParameterizedTest
    @EnumSource(Forged.class)
    void aStrangerEndsNothing(Forged what) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100; i++) {
            SimulatedTunnel tunnel = what.tunnel();
            ping(tunnel, i % 3, Duration.ofMillis(50));
            int far = random.nextInt(1 << 30, Integer.MAX_VALUE);
            for (int j = 0; j < 4; j++) {
                what.send(tunnel, far + j);
            }
            tunnel.runFor(Duration.ofSeconds(5));
            ping(tunnel, 5, Duration.ofMillis(50));
            assertThat(tunnel.end).as("%s, attempt %s", what, i).isNull();
            assertThat(received(tunnel)).contains("pong 0", "pong 4");
        }
    }

    static Stream<Arguments> knowing() {
        return Stream.of(Forged.values())
                .flatMap(what -> Stream.of(
                        Arguments.of(what, 1, 0),
                        Arguments.of(what, 1, 9),
                        Arguments.of(what, 7, 9),
                        Arguments.of(what, 400, 0),
                        Arguments.of(what, -1, 9)));
    }

    @ParameterizedTest
    @MethodSource("knowing")
    void somebodyWhoKnowsTheNumbersEndsNothing(Forged what, int ahead, int genuine) {
        SimulatedTunnel tunnel = what.tunnel();
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            what.send(tunnel, tunnel.gre.lastToClient + ahead);
            for (int j = 0; j < genuine; j++, sent++) {
                tunnel.sendFromServer("genuine " + sent);
                tunnel.runFor(Duration.ofMillis(7));
            }
            tunnel.runFor(Duration.ofSeconds(3));
        }
        assertThat(tunnel.end).isNull();
        assertThat(tunnel.toClientHost).hasSize(sent);
        if (what != Forged.NOTHING && ahead > 0) {
            assertThat(tunnel.log)
                    .filteredOn(line -> line.contains("in the server's name"))
                    .hasSizeBetween(1, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void garbageEndsNothing(int decryptedBefore) {
        SimulatedTunnel tunnel = up();
        ping(tunnel, decryptedBefore, Duration.ofMillis(50));
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 4; round++) {
            int next = tunnel.gre.lastToClient + 1;
            for (int i = 0; i < 150; i++) {
                byte[] frame = octets(GARBAGE);
                frame[3] = (byte) (decryptedBefore + i);
                frame[7] = (byte) random.nextInt();
                tunnel.gre.forgeToClient(next + i, frame);
            }
            tunnel.runFor(Duration.ofMillis(2500));
        }
        ping(tunnel, 5, Duration.ofMillis(50));
        assertThat(tunnel.end).isNull();
        assertThat(received(tunnel)).contains("pong 4");
        assertThat(tunnel.log).anyMatch(line -> line.contains("look encrypted and do not decrypt"));
    }

    /** Who sees what the server sends, and nothing of ours: what has counted does not count again, from wherever it comes. */
    @Test
    void answersThatAreSentAgainMoveNothing() {
        List<byte[]> answers = new ArrayList<>();
        SimulatedTunnel tunnel = up(MppeMode.STATELESS, (direction, frame) -> {
            byte[] octets = ByteBufUtil.getBytes(frame);
            if (direction == FrameFilter.Direction.TO_CLIENT && octets.length == ECHO_REPLY_OCTETS && octets[4] == 10) {
                answers.add(octets);
            }
            return true;
        });
        ping(tunnel, 3, Duration.ofMillis(50));
        tunnel.runFor(Duration.ofMinutes(5));
        assertThat(answers).hasSizeGreaterThanOrEqualTo(4);
        strayFarAndGoOn(tunnel, answers);
    }

    @Test
    void guessedAnswersMoveNothing() {
        SimulatedTunnel tunnel = up();
        ping(tunnel, 3, Duration.ofMillis(50));
        SplittableRandom random = new SplittableRandom(4);
        List<byte[]> guesses = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] guess = octets("ff03c021 0a010010 01020304 0000000000000000");
            ByteBuffer.wrap(guess).putLong(guess.length - Long.BYTES, random.nextLong());
            guesses.add(guess);
        }
        strayFarAndGoOn(tunnel, guesses);
    }

    /** Each from a place of its own, ahead of the window, and then what the server sends: nothing of it may be late. */
    private static void strayFarAndGoOn(SimulatedTunnel tunnel, List<byte[]> frames) {
        int far = tunnel.gre.lastToClient + 1000;
        int before = tunnel.toClientHost.size();
        for (int i = 0; i < frames.size(); i++) {
            tunnel.gre.forgeToClient(far + 100 * i, frames.get(i));
            tunnel.sendFromServer("genuine " + i);
            tunnel.runFor(Duration.ofMillis(20));
        }
        assertThat(tunnel.end).isNull();
        assertThat(tunnel.toClientHost).hasSize(before + frames.size());
    }

    @Test
    void aServerThatLeavesIsBelieved() {
        SimulatedTunnel tunnel = up();
        ping(tunnel, 3, Duration.ofMillis(50));
        long began = tunnel.network.now();
        tunnel.serverEndsLink("going home", began);
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofSeconds(30));
        assertThat(tunnel.end).isNotNull();
        Failure failure = tunnel.end.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(FailureReason.ENDED_BY_SERVER);
        assertThat(failure.sentence()).contains("going home");
        assertThat(Duration.ofNanos(tunnel.network.now() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
