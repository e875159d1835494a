package org.jpptp.cli.view;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.usage.Wording;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;

/** Shows a tunnel to programs: one JSON object a line, in the schema of docs/json-events.md. */
public final class JsonView implements TunnelListener {
    /** Counts up when a field changes its meaning or goes; fields may be added at any time. */
    private static final int SCHEMA = 1;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final JsonGenerator json;
    private final Verbosity verbosity;
    private final LongSupplier nanoTime;
    private final Wording wording;
    private final long start;
    private final Written written = new Written();

    /**
     * @param out gets UTF-8; flushed after each line
     * @param nanoTime a monotonic clock
     */
    public JsonView(OutputStream out, Verbosity verbosity, LongSupplier nanoTime) {
        this(out, verbosity, nanoTime, Wording.OPTIONS);
    }

    /** The same with settings as the user would change them. */
    public JsonView(OutputStream out, Verbosity verbosity, LongSupplier nanoTime, Wording wording) {
        this.wording = wording;
        this.verbosity = verbosity;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        try {
            this.json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line. */
    public void start(String version, ServerSettings server, String user) {
        line("start", () -> {
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("server", server.host());
            json.writeNumberField("port", server.port());
            json.writeStringField("user", user);
        });
    }

    @Override
    public void event(TunnelEvent event) {
        event.match(written);
    }

    /** The line of each event. */
    private final class Written implements TunnelEvent.Cases {
        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            line("server", () -> {
                address("address", event.address());
                json.writeNumberField("port", event.port());
                json.writeStringField("vendor", event.vendor());
                json.writeStringField("hostName", event.hostName());
                json.writeNumberField("firmware", event.firmware());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            line("call", () -> {
                json.writeNumberField("localCallId", event.localCallId());
                json.writeNumberField("peerCallId", event.peerCallId());
                json.writeNumberField("bitsPerSecond", event.bitsPerSecond());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            line("link", () -> {
                json.writeNumberField("mru", event.mru());
                json.writeNumberField("peerMru", event.peerMru());
                json.writeBooleanField("magic", event.magic());
                json.writeBooleanField("pfc", event.pfc());
                json.writeBooleanField("acfc", event.acfc());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            line("identity", () -> {
                json.writeStringField("method", event.method());
                json.writeStringField("name", event.name());
                json.writeBooleanField("serverProved", event.serverProved());
                json.writeStringField("message", event.message());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            line("passwordChanged", () -> json.writeStringField("name", event.name()));
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            line("encryption", () -> {
                json.writeStringField("send", event.send());
                json.writeStringField("receive", event.receive());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            line("addresses", () -> {
                address("local", event.local());
                address("remote", event.remote());
                addressList("dns", event.dns());
                addressList("wins", event.wins());
                address("localIpv6", event.localIpv6());
                address("remoteIpv6", event.remoteIpv6());
                millis("tookMs", event.took());
            });
        }

        @Override
        public void namesSettled(TunnelEvent.NamesSettled event) {
            line("names", () -> {
                json.writeStringField("scope", event.scope().name().toLowerCase(Locale.ROOT));
                addressList("servers", event.servers());
                json.writeArrayFieldStart("domains");
                for (String domain : event.domains()) {
                    json.writeString(domain);
                }
                json.writeEndArray();
                json.writeStringField("by", event.by());
            });
        }

        @Override
        public void proxyOpened(TunnelEvent.ProxyOpened event) {
            line("proxy", () -> {
                json.writeStringField("address", event.listening().address().getHostAddress());
                json.writeNumberField("port", event.listening().port());
                json.writeNumberField("pid", event.pid());
            });
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            line("up", () -> {
                json.writeStringField("interface", event.interfaceName());
                json.writeStringField("namespace", event.namespace());
                json.writeNumberField("mtu", event.mtu());
                json.writeArrayFieldStart("routes");
                for (Cidr route : event.routes()) {
                    json.writeString(route.toString());
                }
                json.writeEndArray();
                millis("tookMs", event.took());
                json.writeNumberField("reconnections", event.reconnections());
            });
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            line("changed", () -> {
                json.writeStringField("interface", event.interfaceName());
                json.writeNumberField("mtu", event.mtu());
                address("local", event.local());
                address("remote", event.remote());
                json.writeStringField("text", event.text());
            });
        }

        @Override
        public void reconnecting(TunnelEvent.Reconnecting event) {
            line("reconnecting", () -> {
                json.writeNumberField("attempt", event.attempt());
                millis("delayMs", event.delay());
                failure(event.after());
            });
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            line("warning", () -> json.writeStringField("text", event.text()));
        }

        @Override
        public void statistics(TunnelEvent.Statistics event) {
            line("statistics", () -> {
                json.writeStringField("doing", event.doing());
                millis("sinceMs", event.since());
                json.writeNumberField("octetsSent", event.octetsSent());
                json.writeNumberField("octetsReceived", event.octetsReceived());
            });
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            line("ended", () -> end(event));
        }
    }

    @Override
    public boolean traces(Detail detail) {
        return verbosity.shows(detail);
    }

    @Override
    public void trace(Detail detail, String text) {
        line("trace", () -> {
            json.writeStringField("detail", detail.name().toLowerCase(Locale.ROOT));
            json.writeStringField("text", text);
        });
    }

    private void end(TunnelEvent.Ended event) throws IOException {
        json.writeBooleanField("wasUp", event.wasUp());
        millis("upForMs", event.upFor());
        json.writeNumberField("octetsSent", event.traffic().octetsSent());
        json.writeNumberField("octetsReceived", event.traffic().octetsReceived());
        json.writeNumberField("lost", event.traffic().lost());
        json.writeObjectFieldStart("refused");
        for (TunnelStatus.Refusal cause : TunnelStatus.Refusal.values()) {
            json.writeNumberField(
                    StatusJson.field(cause), event.traffic().refused().getOrDefault(cause, 0L));
        }
        json.writeEndObject();
        json.writeNumberField("exitCode", ExitCodes.of(event));
        failure(FailureText.of(event));
    }

    private void failure(@Nullable Failure failure) throws IOException {
        if (failure == null) {
            json.writeNullField("failure");
            return;
        }
        json.writeObjectFieldStart("failure");
        json.writeStringField("reason", failure.reason().name());
        json.writeStringField("sentence", failure.sentence());
        json.writeStringField("remedy", FailureText.remedy(failure, wording));
        json.writeNumberField("windowsError", failure.windowsError());
        json.writeEndObject();
    }

    private void address(String name, @Nullable Inet4Address address) throws IOException {
        json.writeStringField(name, address == null ? null : address.getHostAddress());
    }

    private void address(String name, @Nullable LinkLocalAddress address) throws IOException {
        json.writeStringField(name, address == null ? null : address.toString());
    }

    private void addressList(String name, List<Inet4Address> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (Inet4Address address : addresses) {
            json.writeString(address.getHostAddress());
        }
        json.writeEndArray();
    }

    private void millis(String name, Duration duration) throws IOException {
        json.writeNumberField(name, duration.toMillis());
    }

    private synchronized void line(String type, Fields fields) {
        try {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeNumberField("t", (nanoTime.getAsLong() - start) / 1_000_000);
            fields.write();
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the fields behind {@code type} and {@code t}. */
    private interface Fields {
        void write() throws IOException;
    }
}
