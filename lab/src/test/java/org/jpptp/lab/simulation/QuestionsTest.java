package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.TransportEnd;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that takes another password, or wants a new one, and a user who is asked for it. */
class QuestionsTest {
    private static ServerConfig server(SingleUser alice, int retries) {
        return SimulatedTunnel.serverConfig().with(alice, retries);
    }

    private static SimulatedTunnel ask(ServerConfig config, String password) {
        SimulatedTunnel tunnel = SimulatedTunnel.interactive(config, password);
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(() -> !tunnel.questions.isEmpty() || tunnel.end != null, Duration.ofMinutes(1));
        return tunnel;
    }

    private static void answer(SimulatedTunnel tunnel, @Nullable Credentials answer) {
        int asked = tunnel.questions.size();
        tunnel.client.secretProvided(answer, tunnel.network.now());
        tunnel.runUntil(
                () -> tunnel.up() || tunnel.end != null || tunnel.questions.size() > asked, Duration.ofMinutes(3));
    }

    private static Credentials alice(String password, @Nullable String changed) {
        return new Credentials("alice", password.toCharArray(), changed == null ? null : changed.toCharArray());
    }

    @Test
    void anotherPasswordOnTheSameLinkComesUp() {
        SimulatedTunnel tunnel = ask(server(new SingleUser("alice", "secret", 0), 2), "wrong");
        assertThat(tunnel.questions).hasSize(1);
        assertThat(tunnel.questions.get(0).secret()).isEqualTo(PppEvent.Secret.CREDENTIALS);
        assertThat(tunnel.questions.get(0).refusal().error()).isEqualTo(691);
        // A person takes longer than the time-out for the tunnel allows.
        tunnel.runFor(Duration.ofSeconds(100));
        assertThat(tunnel.end).isNull();
        answer(tunnel, alice("secret", null));
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        tunnel.sendFromClient("with the right keys");
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).containsExactly("with the right keys");
    }

    @Test
    void wrongPasswordsAreAskedAboutAsOftenAsTheServerPermits() {
        SimulatedTunnel tunnel = ask(server(new SingleUser("alice", "secret", 0), 2), "wrong");
        answer(tunnel, alice("wrong again", null));
        assertThat(tunnel.questions).hasSize(2);
        answer(tunnel, alice("and again", null));
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
    }

    @Test
    void aUserWhoGivesUpGetsTheServersVerdict() {
        SimulatedTunnel tunnel = ask(server(new SingleUser("alice", "secret", 0), 2), "wrong");
        answer(tunnel, null);
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
    }

    /** RFC 2759 §7: the password of the account is another one afterwards, and the keys are its. */
    @Test
    void anExpiredPasswordIsChangedAndTheTunnelComesUp() {
        SingleUser account = new SingleUser("alice", "secret", 648);
        SimulatedTunnel tunnel = ask(server(account, 0), "secret");
        assertThat(tunnel.questions).hasSize(1);
        assertThat(tunnel.questions.get(0).secret()).isEqualTo(PppEvent.Secret.NEW_PASSWORD);
        answer(tunnel, alice("secret", "n\u00e9w \u9ad8 \ud83d\udd11"));
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        assertThat(tunnel.log).anyMatch(line -> line.contains(TunnelEvent.PasswordChanged.class.getSimpleName()));
        tunnel.sendFromClient("with the new keys");
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).containsExactly("with the new keys");

        // From now on it is the password.
        assertThat(new SimulatedTunnel(
                                1,
                                SimulatedNetwork.Weather.FINE,
                                server(account, 0),
                                "alice",
                                "n\u00e9w \u9ad8 \ud83d\udd11")
                        .connect()
                        .up())
                .isTrue();
        assertThat(new SimulatedTunnel(1, SimulatedNetwork.Weather.FINE, server(account, 0), "alice", "secret")
                        .connect()
                        .up())
                .isFalse();
    }

    @Test
    void theFirstVersionOfMsChapChangesPasswordsToo() {
        ServerConfig config = server(new SingleUser("alice", "secret", 648), 0)
                .with(Personalities.OURS
                        .but("v1", "a server that knows MS-CHAP v1 only")
                        .authenticatesBy(AuthMethod.MSCHAPV1)
                        .build());
        SimulatedTunnel tunnel = SimulatedTunnel.interactive(config, "secret", AuthMethod.MSCHAPV1);
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(() -> !tunnel.questions.isEmpty() || tunnel.end != null, Duration.ofMinutes(1));
        answer(tunnel, alice("secret", "another"));
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
    }

    @Test
    void aServerThatRefusesTheNewPasswordIsQuoted() {
        SimulatedTunnel tunnel = ask(server(new SingleUser("alice", "secret", 648), 0), "secret");
        answer(tunnel, alice("secret", ""));
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.ACCOUNT_RESTRICTED);
        assertThat(tunnel.end.failure().windowsError()).isEqualTo(709);
    }

    /** What ends the tunnel while the user is asked. */
    enum Ending {
        /** As pppd does after E=691 R=1. */
        TERMINATE_REQUEST {
            @Override
            void come(SimulatedTunnel tunnel) {
                tunnel.server.terminateLink("Authentication failed", tunnel.network.now());
            }
        },
        CALL_DISCONNECTED {
            @Override
            void come(SimulatedTunnel tunnel) {
                tunnel.server.close(tunnel.network.now());
            }
        },
        TCP_CLOSED {
            @Override
            void come(SimulatedTunnel tunnel) {
                tunnel.client.controlClosed(TransportEnd.CLOSED, tunnel.network.now());
            }
        },
        SILENCE {
            @Override
            void come(SimulatedTunnel tunnel) {
                tunnel.gre.blocked = true;
                tunnel.runFor(Duration.ofSeconds(100));
            }
        },
        GRE_UNREACHABLE {
            @Override
            void come(SimulatedTunnel tunnel) {
                tunnel.gre.blocked = true;
                tunnel.icmpProtocolUnreachable();
                tunnel.runFor(Duration.ofSeconds(10));
                tunnel.icmpProtocolUnreachable();
            }
        };

        abstract void come(SimulatedTunnel tunnel);
    }

    @ParameterizedTest
    @EnumSource
    void whateverEndsItWhileTheUserIsAskedTheVerdictIsOnThePassword(Ending ending) {
        for (AuthMethod method : List.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2)) {
            ServerConfig config = server(new SingleUser("alice", "secret", 0), 2)
                    .with(Personalities.OURS
                            .but("one", "a server that knows one method")
                            .authenticatesBy(method)
                            .build());
            SimulatedTunnel tunnel = ask(config, "wrong");
            assertThat(tunnel.questions).hasSize(1);
            ending.come(tunnel);
            tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(5));
            assertThat(tunnel.end).as("%s %s", method, ending).isNotNull();
            assertThat(tunnel.end.failure()).isNotNull();
            assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
            assertThat(tunnel.end.failure().sentence()).contains("E=691");
        }
    }

    @Test
    void nobodyWaitsForEverForSomebodyWhoLeft() {
        SimulatedTunnel tunnel = ask(server(new SingleUser("alice", "secret", 648), 0), "secret");
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(5));
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason()).isEqualTo(FailureReason.ACCOUNT_RESTRICTED);
        assertThat(tunnel.end.failure().windowsError()).isEqualTo(648);
    }
}
