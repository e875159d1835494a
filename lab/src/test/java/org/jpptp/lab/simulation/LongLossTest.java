package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jpptp.client.PolicySettings;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More packets lost in one piece than the twelve bits of the coherency count tell, in which a fast tunnel has a few tens of
 * milliseconds: the numbers of GRE tell.
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

    private static void exchange(SimulatedTunnel tunnel, String text, int count) {
        for (int i = 0; i < count; i++) {
            tunnel.sendFromClient(text + " " + i);
            tunnel.sendFromServer(text + " " + i);
            tunnel.runFor(Duration.ofMillis(10));
        }
    }
}
