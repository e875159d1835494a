package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two links that authenticate each way, and what LCP says of ways that do not go together. */
class AuthenticationMatrixTest {
    private static final boolean KEYS_REQUIRED = true;
    private static final EnumSet<AuthMethod> METHODS = EnumSet.allOf(AuthMethod.class);

    static Stream<AuthMethod> methods() {
        return METHODS.stream();
    }

    private static MppePolicy mppe(AuthMethod method) {
        return method.yieldsKeys() ? MppePolicy.REQUIRE_128_STATELESS : MppePolicy.NONE;
    }

    private static Lab lab(String password, Set<AuthMethod> client, List<AuthMethod> server, MppePolicy mppe) {
        return new Lab(Configs.client(password, client, mppe), Configs.server(server, mppe), 31);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachComesUp(AuthMethod method) {
        Lab lab = lab("s3cret", Set.of(method), List.of(method), mppe(method))
                .open()
                .runUntilSettled();
        assertThat(lab.client.up()).isTrue();
        assertThat(lab.server.up()).isTrue();
        assertThat(authenticated(lab.client))
                .containsExactly(new PppEvent.Authenticated(
                        method,
                        "EXAMPLE\\alice",
                        method == AuthMethod.MSCHAPV2 || method == AuthMethod.EAP_MSCHAPV2,
                        method == AuthMethod.EAP_MD5 ? "" : "Access granted"));
        assertThat(authenticated(lab.server))
                .singleElement()
                .satisfies(event -> assertThat(event.method()).isEqualTo(method));
        assertThat(lab.client.send(new byte[] {1, 2, 3})).isTrue();
        lab.run(Duration.ofSeconds(1));
        assertThat(lab.server.delivered).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachComesUpOverABadLine(AuthMethod method) {
        for (int seed = 0; seed < 40; seed++) {
            Lab lab = new Lab(
                    Configs.client("s3cret", Set.of(method), mppe(method)),
                    Configs.server(List.of(method), mppe(method)),
                    seed);
            lab.loss = 0.1;
            lab.duplication = 0.1;
            lab.reordering = 0.1;
            lab.open().runUntilSettled();
            assertThat(lab.client.failure()).as("seed %d", seed).isNull();
            assertThat(authenticated(lab.client)).as("seed %d", seed).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachRefusesAWrongPassword(AuthMethod method) {
        Lab lab = lab("guess", Set.of(method), List.of(method), mppe(method))
                .open()
                .runUntilSettled();
        for (Lab.End end : List.of(lab.client, lab.server)) {
            PppFailure failure = end.failure();
            assertThat(failure).isNotNull();
            assertThat(failure.cause()).isEqualTo(Cause.CREDENTIALS_REJECTED);
            assertThat(failure.toString()).contains("alice").doesNotContain("guess");
            assertThat(authenticated(end)).isEmpty();
        }
        assertThat(String.join("\n", lab.log)).doesNotContain("guess").doesNotContain("6775657373");
    }

    /** What both allow is found, whatever the order; what is weaker than the best is not tried first. */
    @Test
    void methodsAreFound() {
        MppePolicy none = MppePolicy.NONE;
        assertThat(agreed(METHODS, List.of(AuthMethod.PAP, AuthMethod.MSCHAPV2), none))
                .as("the server demands it, and the client allows it")
                .isEqualTo(AuthMethod.PAP);
        assertThat(agreed(Set.of(AuthMethod.MSCHAPV2), List.of(AuthMethod.PAP, AuthMethod.MSCHAPV2), none))
                .isEqualTo(AuthMethod.MSCHAPV2);
        assertThat(agreed(
                        Set.of(AuthMethod.PAP), List.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MD5, AuthMethod.PAP), none))
                .isEqualTo(AuthMethod.PAP);
        assertThat(agreed(Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2), List.of(AuthMethod.EAP_MSCHAPV2), none))
                .as("EAP may only come to the best")
                .isEqualTo(AuthMethod.EAP_MSCHAPV2);
        assertThat(agreed(Set.of(AuthMethod.EAP_MD5), List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), none))
                .as("agreed on inside EAP")
                .isEqualTo(AuthMethod.EAP_MD5);
    }

    private static AuthMethod agreed(Set<AuthMethod> client, List<AuthMethod> server, MppePolicy mppe) {
        Lab lab = lab("s3cret", client, server, mppe).open().runUntilSettled();
        assertThat(lab.client.up()).as("%s %s: %s", client, server, lab.log).isTrue();
        return authenticated(lab.client).get(0).method();
    }

    @Test
    void encryptionNeedsKeys() {
        Lab lab = lab(
                        "s3cret",
                        Set.of(AuthMethod.PAP, AuthMethod.EAP_MD5),
                        List.of(AuthMethod.PAP),
                        MppePolicy.REQUIRE_128_STATELESS)
                .open()
                .runUntilSettled();
        assertThat(lab.client.failure())
                .isEqualTo(new AuthFailure.MethodRefused(
                        List.of(AuthDemand.of(AuthProtocol.PAP)), List.of(), KEYS_REQUIRED));
        assertThat(lab.client.sent).noneMatch(frame -> Frames.protocol(frame) == PppProtocol.PAP);
    }

    /** Threats, row 8: after MS-CHAPv2 somebody wants PAP, or anything weaker, in whatever phase. */
    @ParameterizedTest
    @ValueSource(ints = {5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 115, 1000})
    void nothingWeakerLater(int millis) {
        for (String weaker : List.of("0304c023", "0305c22305", "0305c22380", "0304c227", "")) {
            Lab lab = lab("s3cret", METHODS, List.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS)
                    .open()
                    .run(Duration.ofMillis(millis));
            lab.line = (toServer, frame) -> !toServer && Frames.is(frame, PppProtocol.LCP, 1)
                    ? Frames.replace(frame, "0305c22381", weaker)
                    : frame;
            byte[] request = Frames.control(PppProtocol.LCP, 1, 200, ByteBufUtil.decodeHexDump(weaker));
            lab.client.receive(request);
            lab.run(Duration.ofSeconds(30));
            assertThat(lab.client.sent).noneMatch(frame -> Frames.protocol(frame) == PppProtocol.PAP);
            assertThat(authenticated(lab.client))
                    .allMatch(event -> event.method().yieldsKeys());
            assertThat(lab.client.sent)
                    .noneMatch(frame -> new String(frame, StandardCharsets.ISO_8859_1).contains("s3cret"));
        }
    }

    /** The same where policy allows both: what was proved is not proved anew in a weaker way. */
    @Test
    void anAllowedMethodIsTooWeakOnceABetterOneWasUsed() {
        Lab lab = lab("s3cret", METHODS, List.of(AuthMethod.MSCHAPV2), MppePolicy.NONE)
                .open()
                .runUntilSettled();
        lab.line = (toServer, frame) -> {
            if (!toServer && Frames.is(frame, PppProtocol.LCP, 1)) {
                return Frames.replace(frame, "0305c22381", "0304c023");
            }
            return Frames.is(frame, PppProtocol.LCP, 2) && toServer
                    ? Frames.replace(frame, "0304c023", "0305c22381")
                    : frame;
        };
        lab.server.receive(Frames.control(PppProtocol.LCP, 1, 99, new byte[] {5, 6, 1, 2, 3, 4}));
        lab.run(Duration.ofSeconds(30));
        assertThat(lab.client.failure()).isEqualTo(new AuthFailure.MethodWeakened(AuthMethod.MSCHAPV2, AuthMethod.PAP));
        assertThat(lab.client.sent).noneMatch(frame -> Frames.protocol(frame) == PppProtocol.PAP);
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthMethod.class,
            names = {"MSCHAPV2", "EAP_MSCHAPV2", "EAP_MD5", "PAP"})
    void theProtocolInUseIsRejected(AuthMethod method) {
        Lab lab = lab("s3cret", Set.of(method), List.of(method), mppe(method));
        int number = method.protocol().number();
        boolean[] done = {false};
        lab.line = (toServer, frame) -> {
            boolean early = !done[0] && Frames.protocol(frame) == number;
            if (early) {
                done[0] = true;
                lab.client.receive(Frames.control(PppProtocol.LCP, 8, 1, (byte) (number >> 8), (byte) number));
                return null;
            }
            return frame;
        };
        lab.open().runUntilSettled();
        assertThat(lab.client.failure()).isEqualTo(new AuthFailure.ProtocolRejected(method.protocol()));
    }

    /** RFC 2284 §2.2.2: nobody repeats an EAP-Success; what follows says the same. */
    @ParameterizedTest
    @EnumSource(
            value = AuthMethod.class,
            names = {"EAP_MSCHAPV2", "EAP_MD5"})
    void aLostEapSuccessIsNoHarm(AuthMethod method) {
        Lab lab = lab("s3cret", Set.of(method), List.of(method), mppe(method));
        lab.line = (toServer, frame) -> Frames.is(frame, PppProtocol.EAP, 3) ? null : frame;
        lab.open().runUntilSettled();
        assertThat(lab.client.up()).isTrue();
    }

    /** Threats, row 4. */
    @ParameterizedTest
    @ValueSource(ints = {25, 35, 45, 55, 65, 75, 85})
    void anEarlyEapSuccessProvesNothing(int millis) {
        AuthMethod method = AuthMethod.EAP_MSCHAPV2;
        Lab lab = lab("s3cret", Set.of(method), List.of(method), mppe(method)).open();
        // The server never gets to its proof.
        lab.line = (toServer, frame) ->
                !toServer && frame.length > 10 && Frames.is(frame, PppProtocol.EAP, 1) && frame[9] == 3 ? null : frame;
        lab.run(Duration.ofMillis(millis));
        for (int id = 0; id < 256; id++) {
            lab.client.receive(Frames.control(PppProtocol.EAP, 3, id));
            lab.client.receive(Frames.control(PppProtocol.CCP, 1, id, new byte[] {18, 6, 1, 0, 0, 0x40}));
            lab.client.receive(Frames.control(PppProtocol.IPCP, 1, id, new byte[] {3, 6, 10, 0, 0, 1}));
        }
        lab.run(Duration.ofMinutes(2));
        assertThat(authenticated(lab.client)).isEmpty();
        assertThat(lab.client.failure()).isNotNull();
    }

    /** RFC 1570: what needs no answer gets none, whenever it comes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 25, 35, 55, 75, 1000})
    void identificationAndTimeRemainingAreTakenInSilence(int millis) {
        Lab lab = lab("s3cret", METHODS, List.of(AuthMethod.MSCHAPV2), MppePolicy.REQUIRE_128_STATELESS)
                .open()
                .run(Duration.ofMillis(millis));
        for (Lab.End end : List.of(lab.client, lab.server)) {
            int sent = end.sent.size();
            int events = end.events.size();
            for (int i = 0; i < 5; i++) {
                end.receive(Frames.control(
                        PppProtocol.LCP, 12, i, "\0\0\0\0MSRASV5.20".getBytes(StandardCharsets.US_ASCII)));
                end.receive(Frames.control(PppProtocol.LCP, 13, i, new byte[] {0, 0, 0, 0, 0, 0, 0, 60}));
                end.receive(Frames.control(PppProtocol.LCP, 11, i, new byte[4]));
            }
            assertThat(end.sent).hasSize(sent);
            assertThat(end.events).hasSize(events);
        }
        lab.runUntilSettled();
        assertThat(lab.client.up()).isTrue();
    }

    @Test
    void echoesOfOurOwnAreALoop() {
        Lab lab = new Lab(Configs.client(), Configs.server(), 32).open().runUntilSettled();
        boolean[] reflected = {false};
        lab.line = (toServer, frame) -> {
            if (toServer) {
                reflected[0] = true;
                lab.putToClient(frame);
                reflected[0] = false;
            }
            return reflected[0] ? frame : null;
        };
        lab.run(Duration.ofMinutes(5), () -> lab.client.failure() != null);
        assertThat(lab.client.failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.cause()).isEqualTo(Cause.LOOPED));
    }

    private static List<PppEvent.Authenticated> authenticated(Lab.End end) {
        List<PppEvent.Authenticated> found = new ArrayList<>();
        for (PppEvent event : end.events) {
            if (event instanceof PppEvent.Authenticated authenticated) {
                found.add(authenticated);
            }
        }
        return found;
    }

    /** RFC 3079 §2: 40 and 56 bits come from the LAN Manager hash, 128 from the other; both directions share a key. */
    @ParameterizedTest
    @EnumSource
    void theFirstVersionOfMsChapYieldsKeysOfEveryStrength(MppeStrength strength) {
        for (MppeMode mode : MppeMode.values()) {
            MppePolicy mppe = MppePolicy.require(Set.of(strength), Set.of(mode));
            Lab lab = lab("s3cret", Set.of(AuthMethod.MSCHAPV1), List.of(AuthMethod.MSCHAPV1), mppe)
                    .open()
                    .runUntilSettled();
            assertThat(lab.client.up()).as("%s %s", strength, mode).isTrue();
            for (int i = 0; i < 600; i++) { // beyond two changes of a stateful key
                assertThat(lab.client.send(new byte[] {1, 2, 3})).isTrue();
                assertThat(lab.server.send(new byte[] {4, 5, 6})).isTrue();
                lab.run(Duration.ofMillis(20));
            }
            assertThat(lab.server.delivered).hasSize(600);
            assertThat(lab.client.delivered).hasSize(600);
        }
    }

    @Test
    void aPasswordWithoutALanManagerHashSaysSo() {
        MppePolicy forty = MppePolicy.require(Set.of(MppeStrength.BITS_40), Set.of(MppeMode.STATELESS));
        String longer = "more than fourteen characters";
        Lab lab = new Lab(
                        Configs.client(longer, Set.of(AuthMethod.MSCHAPV1), forty),
                        Configs.server(longer, List.of(AuthMethod.MSCHAPV1), forty, "192.168.9.1", "192.168.9.7"),
                        31)
                .open()
                .runUntilSettled();
        assertThat(lab.client.failure()).isEqualTo(new EncryptionFailure.NoKeys(EncryptionFailure.Lack.OTHER_STRENGTH));
    }
}
