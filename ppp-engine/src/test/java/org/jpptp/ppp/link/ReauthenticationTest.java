package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.Authentication;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server may ask who we are at any time (RFC 1994 §2), and so may anybody in its name. */
class ReauthenticationTest {
    private static final Duration SOON = Duration.ofSeconds(4);
    /** Numbers that the server has not used yet. */
    private static final int FAR = 100_000;

    /** The codes of CHAP, and of EAP with its Request. */
    private static final int CHALLENGE = 1;

    private static final int SUCCESS = 3;
    private static final int FAILURE = 4;

    static Stream<AuthMethod> methods() {
        return EnumSet.complementOf(EnumSet.of(AuthMethod.PAP)).stream();
    }

    private static Lab up(AuthMethod method) {
        MppePolicy mppe = method.yieldsKeys() ? MppePolicy.REQUIRE_128_STATELESS : MppePolicy.NONE;
        Lab lab = new Lab(Configs.client("s3cret", Set.of(method), mppe), Configs.server(List.of(method), mppe), 7);
        lab.open().runUntilSettled();
        assertThat(lab.client.up()).isTrue();
        bothWays(lab);
        return lab;
    }

    private static void bothWays(Lab lab) {
        lab.client.delivered.clear();
        lab.server.delivered.clear();
        lab.client.send(new byte[] {1});
        lab.server.send(new byte[] {2});
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.client.delivered).hasSize(1);
        assertThat(lab.server.delivered).hasSize(1);
    }

    /** Another authentication by the server of a link, whose packets have the numbers of that server. */
    private static final class Again implements AuthOutput {
        private final Lab lab;
        private final Authentication machine;
        int accepted;
        int refused;

        Again(Lab lab, AuthMethod method, String password) {
            this.lab = lab;
            Credentials alice = new Credentials("EXAMPLE\\alice", password.toCharArray());
            machine = Authentications.of(
                    new AuthRole.Authenticator("gate", name -> new AuthRole.Account(alice, 0), method),
                    method.protocol(),
                    new Random(5),
                    Duration.ofSeconds(30),
                    PppHabits.OURS,
                    this);
            lab.line = this::carry;
            machine.start(lab.now);
        }

        private byte[] carry(boolean toServer, byte[] frame) {
            ByteBuf packet = Unpooled.copiedBuffer(frame);
            int protocol = PppFrame.parse(packet);
            if (toServer && isAuthentication(protocol)) {
                machine.receive(packet, lab.now);
                return Frames.control(PppProtocol.LCP, ControlPacket.DISCARD_REQUEST, 1, new byte[4]);
            }
            return frame;
        }

        @Override
        public void send(int protocol, ByteBuf packet, long now) {
            lab.putToClient(frame(protocol, packet));
        }

        @Override
        public void note(String why) {}

        @Override
        public void succeeded(AuthResult result, long now) {
            accepted++;
        }

        @Override
        public void wanted(PppEvent.SecretWanted secret, long now) {
            throw new AssertionError("a server asks nobody");
        }

        @Override
        public void failed(PppFailure failure) {
            refused++;
        }
    }

    private static boolean isAuthentication(int protocol) {
        return protocol == PppProtocol.CHAP || protocol == PppProtocol.EAP;
    }

    private static byte[] frame(int protocol, ByteBuf packet) {
        return Frames.control(
                protocol,
                packet.getByte(packet.readerIndex()),
                packet.getUnsignedByte(packet.readerIndex() + 1),
                ByteBufUtil.getBytes(packet, packet.readerIndex() + 4, packet.readableBytes() - 4));
    }

    private static void answersNoEcho(Lab lab) {
        Lab.Line before = lab.line;
        lab.line = (toServer, frame) -> {
            byte[] carried = before.carry(toServer, frame);
            boolean echo = !toServer && Frames.is(frame, PppProtocol.LCP, ControlPacket.ECHO_REPLY);
            return echo ? Frames.control(PppProtocol.LCP, ControlPacket.DISCARD_REQUEST, 1, new byte[4]) : carried;
        };
    }

    private static int foreign(Lab lab) {
        return (int) lab.client.events.stream()
                .filter(event -> event instanceof PppEvent.ForeignPackets)
                .count();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theServerIsAnswered(AuthMethod method) {
        Lab lab = up(method);
        for (int i = 1; i <= 3; i++) {
            Again again = new Again(lab, method, "s3cret");
            lab.run(SOON);
            assertThat(again.accepted).as("time %d: %s", i, lab.log).isEqualTo(1);
            bothWays(lab);
        }
        assertThat(lab.client.failure()).isNull();
        assertThat(foreign(lab)).isZero();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aServerThatAnswersNoEchoIsAnswered(AuthMethod method) {
        Lab lab = up(method);
        Again again = new Again(lab, method, "s3cret");
        answersNoEcho(lab);
        lab.run(SOON.multipliedBy(3));
        assertThat(again.accepted).isEqualTo(1);
        bothWays(lab);
        assertThat(lab.client.failure()).isNull();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void itsRefusalEndsTheLink(AuthMethod method) {
        Lab lab = up(method);
        Again again = new Again(lab, method, "changed");
        lab.run(SOON);
        assertThat(again.refused).isEqualTo(1);
        assertRefused(lab.client.failure());
    }

    /** It hangs up instead of answering: nobody else has said why. */
    @ParameterizedTest
    @MethodSource("methods")
    void itsRefusalIsTheReasonWhileItWaits(AuthMethod method) {
        Lab lab = up(method);
        Again again = new Again(lab, method, "changed");
        lab.run(SOON, () -> again.refused == 1);
        answersNoEcho(lab);
        lab.run(Duration.ofSeconds(1));
        PppFailure ending = lab.client.link.ending(lab.now);
        assertRefused(ending == null ? lab.client.failure() : ending);
    }

    private static void assertRefused(@Nullable PppFailure failure) {
        assertThat(failure).isNotNull();
        assertThat(failure.cause()).isEqualTo(Cause.CREDENTIALS_REJECTED);
    }

    /** A question of anybody's, and a verdict on the answer. */
    private static byte[] question(AuthMethod method, int id) {
        byte[] challenge = new byte[method == AuthMethod.MSCHAPV1 ? 9 : 17];
        challenge[0] = (byte) (challenge.length - 1);
        challenge[1] = (byte) id;
        byte[] identity = {1};
        int protocol = method.protocol().number();
        return Frames.control(protocol, CHALLENGE, id, protocol == PppProtocol.EAP ? identity : challenge);
    }

    /** The server might take our answer for that to its own question, and a verdict would end the link. */
    @ParameterizedTest
    @MethodSource("methods")
    void aStrangerIsNeitherAnsweredNorBelieved(AuthMethod method) {
        Lab lab = up(method);
        lab.client.sent.clear();
        int number = FAR;
        for (int i = 0; i < 30; i++) {
            int verdict = i % 2 == 0 ? FAILURE : SUCCESS;
            lab.client.receive(question(method, i), number++);
            lab.client.receive(Frames.control(method.protocol().number(), verdict, i), number++);
            lab.run(Duration.ofMillis(100));
        }
        assertThat(lab.client.failure()).isNull();
        assertThat(lab.client.sent).noneMatch(frame -> isAuthentication(Frames.protocol(frame)));
        assertThat(foreign(lab)).as("told once a minute").isEqualTo(1);
        Again again = new Again(lab, method, "s3cret");
        lab.run(SOON);
        assertThat(again.accepted).as("the server is answered all the same").isEqualTo(1);
        bothWays(lab);
    }
}
