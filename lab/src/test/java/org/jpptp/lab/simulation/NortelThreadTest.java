package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.lab.oracle.Golden;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.simulation.SimulatedNetwork.Weather;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.api.Test;

/**
 * The mailing-list thread of December 2003: where its client gave up, ours comes up, with compression and without, or
 * says what to allow. The thread's own log is {@code seeds/nortel-thread.txt}, ours lie in {@code golden/nortel-*.txt}.
 */
class NortelThreadTest {
    private static MppePolicy forty() {
        return MppePolicy.require(EnumSet.of(MppeStrength.BITS_40), EnumSet.of(MppeMode.STATELESS, MppeMode.STATEFUL));
    }

    private static SimulatedTunnel meet(MppePolicy policy) {
        SimulatedTunnel tunnel = new SimulatedTunnel(
                1,
                Weather.FINE,
                SimulatedTunnel.serverConfig("172.31.1.252").with(Personalities.NORTEL_CONTIVITY),
                PolicySettings.DEFAULT.with(policy));
        return tunnel.connect();
    }

    private static void carriesTraffic(SimulatedTunnel tunnel) {
        tunnel.sendFromClient("to the server");
        tunnel.sendFromServer("to the client");
        tunnel.runFor(Duration.ofSeconds(1));
        assertThat(tunnel.toServerHost).extracting(SimulatedTunnel::payload).containsExactly("to the server");
        assertThat(tunnel.toClientHost).extracting(SimulatedTunnel::payload).containsExactly("to the client");
    }

    private static List<String> thread() throws IOException {
        try (InputStream log = NortelThreadTest.class.getResourceAsStream("/seeds/nortel-thread.txt")) {
            assertThat(log).isNotNull();
            return new String(log.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** What a message says, without what differs from run to run. */
    private static String gist(String message) {
        return message.replaceAll("id=0x[0-9a-f]+", "id")
                .replaceAll("magic 0x[0-9a-f]+", "magic")
                .replaceAll("<[0-9a-f]{32}>", "<challenge>")
                .replaceAll("S=[0-9A-Fx]+", "S=proof");
    }

    /** What the server of a conversation says of PPP, until the client has seen its Nak. */
    private static List<String> server(List<String> log) {
        List<String> said = log.stream()
                .filter(line -> line.matches(".*rcvd \\[(LCP|CHAP|IPCP|CCP) .*"))
                .map(line -> gist(line.substring(line.indexOf('['))))
                .filter(line -> !line.contains("EchoRep") && !line.contains("LCP ConfAck")) // say what they were asked
                .toList();
        int nak = said.indexOf("[CCP ConfNak id <mppe -H -M -S +L -D +C>]");
        assertThat(nak).as("the Nak in %s", said).isNotNegative();
        return said.subList(0, nak + 1);
    }

    @Test
    void theServerSaysWhatTheThreadsServerSaid() throws IOException {
        assertThat(server(meet(forty()).log)).isEqualTo(server(thread()));
    }

    @Test
    void comesUpWithoutCompression() {
        SimulatedTunnel tunnel = meet(forty());
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        carriesTraffic(tunnel);
        assertThat(tunnel.log)
                .anyMatch(line -> line.contains("send=MPPE 40-bit stateful, receive=MPPE 40-bit stateful,"));
        Golden.matches("nortel-without-mppc.txt", tunnel.log);
    }

    @Test
    void comesUpWithCompression() {
        SimulatedTunnel tunnel = meet(forty().withMppc());
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        carriesTraffic(tunnel);
        assertThat(tunnel.log)
                .anyMatch(line ->
                        line.contains("send=MPPE 40-bit stateful with MPPC, receive=MPPE 40-bit stateful with MPPC,"));
        Golden.matches("nortel-with-mppc.txt", tunnel.log);
    }

    @Test
    void theDefaultPolicyNamesWhatWasOfferedWhatIsAllowedAndTheOption() {
        SimulatedTunnel tunnel = meet(MppePolicy.REQUIRE_128_STATELESS);
        assertThat(tunnel.end).isNotNull();
        assertThat(tunnel.end.failure()).isNotNull();
        assertThat(tunnel.end.failure().reason())
                .as(String.join("\n", tunnel.log))
                .isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(tunnel.end.failure().sentence())
                .contains("40-bit stateful with MPPC")
                .contains("128-bit stateless");
        assertThat(tunnel.end.failure().remedy().parts())
                .contains(new Remedy.Part.Set(Setting.MPPE, "40"), new Remedy.Part.Set(Setting.MPPE_MODE, "any"));
        tunnel.log.add(tunnel.end.failure().sentence());
        tunnel.log.add(tunnel.end.failure().remedy().toString());
        Golden.matches("nortel-refused.txt", tunnel.log);
    }
}
