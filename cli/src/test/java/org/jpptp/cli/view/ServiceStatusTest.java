package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.ServiceManager;
import org.junit.jupiter.api.Test;

class ServiceStatusTest {
    private final List<String> told = new ArrayList<>();
    private final List<TunnelEvent> seen = new ArrayList<>();
    private final ServiceStatus status = new ServiceStatus(
            new ServiceManager() {
                @Override
                public void ready() {
                    told.add("ready");
                }

                @Override
                public void status(String text) {
                    told.add(text);
                }

                @Override
                public void stopping() {
                    told.add("stopping");
                }
            },
            new TunnelListener() {
                @Override
                public void event(TunnelEvent event) {
                    seen.add(event);
                }

                @Override
                public boolean showsSecrets() {
                    return true;
                }
            },
            "vpn.example\u001b.com");

    @Test
    void readyIsWhoIsUpAndNobodyBefore() {
        status.begin();
        Script.GOOD.forEach(status::event);
        assertThat(told)
                .containsExactly(
                        "Connecting to vpn.example\\x1b.com.",
                        "Negotiating with vpn.example\\x1b.com.",
                        "Tunnel pptp0 to vpn.example\\x1b.com is up, routes 10.0.0.0/8.",
                        "ready",
                        "Disconnected.");
        assertThat(seen).isEqualTo(Script.GOOD);
        assertThat(status.showsSecrets()).isTrue();
    }

    @Test
    void aLostTunnelSaysWhenItTriesAgain() {
        status.event(new TunnelEvent.Reconnecting(
                Failure.of(FailureReason.LINK_LOST, "The server fell silent.", ""), 1, Duration.ofSeconds(4)));
        assertThat(told).containsExactly("The server fell silent. Reconnecting in 4.0 s.");
    }

    @Test
    void aFailureIsTheLastStatus() {
        status.event(TunnelEvent.Ended.neverUp(
                Failure.of(FailureReason.CREDENTIALS_REJECTED, "The server rejected the password.", "")));
        assertThat(told).containsExactly("The server rejected the password. (exit code 19; Windows error 691)");
    }
}
