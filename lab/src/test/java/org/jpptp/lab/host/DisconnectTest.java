package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signal, or two, in each phase of a tunnel: it ends in order and in time, and the host is as it was before. */
class DisconnectTest {
    /** What is left of the five seconds that the command promises, without the process's own end. */
    private static final Duration PROMISED = Duration.ofMillis(4500);

    /** Where the signal comes, and what the user hears that the tunnel was doing, nothing where it was up. */
    enum Phase {
        RECOVERING("looking up the server's name", at(Step.RECOVER)),
        OPENING_THE_INTERFACE("looking up the server's name", at(Step.OPEN_TUN)),
        RESOLVING("looking up the server's name", (tunnel, signal) -> {
            tunnel.host.names().silence();
            tunnel.host.on(Step.RESOLVE, signal);
        }),
        CONNECTING("connecting to the server", (tunnel, signal) -> {
            tunnel.host.tcp(MemoryHost.Tcp.SILENT);
            tunnel.host.on(Step.CONNECT, signal);
        }),
        CONNECTED(
                "waiting for the server's answer to our start request",
                (tunnel, signal) ->
                        tunnel.host.on(Step.CONNECT, () -> tunnel.host.after(Duration.ofMillis(15), signal))),
        CALLING("waiting for the server's answer to our call request", at(TunnelEvent.ServerAnswered.class)),
        NEGOTIATING("negotiating the link (LCP)", at(TunnelEvent.CallEstablished.class)),
        AUTHENTICATING("authenticating with MS-CHAPv2", at(TunnelEvent.LinkOpened.class)),
        ENCRYPTING("negotiating encryption (CCP)", at(TunnelEvent.IdentityProven.class)),
        AGREEING_ON_ADDRESSES("negotiating addresses (IPCP)", at(TunnelEvent.EncryptionSettled.class)),
        ABOUT_TO_CONFIGURE("configuring the tunnel interface", at(TunnelEvent.AddressesAgreed.class)),
        /** The host is ready before the loop hears of the signal. */
        CONFIGURING("", at(Step.ADD_ADDRESS)),
        UP("", at(TunnelEvent.TunnelUp.class));

        final String doing;

        @SuppressWarnings("ImmutableEnumChecker") // Without state: each is made of constants.
        final BiConsumer<MemoryTunnel, Runnable> arrange;

        Phase(String doing, BiConsumer<MemoryTunnel, Runnable> arrange) {
            this.doing = doing;
            this.arrange = arrange;
        }

        private static BiConsumer<MemoryTunnel, Runnable> at(Step step) {
            return (tunnel, signal) -> tunnel.host.on(step, signal);
        }

        private static BiConsumer<MemoryTunnel, Runnable> at(Class<? extends TunnelEvent> progress) {
            return (tunnel, signal) -> tunnel.on(progress, signal);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneSignalEndsTheTunnelInOrder(Phase phase) {
        MemoryTunnel tunnel = new MemoryTunnel();
        phase.arrange.accept(tunnel, tunnel::disconnect);
        endsInOrder(tunnel, phase);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondSignalChangesNothing(Phase phase) {
        MemoryTunnel tunnel = new MemoryTunnel();
        phase.arrange.accept(tunnel, () -> {
            tunnel.disconnect();
            tunnel.host.threads().execute(tunnel::disconnect);
        });
        endsInOrder(tunnel, phase);
    }

    /** A server that is gone does not hold up the end. */
    @ParameterizedTest
    @EnumSource
    void aDeadServerDoesNotKeepTheTunnelFromEnding(Phase phase) {
        MemoryTunnel tunnel = new MemoryTunnel();
        phase.arrange.accept(tunnel, () -> {
            tunnel.host.cutOff();
            tunnel.disconnect();
        });
        endsInOrder(tunnel, phase);
    }

    @Test
    void aSignalBeforeTheStartIsNotForgotten() {
        MemoryTunnel tunnel = new MemoryTunnel();
        tunnel.disconnect();
        endsInOrder(tunnel, Phase.RESOLVING);
    }

    private static void endsInOrder(MemoryTunnel tunnel, Phase phase) {
        TunnelEvent.Ended ended = tunnel.start().end();
        assertThat(tunnel.tookToEnd()).isLessThanOrEqualTo(PROMISED);
        assertThat(ended.wasUp()).isEqualTo(phase.doing.isEmpty());
        if (phase.doing.isEmpty()) {
            assertThat(ended.failure()).isNull();
        } else {
            assertThat(ended.failure()).isNotNull();
            assertThat(ended.failure().reason()).isEqualTo(FailureReason.INTERRUPTED);
            assertThat(ended.failure().sentence())
                    .isEqualTo("Stopped before the tunnel was up, while " + phase.doing + ".");
        }
    }
}
