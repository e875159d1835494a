package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives, in whatever phase: nothing is thrown, nothing is delivered, answers stay small. */
class FuzzTest {
    private static final int[] PROTOCOLS = {
        PppProtocol.LCP,
        PppProtocol.CHAP,
        PppProtocol.CCP,
        PppProtocol.IPCP,
        PppProtocol.COMPRESSED,
        PppProtocol.IPV4,
        PppProtocol.IPV6CP,
        PppProtocol.PAP,
        PppProtocol.EAP,
        0x4021
    };

    /** How long a conversation has gone on when the fuzz begins: every phase is among them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115, 125, 1000})
    void madeUpFrames(int millis) {
        Random random = new Random(millis);
        for (int round = 0; round < 20; round++) {
            AuthMethod method = round % 2 == 0 ? AuthMethod.MSCHAPV2 : AuthMethod.EAP_MSCHAPV2;
            Lab lab = lab(method, round).open().run(Duration.ofMillis(millis));
            lab.line = (toServer, frame) -> null;
            for (int i = 0; i < 300; i++) {
                Lab.End end = random.nextBoolean() ? lab.client : lab.server;
                byte[] frame = madeUp(random);
                int sent = end.sent.size();
                assertThatCode(() -> end.receive(frame))
                        .as(ByteBufUtil.hexDump(frame))
                        .doesNotThrowAnyException();
                for (byte[] answer : end.sent.subList(sent, end.sent.size())) {
                    assertThat(answer.length).isLessThanOrEqualTo(1504);
                }
                lab.run(Duration.ofMillis(random.nextInt(500)));
            }
            lab.run(Duration.ofMinutes(10));
            assertThat(lab.client.delivered).isEmpty();
            assertThat(lab.server.delivered).isEmpty();
            for (Lab.End end : List.of(lab.client, lab.server)) {
                assertThat(end.failure()).isNotNull();
                assertThat(end.events.stream()
                                .filter(event -> event instanceof PppEvent.Down)
                                .count())
                        .isOne();
                assertThat(end.events.get(end.events.size() - 1)).isInstanceOf(PppEvent.Down.class);
            }
        }
    }

    /** Mostly well-formed, so that it gets past the first check. */
    private static byte[] madeUp(Random random) {
        byte[] octets = new byte[4 + random.nextInt(random.nextInt(20) == 0 ? 1600 : 40)];
        random.nextBytes(octets);
        if (random.nextInt(10) == 0) {
            return octets;
        }
        int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        byte[] data = Arrays.copyOfRange(octets, 4, octets.length);
        for (int at = 0; random.nextInt(4) > 0 && at + 2 <= data.length; at += data[at + 1]) {
            int[] types = {1, 2, 3, 5, 7, 8, 18, 129, 130, 131, 132, random.nextInt(256)};
            data[at] = (byte) types[random.nextInt(types.length)];
            data[at + 1] = (byte) Math.min(2 + random.nextInt(6), data.length - at);
        }
        return Frames.control(protocol, random.nextInt(17), random.nextInt(256), data);
    }

    /** Every octet of every frame of a whole conversation is cut off, and every octet changed. */
    @Test
    void truncatedAndDamagedFrames() {
        Lab model = new Lab(Configs.client(), Configs.server(), 3).open().runUntilSettled();
        List<byte[]> frames = new ArrayList<>(model.server.sent);
        model.server.send(new byte[100]);
        frames.add(model.server.sent.get(model.server.sent.size() - 1));
        Random random = new Random(4);
        for (byte[] frame : frames) {
            Lab lab = new Lab(Configs.client(), Configs.server(), 3).open().run(Duration.ofMillis(random.nextInt(140)));
            for (int length = 0; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                assertThatCode(() -> lab.client.receive(cut)).doesNotThrowAnyException();
            }
            for (int at = 0; at < frame.length; at++) {
                byte[] damaged = frame.clone();
                damaged[at] = (byte) random.nextInt(256);
                assertThatCode(() -> lab.client.receive(damaged)).doesNotThrowAnyException();
            }
        }
    }

    /** Every value of the length field, for each protocol, in every phase; and of an option's length. */
    @ParameterizedTest
    @EnumSource(
            value = AuthMethod.class,
            names = {"MSCHAPV2", "EAP_MSCHAPV2", "EAP_MD5", "PAP"})
    void everyLength(AuthMethod method) {
        for (int millis : new int[] {0, 25, 55, 75, 1000}) {
            Lab lab = lab(method, 3).open().run(Duration.ofMillis(millis));
            lab.line = (toServer, frame) -> null;
            for (int protocol : PROTOCOLS) {
                for (int length = 0; length < 65536; length += length < 300 ? 1 : 97) {
                    byte[] frame = Frames.control(protocol, 1, length, new byte[] {3, 6, 1, 2, 3, 4});
                    frame[6] = (byte) (length >> 8);
                    frame[7] = (byte) length;
                    lab.client.receive(frame);
                    byte[] option = Frames.control(protocol, 1, length, new byte[] {3, (byte) length, 1, 2, 3, 4});
                    lab.client.receive(option);
                }
            }
        }
    }

    private static Lab lab(AuthMethod method, long seed) {
        MppePolicy mppe = method.yieldsKeys() ? MppePolicy.REQUIRE_128_STATELESS : MppePolicy.NONE;
        return new Lab(Configs.client("s3cret", Set.of(method), mppe), Configs.server(List.of(method), mppe), seed);
    }
}
