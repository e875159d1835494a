package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The host fails at each of its steps: the tunnel ends with the reason, and the host is as it was before. */
class HostFaultTest {
    private static final Map<Step, FailureReason> REASONS = Map.of(
            Step.PRIVILEGES, FailureReason.NO_PRIVILEGE,
            Step.OPEN_TUN, FailureReason.NO_TUN,
            Step.RESOLVE, FailureReason.NAME_NOT_FOUND,
            Step.CONNECT, FailureReason.TIMED_OUT,
            Step.OPEN_GRE, FailureReason.NO_PRIVILEGE,
            Step.PIN_ROUTE, FailureReason.HOST_CHANGE_REFUSED,
            Step.SET_MTU, FailureReason.HOST_CHANGE_REFUSED,
            Step.ADD_ADDRESS, FailureReason.HOST_CHANGE_REFUSED,
            Step.LINK_UP, FailureReason.HOST_CHANGE_REFUSED,
            Step.ADD_ROUTE, FailureReason.HOST_CHANGE_REFUSED);

    /** What a crash left is no obstacle, and that an interface cannot be read is a defect. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RECOVER", "START_TUN", "REACH", "REOPEN_TUN"})
    void whatTheHostRefusesEndsTheTunnelAndIsUndone(Step step) {
        MemoryTunnel tunnel = new MemoryTunnel();
        tunnel.host.refuse(step);
        tunnel.start();
        assertThat(tunnel.failure().reason()).isEqualTo(REASONS.get(step));
        assertThat(tunnel.isUp()).isFalse();
    }

    /** Whatever is thrown where nothing is expected to be, the caller gets it, and the host is left as it was. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPEN_GRE", "REACH"})
    void aDefectUndoesEverything(Step step) {
        MemoryTunnel tunnel = new MemoryTunnel();
        IllegalStateException defect = new IllegalStateException("at " + step);
        tunnel.host.on(step, () -> {
            throw defect;
        });
        tunnel.start();
        assertThat(tunnel.defect()).isSameAs(defect);
        assertThat(tunnel.isUp()).isFalse();
    }

    /** That step is taken while a message of the server's is read, and whoever throws there loses the connection. */
    @Test
    void aDefectAtTheRawSocketCostsTheConnection() {
        MemoryTunnel tunnel = new MemoryTunnel();
        tunnel.host.on(Step.OPEN_GRE, () -> {
            throw new IllegalStateException("no socket");
        });
        tunnel.start();
        assertThat(tunnel.failure().reason()).isEqualTo(FailureReason.LINK_LOST);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REACH")
    void everyStepIsReachedOnce(Step step) {
        MemoryTunnel tunnel = new MemoryTunnel();
        int[] reached = new int[1];
        tunnel.host.on(step, () -> reached[0]++);
        tunnel.connect();
        tunnel.disconnect();
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(reached[0]).isEqualTo(1);
        assertThat(ended.wasUp()).isTrue();
    }
}
