package org.jpptp.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppFailure.Cause;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole conversations, word for word. To write the files anew after a change that is meant:
 * {@code -Dgolden.write=src/test/resources/golden}, then read the difference.
 */
class GoldenTraceTest {
    private record Scenario(
            String name,
            Lab lab,
            Consumer<Lab> act,
            @Nullable Cause client) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Consumer<Lab> SETTLE = Lab::runUntilSettled;

    static Stream<Scenario> scenarios() {
        MppePolicy weak = MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATEFUL));
        return Stream.of(
                new Scenario(
                        "normal",
                        lab(Configs.client(), Configs.server()),
                        lab -> {
                            lab.runUntilSettled();
                            lab.client.link.close("user request", lab.now);
                            lab.run(Duration.ofSeconds(10));
                        },
                        Cause.CLOSED),
                new Scenario(
                        "unencrypted",
                        lab(Configs.client(MppePolicy.NONE), Configs.server(MppePolicy.NONE)),
                        SETTLE,
                        null),
                new Scenario(
                        "encryption-optional",
                        lab(
                                Configs.client(MppePolicy.permit(
                                        EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS))),
                                Configs.server(MppePolicy.NONE)),
                        SETTLE,
                        null),
                new Scenario(
                        "lcp-not-answered",
                        with(lab(Configs.client(), Configs.server()), (toServer, frame) -> toServer ? frame : null),
                        SETTLE,
                        Cause.LCP_TIMEOUT),
                new Scenario(
                        "lcp-not-converging",
                        with(lab(Configs.client(), Configs.server()), GoldenTraceTest::neverAck),
                        SETTLE,
                        Cause.LCP_NOT_CONVERGING),
                new Scenario(
                        "method-refused",
                        with(lab(Configs.client(), Configs.server()), GoldenTraceTest::pap),
                        SETTLE,
                        Cause.AUTH_METHOD_REFUSED),
                new Scenario(
                        "no-method",
                        with(lab(Configs.client(), Configs.server()), GoldenTraceTest::withoutAuthentication),
                        SETTLE,
                        Cause.AUTH_METHOD_REFUSED),
                new Scenario(
                        "wrong-password",
                        lab(Configs.client("guess", Set.of(AuthMethod.MSCHAPV2), MppePolicy.NONE), Configs.server()),
                        SETTLE,
                        Cause.CREDENTIALS_REJECTED),
                new Scenario(
                        "wrong-server-proof",
                        with(lab(Configs.client(), Configs.server()), GoldenTraceTest::otherProof),
                        SETTLE,
                        Cause.SERVER_PROOF_WRONG),
                new Scenario(
                        "encryption-weaker",
                        lab(Configs.client(), Configs.server(weak)),
                        SETTLE,
                        Cause.ENCRYPTION_REFUSED),
                new Scenario(
                        "encryption-refused",
                        lab(Configs.client(), Configs.server(MppePolicy.NONE)),
                        SETTLE,
                        Cause.ENCRYPTION_REFUSED),
                new Scenario(
                        "terminated-by-peer",
                        lab(Configs.client(), Configs.server()),
                        lab -> {
                            lab.runUntilSettled();
                            lab.server.link.close("shutting down\n", lab.now);
                            lab.run(Duration.ofSeconds(10));
                        },
                        Cause.PEER_TERMINATED),
                new Scenario(
                        "echo-lost",
                        lab(Configs.client(), Configs.server()),
                        lab -> {
                            lab.runUntilSettled();
                            lab.line = (toServer, frame) -> null;
                            lab.run(Duration.ofMinutes(10));
                        },
                        Cause.LINK_LOST),
                new Scenario(
                        "eap-mschapv2",
                        methods(
                                Set.of(AuthMethod.EAP_MSCHAPV2),
                                List.of(AuthMethod.EAP_MSCHAPV2),
                                MppePolicy.REQUIRE_128_STATELESS),
                        SETTLE,
                        null),
                new Scenario(
                        "eap-md5",
                        methods(Set.of(AuthMethod.EAP_MD5), List.of(AuthMethod.EAP_MD5), MppePolicy.NONE),
                        SETTLE,
                        null),
                new Scenario(
                        "pap", methods(Set.of(AuthMethod.PAP), List.of(AuthMethod.PAP), MppePolicy.NONE), SETTLE, null),
                new Scenario(
                        "eap-proposes-md5",
                        methods(
                                Set.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5),
                                List.of(AuthMethod.EAP_MD5),
                                MppePolicy.REQUIRE_128_STATELESS),
                        SETTLE,
                        Cause.AUTH_METHOD_REFUSED),
                new Scenario(
                        "pap-while-mppe-is-required",
                        methods(
                                Set.of(AuthMethod.MSCHAPV2, AuthMethod.PAP),
                                List.of(AuthMethod.PAP),
                                MppePolicy.REQUIRE_128_STATELESS),
                        SETTLE,
                        Cause.AUTH_METHOD_REFUSED),
                new Scenario(
                        "rras",
                        with(
                                methods(
                                        Set.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2),
                                        List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.MSCHAPV2),
                                        MppePolicy.REQUIRE_128_STATELESS),
                                multilink()),
                        SETTLE,
                        null),
                new Scenario("looped", lab(Configs.client(), Configs.server()), GoldenTraceTest::loop, Cause.LOOPED),
                new Scenario(
                        "addresses-refused",
                        lab(
                                Configs.client(),
                                Configs.server("s3cret", MppePolicy.REQUIRE_128_STATELESS, "192.168.9.1", "127.0.0.1")),
                        SETTLE,
                        Cause.ADDRESSES_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isWordForWord(Scenario scenario) throws IOException {
        Lab lab = scenario.lab;
        if (!scenario.name.equals("looped")) {
            lab.open();
        }
        scenario.act.accept(lab);
        String trace = String.join("\n", lab.log) + "\n";
        String file = scenario.name + ".txt";
        String directory = System.getProperty("golden.write");
        if (directory != null) {
            Files.writeString(Path.of(directory, file), trace);
        }
        try (InputStream golden = GoldenTraceTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(golden).as(file).isNotNull();
            assertThat(trace).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
        PppFailure failure = lab.client.failure();
        assertThat(failure == null ? null : failure.cause()).isEqualTo(scenario.client);
        assertThat(lab.client.events.stream()
                        .filter(event -> event instanceof PppEvent.Down)
                        .count())
                .isEqualTo(failure == null ? 0 : 1);
    }

    private static Lab lab(PppConfig client, PppConfig server) {
        return new Lab(client, server, 20);
    }

    private static Lab methods(Set<AuthMethod> client, List<AuthMethod> server, MppePolicy mppe) {
        return lab(Configs.client("s3cret", client, mppe), Configs.server(server, mppe));
    }

    /** RRAS offers callback and multilink too; they go once they are Rejected. */
    private static Lab.Line multilink() {
        String offer = "0d030611040614130901010203040506";
        boolean[] rejected = {false};
        return (toServer, frame) -> {
            if (toServer && Frames.is(frame, PppProtocol.LCP, 4)) {
                rejected[0] = true;
                return null;
            }
            if (toServer || rejected[0] || !Frames.is(frame, PppProtocol.LCP, 1)) {
                return frame;
            }
            return Frames.replace(frame, "0304c227", "0304c227" + offer);
        };
    }

    private static Lab with(Lab lab, Lab.Line line) {
        lab.line = line;
        return lab;
    }

    /** A server whose Acks all become Naks of an option that nobody asked for. */
    private static byte @Nullable [] neverAck(boolean toServer, byte[] frame) {
        if (!toServer && Frames.is(frame, PppProtocol.LCP, 2)) {
            return Frames.control(PppProtocol.LCP, 3, frame[5], new byte[] {2, 6, 0, 0, 0, 0});
        }
        return frame;
    }

    /** A server that asks for PAP: its MS-CHAPv2 becomes that. */
    private static byte @Nullable [] pap(boolean toServer, byte[] frame) {
        return Frames.replace(frame, "0305c22381", "0304c023");
    }

    private static byte @Nullable [] withoutAuthentication(boolean toServer, byte[] frame) {
        return Frames.replace(frame, "0305c22381", "");
    }

    private static byte @Nullable [] otherProof(boolean toServer, byte[] frame) {
        if (Frames.is(frame, PppProtocol.CHAP, 3)) {
            byte[] changed = frame.clone();
            changed[12] = (byte) (changed[12] == '0' ? '1' : '0');
            return changed;
        }
        return frame;
    }

    /** Whatever the client sends comes back to it. */
    private static void loop(Lab lab) {
        lab.line = (toServer, frame) -> {
            if (toServer) {
                lab.putToClient(frame);
                return null;
            }
            return frame;
        };
        lab.client.link.open(lab.now);
        lab.run(Duration.ofMinutes(5), () -> lab.client.failure() != null);
    }
}
