package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener.Detail;
import org.junit.jupiter.api.Test;

class JsonViewTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    /** From anywhere, and a millisecond later at each look. */
    private long now = Long.MAX_VALUE - 3_000_000;

    private final JsonView view = new JsonView(out, Verbosity.PACKETS, () -> {
        long then = now;
        now += 1_000_000;
        return then;
    });

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTunnelThatWorks() throws IOException {
        now -= 1_000_000;
        view.start("1.2.3", new ServerSettings("vpn.example.com", 1723), "CORP\\alice");
        Script.GOOD.forEach(view::event);

        assertThat(out()).isEqualTo(Golden.text("good.json"));
    }

    @Test
    void oneThatDoesNotAndHostileText() throws IOException {
        now -= 1_000_000;
        view.event(new TunnelEvent.ServerAnswered(
                Script.address("203.0.113.7"), 1723, "a\"\\\u001b[2J\0é", "\r\n", 1, Duration.ZERO));
        view.event(new TunnelEvent.EncryptionSettled(null, null, Duration.ZERO));
        view.event(new TunnelEvent.AddressesAgreed(
                Script.address("10.1.0.23"),
                null,
                List.of(),
                List.of(Script.address("10.1.0.4")),
                null,
                new LinkLocalAddress(1),
                Duration.ZERO));
        view.trace(Detail.PACKETS, "rcvd [CCP ConfNak id=0x1 <mppe -H -M -S +L -D +C>]");
        view.event(new TunnelEvent.Warning("Odd."));
        view.event(TunnelEvent.Ended.neverUp(Failure.of(FailureReason.CREDENTIALS_REJECTED, "Seen.", "Do.")));
        view.event(TunnelEvent.Ended.neverUp(null));

        assertThat(out()).isEqualTo(Golden.text("bad.json"));
    }

    @Test
    void aNewPassword() {
        view.event(new TunnelEvent.PasswordChanged("CORP\\alice"));
        assertThat(out()).startsWith("{\"type\":\"passwordChanged\",").endsWith(",\"name\":\"CORP\\\\alice\"}\n");
    }

    @Test
    void eachLineIsFlushed() {
        view.event(Script.CALL);
        assertThat(out()).endsWith("}\n");
    }

    @Test
    void tracesAsMuchAsAskedFor() {
        assertThat(view.traces(Detail.PACKETS)).isTrue();
        assertThat(view.traces(Detail.DECISIONS)).isFalse();
    }
}
