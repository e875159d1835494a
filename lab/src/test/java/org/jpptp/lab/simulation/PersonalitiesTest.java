package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.lab.oracle.Golden;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every server that people meet comes up with what its users have to allow, or fails with the true cause. */
class PersonalitiesTest {
    /** What a client that allows nothing beyond the defaults hears from those that need more. */
    private static final Map<Personality, FailureReason> REFUSED = Map.of(
            Personalities.WINDOWS_NT4, FailureReason.ENCRYPTION_REFUSED,
            Personalities.WINDOWS_NT4_WITHOUT_KEYS, FailureReason.KEYS_WRONG,
            Personalities.OPENWRT, FailureReason.ENDED_BY_SERVER,
            Personalities.ACCEL_PPP_FULL, FailureReason.ADDRESSES_REFUSED,
            Personalities.NORTEL_CONTIVITY, FailureReason.ENCRYPTION_REFUSED,
            Personalities.CISCO_IOS, FailureReason.ENCRYPTION_REFUSED);

    static Stream<Personality> all() {
        return Personalities.ALL.stream();
    }

    static Stream<Personality> reachable() {
        return all().filter(Personality::letsIn);
    }

    private static SimulatedTunnel meet(Personality server, PolicySettings policy) {
        return new SimulatedTunnel(
                        1, Weather.FINE, SimulatedTunnel.serverConfig().with(server), policy)
                .connect();
    }

    @ParameterizedTest
    @MethodSource("reachable")
    void comesUpWithWhatIsToBeAllowed(Personality personality) {
        SimulatedTunnel tunnel = meet(personality, personality.client().policy());
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "number " + i).toList();
        for (String text : many) {
            tunnel.sendFromClient(text);
            tunnel.sendFromServer(text);
            tunnel.runFor(Duration.ofMillis(5));
        }
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).isEqualTo(many);
        assertThat(tunnel.toClientHost).extracting(SimulatedTunnel::payload).isEqualTo(many);

        tunnel.client.disconnect(tunnel.network.now());
        tunnel.runUntil(() -> tunnel.end != null && tunnel.serverStreamClosed, Duration.ofSeconds(10));
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNull();
        Golden.matches("server-" + personality.name() + ".txt", tunnel.log);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theDefaultsSufficeOrTheTrueCauseIsTold(Personality personality) {
        SimulatedTunnel tunnel = meet(personality, PolicySettings.DEFAULT);
        FailureReason refused = REFUSED.get(personality);
        if (refused == null) {
            assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        } else {
            assertThat(tunnel.end).isNotNull();
            assertThat(tunnel.end.failure()).isNotNull();
            assertThat(tunnel.end.failure().reason())
                    .as(String.join("\n", tunnel.log))
                    .isEqualTo(refused);
        }
    }

    /** A server that does flow control sends a burst as fast as we acknowledge, not as slowly as its timer allows. */
    @Test
    void aFlowControllingServerIsNotKeptWaiting() {
        SimulatedTunnel tunnel =
                meet(Personalities.CISCO_IOS, Personalities.CISCO_IOS.client().policy());
        List<String> burst = IntStream.range(0, 500).mapToObj(i -> "burst " + i).toList();
        burst.forEach(tunnel::sendFromServer);
        assertThat(tunnel.toClientHost).isEmpty();
        tunnel.runFor(Duration.ofSeconds(1));
        // 16 packets each round trip of some 20 ms; by the timer alone it would be two more.
        assertThat(tunnel.toClientHost).extracting(SimulatedTunnel::payload).isEqualTo(burst);
    }

    /** Seed Q282799. */
    @Test
    void aServerWhoseRadiusReturnsNoKeysIsFoundOut() {
        Personality keyless = Personalities.WINDOWS_NT4_WITHOUT_KEYS;
        SimulatedTunnel tunnel = meet(keyless, keyless.client().policy());
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason())
                .as(String.join("\n", tunnel.log))
                .isEqualTo(FailureReason.KEYS_WRONG);
        assertThat(tunnel.end.failure().sentence() + tunnel.end.failure().remedy())
                .contains("RADIUS")
                .containsPattern("keys[^.]* missing|missing[^.]* keys|no [^.]*keys");
        tunnel.log.add(tunnel.end.failure().sentence());
        tunnel.log.add(tunnel.end.failure().remedy().toString());
        Golden.matches("server-" + keyless.name() + ".txt", tunnel.log);
    }
}
