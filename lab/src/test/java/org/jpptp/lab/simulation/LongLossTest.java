package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More packets lost in one piece than the twelve bits of the coherency count tell, in which a fast tunnel has a few tens of
 * milliseconds, or than lie within the window of GRE: the numbers of GRE tell, and where nobody sends data, the answers to
 * Echo-Requests.
 */
class LongLossTest {
    private static final int AFTERWARDS = 200;

    @ParameterizedTest
    @CsvSource({
        "STATELESS, 2047", "STATELESS, 2048", "STATELESS, 4094", "STATELESS, 4095", "STATELESS, 4096",
                "STATELESS, 4097",
        "STATELESS, 6200", "STATELESS, 9000", "STATELESS, 65000", "STATEFUL, 2048", "STATEFUL, 4096", "STATEFUL, 9000",
        "STATEFUL, 65000"
    })
    void theTunnelGoesOn(MppeMode mode, int lost) {
        MppePolicy mppe = MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(mode));
        SimulatedTunnel tunnel = new SimulatedTunnel(
                1,
                SimulatedNetwork.Weather.FINE,
                SimulatedTunnel.serverConfig().with(mppe),
                PolicySettings.DEFAULT.with(mppe));
        tunnel.connect();
        exchange(tunnel, "before", 10);
        tunnel.gre.blocked = true;
        for (int i = 0; i < lost; i++) {
            tunnel.sendFromClient("lost " + i);
            tunnel.sendFromServer("lost " + i);
        }
        tunnel.gre.blocked = false;
        exchange(tunnel, "after", AFTERWARDS);

        assertThat(tunnel.end).isNull();
        // Four in a row show GRE where the peer is; stateful mode asks for a reset, and waits for the next flag packet.
        int fewer = mode == MppeMode.STATEFUL ? 20 : 4;
        for (List<byte[]> delivered : List.of(tunnel.toServerHost, tunnel.toClientHost)) {
            assertThat(delivered)
                    .extracting(SimulatedTunnel::payload)
                    .doesNotHaveDuplicates()
                    .noneMatch(text -> text.startsWith("lost"))
                    .contains("before 9", "after " + (AFTERWARDS - 1))
                    .hasSizeGreaterThanOrEqualTo(10 + AFTERWARDS - fewer);
        }
    }

    /** Whatever carries data of its own: the window has to be found again on links with and without encryption. */
    private static List<MppePolicy> policies() {
        return List.of(MppePolicy.REQUIRE_128_STATELESS, MppePolicy.NONE);
    }

    private static SimulatedTunnel up(MppePolicy mppe) {
        SimulatedTunnel tunnel = new SimulatedTunnel(
                1,
                SimulatedNetwork.Weather.FINE,
                SimulatedTunnel.serverConfig().with(mppe),
                PolicySettings.DEFAULT.with(mppe));
        tunnel.connect();
        exchange(tunnel, "before", 10);
        return tunnel;
    }

    private static void loseFromServer(SimulatedTunnel tunnel, int lost) {
        tunnel.gre.blocked = true;
        for (int i = 0; i < lost; i++) {
            tunnel.sendFromServer("lost " + i);
        }
        tunnel.gre.blocked = false;
    }

    private static void assertGoesOn(SimulatedTunnel tunnel) {
        assertThat(tunnel.end).isNull();
        exchange(tunnel, "after", 5);
        for (List<byte[]> delivered : List.of(tunnel.toServerHost, tunnel.toClientHost)) {
            assertThat(delivered)
                    .extracting(SimulatedTunnel::payload)
                    .doesNotHaveDuplicates()
                    .contains("after 0", "after 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 513, 600, 3000, 65000})
    void aQuietTunnelGoesOn(int lost) {
        for (MppePolicy mppe : policies()) {
            SimulatedTunnel tunnel = up(mppe);
            loseFromServer(tunnel, lost);
            tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(10));
            assertGoesOn(tunnel);
        }
    }

    /** A host that wakes gives its link ten seconds, just when packets were lost. */
    @ParameterizedTest
    @ValueSource(ints = {600, 65000})
    void aTunnelOfAHostThatSleptGoesOn(int lost) {
        for (MppePolicy mppe : policies()) {
            SimulatedTunnel tunnel = up(mppe);
            loseFromServer(tunnel, lost);
            tunnel.client.slept(Duration.ofSeconds(30), tunnel.network.now());
            tunnel.runUntil(() -> tunnel.end != null, Duration.ofSeconds(2));
            assertGoesOn(tunnel);
        }
    }

    /** The server asks, too, and ends the link where it gets no answer. */
    @Test
    void theServersQuestionsAreAnsweredAgain() {
        SimulatedTunnel tunnel = up(MppePolicy.REQUIRE_128_STATELESS);
        loseFromServer(tunnel, 600);
        for (int id = 1; id <= 3; id++) {
            tunnel.gre.forgeToClient(
                    tunnel.gre.lastToClient + 1, HexFormat.of().parseHex("ff03c021090" + id + "000801020304"));
            tunnel.runFor(Duration.ofSeconds(1));
        }
        assertThat(tunnel.log)
                .filteredOn(line -> line.contains("sent [LCP EchoRep"))
                .hasSize(2)
                .noneMatch(line -> line.contains("id=0x1 "));
    }

    private static void exchange(SimulatedTunnel tunnel, String text, int count) {
        for (int i = 0; i < count; i++) {
            tunnel.sendFromClient(text + " " + i);
            tunnel.sendFromServer(text + " " + i);
            tunnel.runFor(Duration.ofMillis(10));
        }
    }
}
