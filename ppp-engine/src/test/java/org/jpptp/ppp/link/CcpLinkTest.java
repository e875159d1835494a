package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CCP over a link: what is agreed on, carried out, kept in step, and refused. */
class CcpLinkTest {
    private static MppePolicy with(boolean mppc, MppePolicy policy) {
        return mppc ? policy.withMppc() : policy;
    }

    private static PppEvent.EncryptionSettled settled(Lab.End end) {
        return end.events.stream()
                .filter(event -> event instanceof PppEvent.EncryptionSettled)
                .map(event -> (PppEvent.EncryptionSettled) event)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] text(int number) {
        return ("datagram " + number + ": " + "all work and no play makes a dull boy, ".repeat(number % 25))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Every strength, none among them, in every mode, with compression: all arrives, and most of it shorter. */
    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void compressionIsCarriedOutBothWays(MppeMode mode) {
        List<Set<MppeStrength>> all = new ArrayList<>();
        all.add(Set.of());
        for (MppeStrength strength : MppeStrength.values()) {
            all.add(EnumSet.of(strength));
        }
        for (Set<MppeStrength> strengths : all) {
            Set<MppeMode> modes = EnumSet.of(mode);
            MppePolicy mppe = (strengths.isEmpty()
                            ? MppePolicy.permit(strengths, modes)
                            : MppePolicy.require(strengths, modes))
                    .withMppc();
            Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 31)
                    .open()
                    .runUntilSettled();
            PppEvent.Coding coding =
                    new PppEvent.Coding(strengths.stream().findFirst().orElse(null), mode, mppe.mppc());
            assertThat(settled(lab.client)).isEqualTo(new PppEvent.EncryptionSettled(coding, coding));
            lab.run(Duration.ofMillis(100));
            int before = octets(lab.client);
            int plain = 0;
            for (int i = 0; i < 600; i++) {
                plain += 20 + text(i).length;
                assertThat(lab.client.send(text(i))).isTrue();
                assertThat(lab.server.send(text(i))).isTrue();
                lab.run(Duration.ofMillis(100));
            }
            assertThat(lab.client.delivered).as(coding.label()).hasSize(600);
            assertThat(lab.server.delivered).as(coding.label()).hasSize(600);
            for (int i = 0; i < 600; i++) {
                byte[] datagram = lab.server.delivered.get(i);
                assertThat(datagram).endsWith(text(i)).hasSize(20 + text(i).length);
            }
            assertThat(octets(lab.client) - before).as(coding.label()).isLessThan(plain / 2);
        }
    }

    private static int octets(Lab.End end) {
        return end.sent.stream().mapToInt(frame -> frame.length).sum();
    }

    /** Each direction has its own terms where policy allows. */
    @Test
    void directionsDiffer() {
        MppePolicy client = MppePolicy.require(
                        EnumSet.of(MppeStrength.BITS_128, MppeStrength.BITS_40), EnumSet.allOf(MppeMode.class))
                .withMppc();
        Lab lab = new Lab(Configs.client(client), Configs.server(client), 32);
        // What the client asks for becomes 40-bit stateful on the way, and what is acknowledged the other way round.
        lab.line = (toServer, frame) -> toServer && Frames.is(frame, PppProtocol.CCP, 1)
                ? Frames.control(PppProtocol.CCP, 1, frame[5], new byte[] {18, 6, 0, 0, 0, 0x20})
                : !toServer && Frames.is(frame, PppProtocol.CCP, 2)
                        ? Frames.control(PppProtocol.CCP, 3, frame[5], new byte[] {18, 6, 0, 0, 0, 0x20})
                        : frame;
        lab.open().run(Duration.ofMillis(95));
        lab.line = (toServer, frame) -> frame;
        lab.runUntilSettled().run(Duration.ofMillis(100));
        PppEvent.Coding strong = PppEvent.Coding.encrypted(MppeStrength.BITS_128, MppeMode.STATELESS)
                .withMppc();
        PppEvent.Coding weak = PppEvent.Coding.encrypted(MppeStrength.BITS_40, MppeMode.STATEFUL);
        assertThat(settled(lab.client)).isEqualTo(new PppEvent.EncryptionSettled(strong, weak));
        assertThat(settled(lab.server)).isEqualTo(new PppEvent.EncryptionSettled(weak, strong));
        for (int i = 0; i < 300; i++) {
            assertThat(lab.client.send(text(i))).isTrue();
            assertThat(lab.server.send(text(i))).isTrue();
            lab.run(Duration.ofMillis(50));
        }
        assertThat(lab.client.delivered).hasSize(300);
        assertThat(lab.server.delivered).hasSize(300);
    }

    /** The seed's thread: a server of 40 bits, stateful, with compression. It Naks until it is asked for just that. */
    @ParameterizedTest
    @CsvSource({"false, 0x20", "true, 0x21"})
    void theContivityOfTheSeed(boolean mppc, String agreed) {
        MppePolicy mppe =
                with(mppc, MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.allOf(MppeMode.class)));
        MppePolicy contivity = MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATEFUL))
                .withMppc();
        Lab lab = new Lab(Configs.client(mppe), Configs.server(contivity), 33);
        lab.line = (toServer, frame) -> !toServer && Frames.is(frame, PppProtocol.CCP, 3)
                ? Frames.control(PppProtocol.CCP, 3, frame[5], new byte[] {18, 6, 0, 0, 0, 0x21})
                : frame;
        lab.open().runUntilSettled();
        assertThat(lab.client.up()).as(String.join("\n", lab.log)).isTrue();
        assertThat(settled(lab.client).receive())
                .isEqualTo(new PppEvent.Coding(MppeStrength.BITS_40, MppeMode.STATEFUL, mppc));
        assertThat(lab.client.sent.stream()
                        .filter(frame -> Frames.is(frame, PppProtocol.CCP, 1))
                        .map(frame -> frame[13]))
                .last()
                .isEqualTo((byte) (int) Integer.decode(agreed));
    }

    @Test
    void theSameUnderTheDefaultPolicyIsRefusedInWords() {
        MppePolicy contivity = MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATEFUL))
                .withMppc();
        Lab lab = new Lab(Configs.client(), Configs.server(contivity), 34);
        lab.line = (toServer, frame) -> !toServer && Frames.is(frame, PppProtocol.CCP, 3)
                ? Frames.control(PppProtocol.CCP, 3, frame[5], new byte[] {18, 6, 0, 0, 0, 0x21})
                : frame;
        lab.open().runUntilSettled();
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.ENCRYPTION_REFUSED);
        MppeOffer offer = ((EncryptionFailure.Refused) failure).terms().lastOffered();
        assertThat(offer).isNotNull();
        assertThat(offer.strengths()).containsExactly(MppeStrength.BITS_40);
        assertThat(offer.mode()).isEqualTo(MppeMode.STATEFUL);
    }

    /** Seed Q282799: the server authenticates us, and ends the link without a word on encryption. */
    @Test
    void anEndBeforeAnyWordOnEncryptionMeansMissingKeys() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 35);
        lab.line = (toServer, frame) -> Frames.protocol(frame) == PppProtocol.CCP ? null : frame;
        lab.open().run(Duration.ofMinutes(1), () -> Frames.protocol(last(lab.client)) == PppProtocol.CCP);
        lab.server.link.close("MPPE required but not available", lab.now);
        lab.run(Duration.ofMillis(100)); // at once: the server's call ends right after its link
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.KEYS_DIFFER);
        assertThat(failure).isEqualTo(new EncryptionFailure.EndedBeforeCcp("MPPE required but not available"));
    }

    private static byte[] last(Lab.End end) {
        return end.sent.isEmpty() ? new byte[8] : end.sent.get(end.sent.size() - 1);
    }

    /** But not once it has said something, nor where no encryption is required, nor during authentication. */
    @ParameterizedTest
    @ValueSource(strings = {"said something", "not required", "authenticating"})
    void otherEndsDoNot(String which) {
        MppePolicy optional = MppePolicy.permit(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS));
        Lab lab = new Lab(
                which.equals("not required") ? Configs.client(optional) : Configs.client(), Configs.server(), 36);
        boolean silent = which.equals("not required");
        lab.line =
                (toServer, frame) -> Frames.protocol(frame) == PppProtocol.CCP && (toServer || silent) ? null : frame;
        lab.open();
        if (which.equals("authenticating")) {
            lab.run(Duration.ofMillis(25));
        } else {
            lab.run(Duration.ofMillis(75));
        }
        lab.server.link.close("closing time", lab.now);
        lab.run(Duration.ofMinutes(1));
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.PEER_TERMINATED);
    }

    /** After a loss one round trip, and 300 ms where that is lost too; never a wrong datagram. */
    @ParameterizedTest
    @CsvSource({"0.01, false", "0.05, false", "0.2, false", "0.01, true", "0.05, true", "0.2, true"})
    void statefulModeRecoversFromLoss(double loss, boolean mppc) {
        MppePolicy mppe =
                with(mppc, MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATEFUL)));
        Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 37).open().runUntilSettled();
        lab.run(Duration.ofMillis(100));
        lab.loss = loss;
        int longestSilence = 0;
        int silence = 0;
        for (int i = 0; i < 4000; i++) {
            int before = lab.server.delivered.size();
            lab.client.send(text(i));
            lab.run(Duration.ofMillis(10));
            silence = lab.server.delivered.size() == before ? silence + 1 : 0;
            longestSilence = Math.max(longestSilence, silence);
        }
        assertThat(lab.client.up()).isTrue();
        assertThat(longestSilence).as("in steps of 10 ms").isLessThan(loss > 0.1 ? 200 : 120);
        int number = -1;
        for (byte[] datagram : lab.server.delivered) {
            String content = new String(datagram, 20, datagram.length - 20, StandardCharsets.US_ASCII);
            int next = Integer.parseInt(content.substring("datagram ".length(), content.indexOf(':')));
            assertThat(next).isGreaterThan(number);
            assertThat(content).isEqualTo(new String(text(next), StandardCharsets.US_ASCII));
            number = next;
        }
    }

    /** RFC 1962 §3.1. Linux as the peer waits for it, and decrypts nothing until then. */
    @Test
    void aResetRequestIsAcknowledgedBeforeTheFlushedPacket() {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATEFUL));
        Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 41).open().runUntilSettled();
        lab.run(Duration.ofMillis(100));
        lab.client.sent.clear();
        lab.client.receive(Frames.control(PppProtocol.CCP, 14, 7));
        lab.client.send(new byte[30]);
        // Twice, as one may get lost.
        assertThat(lab.client.sent).hasSize(3);
        assertThat(lab.client.sent.get(0)).isEqualTo(Frames.control(PppProtocol.CCP, 15, 7));
        assertThat(lab.client.sent.get(1)).isEqualTo(Frames.control(PppProtocol.CCP, 15, 7));
        assertThat(Frames.is(lab.client.sent.get(2), PppProtocol.CCP, 15)).isFalse();

        // The next at once has to wait, and its answer with it.
        lab.client.receive(Frames.control(PppProtocol.CCP, 14, 8));
        assertThat(lab.client.sent).hasSize(3);
        lab.run(Duration.ofMillis(200));
        assertThat(lab.client.sent.get(3)).isEqualTo(Frames.control(PppProtocol.CCP, 15, 8));
    }

    /** Threats, row 10, over the whole link: a flood of Reset-Requests repeats no key stream and moves little. */
    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void forgedResetsCostLittle(MppeMode mode) {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(mode));
        Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 38).open().runUntilSettled();
        lab.run(Duration.ofMillis(100));
        byte[] reset = Frames.control(PppProtocol.CCP, 14, 1);
        Set<String> streams = new HashSet<>();
        int packets = 10_000;
        int flushed = 0;
        lab.client.sent.clear();
        for (int i = 0; i < packets; i++) {
            for (int j = 0; j < 10; j++) {
                lab.client.receive(reset);
            }
            lab.client.send(new byte[30]);
            lab.run(Duration.ofMillis(1));
        }
        lab.run(Duration.ofSeconds(1));
        for (byte @Nullable [] frame : lab.client.sent) {
            if (Frames.protocol(frame) == PppProtocol.COMPRESSED) {
                flushed += frame[frame[0] == 0 ? 2 : 1] < 0 ? 1 : 0;
                // All of them have the same plaintext.
                assertThat(streams.add(new String(frame, 8, frame.length - 8, StandardCharsets.ISO_8859_1)))
                        .isTrue();
            }
        }
        assertThat(streams).hasSize(packets);
        assertThat(lab.server.delivered).hasSize(packets);
        if (mode == MppeMode.STATEFUL) {
            assertThat(flushed).as("ten a second, and every 256th").isLessThan(250);
        }
    }

    /** README.MPPE: "both directions or disconnect". */
    @Test
    void oneDirectionAloneIsNotEnough() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 39);
        // The server asks for nothing, and takes what we ask for.
        lab.line = (toServer, frame) -> !toServer && Frames.is(frame, PppProtocol.CCP, 1)
                ? Frames.control(PppProtocol.CCP, 1, frame[5])
                : frame;
        lab.open().runUntilSettled();
        PppFailure failure = lab.client.failure();
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.ENCRYPTION_REFUSED);
        assertThat(lab.server.up()).isFalse();
        assertThat(lab.client.send(new byte[4])).isFalse();
    }

    /** README.MPPE: four octets of the peer's MRU are MPPE's, whatever the datagram compresses to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fourOctetsOfTheMruAreMppes(boolean mppc) {
        MppePolicy mppe =
                with(mppc, MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS)));
        Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 40).open().runUntilSettled();
        lab.run(Duration.ofMillis(100));
        byte[] random = new byte[1376];
        new Random(1).nextBytes(random);
        assertThat(lab.client.send(random)).as("1396 of 1400").isTrue();
        byte[] frame = last(lab.client);
        assertThat(frame.length).isLessThanOrEqualTo(1400 + 2);
        assertThat(lab.client.send(new byte[1377])).isFalse();
    }

    /** README.MPPE: "stateless mode" and 128 bits unless somebody says otherwise. */
    @Test
    void statelessIsTheDefault() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 41).open().runUntilSettled();
        assertThat(settled(lab.client).send())
                .isEqualTo(PppEvent.Coding.encrypted(MppeStrength.BITS_128, MppeMode.STATELESS));
    }

    /** README.MPPE: "every packet" is encrypted, in every mode, whatever it is that is sent. */
    @ParameterizedTest
    @EnumSource(MppeMode.class)
    void everyPacketIsEncrypted(MppeMode mode) {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(mode))
                .withMppc();
        Lab lab = new Lab(Configs.client(mppe), Configs.server(mppe), 42).open().runUntilSettled();
        lab.run(Duration.ofMillis(100));
        lab.client.sent.clear();
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            byte[] content = new byte[random.nextInt(1300)];
            if (i % 3 == 0) {
                random.nextBytes(content);
            }
            lab.client.send(content);
        }
        for (byte[] frame : lab.client.sent) {
            assertThat(Frames.protocol(frame)).isEqualTo(PppProtocol.COMPRESSED);
            assertThat(Unpooled.wrappedBuffer(frame).getByte(frame[0] == 0 ? 2 : 1) & 0x10)
                    .as("bit D")
                    .isNotZero();
        }
        assertThat(lab.client.sent).hasSize(2000);
    }
}
