package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.ServerTraits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The user ends a tunnel that was up and is away, at each moment of its coming back: in order, in time, without a failure. */
class StopWhileReconnectingTest {
    private static final Duration PROMISED = Duration.ofMillis(4500);

    /** Where the signal comes. */
    enum Phase {
        ABOUT_TO_WAIT((tunnel, signal) -> tunnel.on(TunnelEvent.Reconnecting.class, signal)),
        WAITING((tunnel, signal) -> tunnel.on(
                TunnelEvent.Reconnecting.class,
                () -> tunnel.host.after(
                        tunnel.all(TunnelEvent.Reconnecting.class)
                                .get(0)
                                .delay()
                                .dividedBy(2),
                        signal))),
        RESOLVING((tunnel, signal) -> {
            tunnel.host.names().silence();
            tunnel.host.on(Step.RESOLVE, signal);
        }),
        MAKING_A_WAY((tunnel, signal) -> tunnel.host.on(Step.REACH, signal)),
        CONNECTING((tunnel, signal) -> {
            tunnel.host.tcp(MemoryHost.Tcp.SILENT);
            tunnel.host.on(Step.CONNECT, signal);
        }),
        CALLING(at(TunnelEvent.ServerAnswered.class)),
        NEGOTIATING(at(TunnelEvent.CallEstablished.class)),
        AUTHENTICATING(at(TunnelEvent.LinkOpened.class)),
        ENCRYPTING(at(TunnelEvent.IdentityProven.class)),
        AGREEING_ON_ADDRESSES(at(TunnelEvent.EncryptionSettled.class)),
        ABOUT_TO_CONFIGURE(at(TunnelEvent.AddressesAgreed.class)),
        PAUSING((tunnel, signal) -> {
            tunnel.server.becomes(MemoryTunnel.config().with(ServerTraits.ACCEPTING.withStartResult(3)));
            tunnel.on(TunnelEvent.Warning.class, signal);
        }),
        UP_AGAIN(at(TunnelEvent.TunnelUp.class));

        @SuppressWarnings("ImmutableEnumChecker") // Without state: each is made of constants.
        private final BiConsumer<MemoryTunnel, Runnable> arrange;

        Phase(BiConsumer<MemoryTunnel, Runnable> arrange) {
            this.arrange = arrange;
        }

        private static BiConsumer<MemoryTunnel, Runnable> at(Class<? extends TunnelEvent> progress) {
            return (tunnel, signal) -> tunnel.on(progress, signal);
        }
    }

    private static MemoryTunnel arranged(Phase phase, boolean deadServer) {
        MemoryTunnel tunnel = MemoryTunnel.lasting(ReconnectSettings.on(ReconnectSettings.Mode.FAIL_CLOSED))
                .connect();
        phase.arrange.accept(tunnel, () -> {
            if (deadServer) {
                tunnel.host.cutOff();
            }
            tunnel.disconnect();
        });
        tunnel.host.resetTcp();
        return tunnel;
    }

    private static void endsInOrder(MemoryTunnel tunnel) {
        TunnelEvent.Ended ended = tunnel.end();
        assertThat(tunnel.tookToEnd()).isLessThanOrEqualTo(PROMISED);
        assertThat(ended.wasUp()).isTrue();
        assertThat(ended.failure()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void itEndsInOrder(Phase phase) {
        boolean theServerLives = false;
        endsInOrder(arranged(phase, theServerLives));
    }

    @ParameterizedTest
    @EnumSource
    void aDeadServerDoesNotHoldItUp(Phase phase) {
        boolean theServerIsDead = true;
        endsInOrder(arranged(phase, theServerIsDead));
    }
}
