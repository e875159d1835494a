package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.Surroundings;
import org.jpptp.control.ServerTraits;
import org.jpptp.control.TransportEnd;
import org.jpptp.lab.oracle.Golden;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppTiming;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each failure between an answered TCP connection and a lost tunnel: its reason, and its golden trace. */
class SessionFailureTest {
    /**
     * One way to fail.
     *
     * @param before done before TCP is connected
     * @param whenUp done when the tunnel is up, null where it never is
     */
    record Case(
            String name,
            FailureReason reason,
            ServerConfig server,
            String password,
            Consumer<SimulatedTunnel> before,
            @Nullable Consumer<SimulatedTunnel> whenUp) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Waits longer for LCP than the client does, which otherwise would hear of the server's end first. */
    private static final PppTiming PATIENT = new PppTiming(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            20,
            2,
            5,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            4);

    private static void nothing(SimulatedTunnel tunnel) {}

    static Stream<Case> failures() {
        ServerConfig good = SimulatedTunnel.serverConfig();
        return Stream.of(
                never(
                        "control-refused",
                        FailureReason.CONTROL_REFUSED,
                        good.with(ServerTraits.ACCEPTING.withStartResult(4))),
                never(
                        "control-exists",
                        FailureReason.CONTROL_REFUSED,
                        good.with(ServerTraits.ACCEPTING.withStartResult(3))),
                never(
                        "control-silent",
                        FailureReason.CONTROL_REFUSED,
                        good.with(ServerTraits.ACCEPTING.withoutStartReply())),
                never("call-refused", FailureReason.CALL_REFUSED, good.with(ServerTraits.ACCEPTING.withCallResult(4))),
                never("call-silent", FailureReason.CALL_REFUSED, good.with(ServerTraits.ACCEPTING.withoutCallReply())),
                early("gre-blocked", FailureReason.GRE_BLOCKED, tunnel -> tunnel.gre.blocked = true),
                early("gre-unreachable", FailureReason.GRE_UNREACHABLE, tunnel -> {
                    tunnel.gre.blocked = true;
                    for (long seconds = 1; seconds < 9; seconds += 3) {
                        tunnel.network.at(
                                tunnel.network.now() + seconds * 1_000_000_000L, tunnel::icmpProtocolUnreachable);
                    }
                }),
                early("gre-forbidden", FailureReason.GRE_BLOCKED, tunnel -> tunnel.sendErrno = 1),
                early(
                        "no-privilege",
                        FailureReason.NO_PRIVILEGE,
                        tunnel -> tunnel.greRefusal =
                                Failure.of(FailureReason.NO_PRIVILEGE, "A raw socket was refused.", "Use sudo.")),
                early(
                        "address-of-this-host",
                        FailureReason.ADDRESSES_REFUSED,
                        tunnel -> tunnel.surroundings = new Surroundings(
                                Set.of(SimulatedTunnel.address("192.168.77.10")), List.of(), Set.of(), List.of())),
                early(
                        "host-refused",
                        FailureReason.HOST_CHANGE_REFUSED,
                        tunnel -> tunnel.hostRefusal =
                                Failure.of(FailureReason.HOST_CHANGE_REFUSED, "A route was refused.", "Leave it out.")),
                never(
                        "lcp-silent",
                        FailureReason.LINK_NEGOTIATION_FAILED,
                        good.with(FrameFaults.dropping(0xC021)).with(PATIENT)),
                never("lcp-never-converges", FailureReason.LINK_NEGOTIATION_FAILED, good.with(FrameFaults.ackToNak())),
                never("method-refused", FailureReason.AUTH_METHOD_REFUSED, good.with(FrameFaults.demandingChapMd5())),
                new Case(
                        "credentials",
                        FailureReason.CREDENTIALS_REJECTED,
                        good,
                        "wrong",
                        SessionFailureTest::nothing,
                        null),
                never("account-disabled", FailureReason.ACCOUNT_RESTRICTED, account(647)),
                never("proof-wrong", FailureReason.SERVER_PROOF_WRONG, good.with(FrameFaults.spoilingProof())),
                never("encryption-refused", FailureReason.ENCRYPTION_REFUSED, good.with(MppePolicy.NONE)),
                later(
                        "terminated",
                        FailureReason.ENDED_BY_SERVER,
                        tunnel -> tunnel.server.terminateLink("maintenance", tunnel.network.now())),
                later("call-ended", FailureReason.ENDED_BY_SERVER, tunnel -> tunnel.server.close(tunnel.network.now())),
                later("tcp-lost", FailureReason.LINK_LOST, tunnel -> tunnel.serverCloses(TransportEnd.CLOSED)),
                later("gre-lost", FailureReason.LINK_LOST, tunnel -> tunnel.gre.blocked = true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failsWithItsOwnReason(Case failing) {
        SimulatedTunnel tunnel = new SimulatedTunnel(1, Weather.FINE, failing.server(), "alice", failing.password());
        failing.before().accept(tunnel);
        tunnel.connect();
        if (failing.whenUp() != null) {
            assertThat(tunnel.up()).isTrue();
            failing.whenUp().accept(tunnel);
        }
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(5));

        assertThat(tunnel.end).as("it ends").isNotNull();
        Failure failure = tunnel.end.failure();
        assertThat(failure).isNotNull();
        Agreement.holds(tunnel, failure);
        assertThat(failure.reason()).isEqualTo(failing.reason());
        assertThat(failure.sentence()).endsWith(".").doesNotContain("..").matches("(?s)[A-Z].*");
        assertThat(failure.remedy().isEmpty()).isFalse();
        tunnel.log.add("=== exit code " + failure.reason().exitCode());
        tunnel.log.add(failure.sentence());
        tunnel.log.add(failure.remedy().toString());
        Golden.matches("failure-" + failing.name() + ".txt", tunnel.log);
    }

    private static Case never(String name, FailureReason reason, ServerConfig server) {
        return new Case(name, reason, server, "secret", SessionFailureTest::nothing, null);
    }

    private static Case early(String name, FailureReason reason, Consumer<SimulatedTunnel> before) {
        return new Case(name, reason, SimulatedTunnel.serverConfig(), "secret", before, null);
    }

    private static Case later(String name, FailureReason reason, Consumer<SimulatedTunnel> whenUp) {
        return new Case(name, reason, SimulatedTunnel.serverConfig(), "secret", SessionFailureTest::nothing, whenUp);
    }

    private static ServerConfig account(int error) {
        AuthRole.Account alice = new AuthRole.Account(new Credentials("alice", "secret".toCharArray()), error);
        return ServerConfig.standard(
                name -> alice,
                SimulatedTunnel.address("192.168.77.1"),
                List.of(SimulatedTunnel.address("192.168.77.10")));
    }
}
