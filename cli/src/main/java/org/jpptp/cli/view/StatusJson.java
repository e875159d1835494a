package org.jpptp.cli.view;

import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.usage.ExitCodes;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ProxyState;
import org.jpptp.client.Remedy;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;

/** How a tunnel is doing, as a document for programs: the schema of docs/status-json.md. */
public final class StatusJson {
    /** Counts up when a field changes its meaning or goes; fields may be added at any time. */
    public static final int SCHEMA = 1;

    private StatusJson() {}

    /** Of a name that no tunnel has. */
    public static JsonObject without(String name, String state) {
        return new JsonObject.Builder()
                .put("schema", SCHEMA)
                .put("name", name)
                .put("state", state)
                .build();
    }

    /**
     * Of a tunnel.
     *
     * @param process whose it is: {@code pid}, {@code program}
     * @param asked what {@link AskedJson} made of what it was started with
     * @param nowMillis since 1970
     * @param rates what {@link Rates} made of it
     */
    public static JsonObject of(
            String name,
            JsonObject process,
            JsonObject asked,
            TunnelStatus status,
            long nowMillis,
            @Nullable JsonObject rates) {
        TunnelStatus.Agreed agreed = status.agreed();
        return new JsonObject.Builder()
                .putAll(without(name, word(status.state())))
                .put("doing", status.doing())
                .put("since", instant(nowMillis - status.since().toMillis()))
                .put("sinceMs", status.since().toMillis())
                .putAll(process)
                .put("server", server(status))
                .put("asked", asked)
                .put("link", agreed.link() == null ? null : link(agreed.link()))
                .put("identity", agreed.identity() == null ? null : identity(agreed.identity()))
                .put("encryption", agreed.encryption() == null ? null : encryption(agreed.encryption()))
                .put("weaknesses", status.weaknesses())
                .put("addresses", agreed.addresses() == null ? null : addresses(agreed.addresses()))
                .put("names", agreed.names() == null ? null : names(agreed.names()))
                .put("interface", agreed.network() == null ? null : network(agreed.network()))
                .put("routes", routes(agreed.network()))
                .put("traffic", traffic(status.traffic()))
                .put("rates", rates)
                .put("refused", refused(status.traffic()))
                .put("roundTrip", roundTrip(status.traffic()))
                .put("reconnections", status.reconnections())
                .put("lastFailure", lost(status.lastFailure()))
                .put("proxy", proxy(status.proxy()))
                .build();
    }

    /**
     * That a tunnel is up, as it would have told it.
     *
     * @param document of one that is up
     * @param took for whoever waited
     */
    public static TunnelEvent.TunnelUp up(JsonObject document, Duration took) {
        JsonObject network = document.object("interface");
        return new TunnelEvent.TunnelUp(
                network.text("name", ""),
                network.text("namespace"),
                (int) network.number("mtu"),
                document.texts("routes").stream()
                        .flatMap(text -> Cidr.parse(text).stream())
                        .toList(),
                took,
                (int) document.number("reconnections"));
    }

    private static String word(TunnelStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** By ISO 8601. */
    private static String instant(long millis) {
        return Instant.ofEpochSecond(Math.floorDiv(millis, 1000)).toString();
    }

    private static JsonObject server(TunnelStatus status) {
        TunnelEvent.ServerAnswered answered = status.agreed().server();
        return new JsonObject.Builder()
                .put("host", status.server().host())
                .put("port", status.server().port())
                .put("address", answered == null ? null : answered.address().getHostAddress())
                .put("vendor", answered == null ? null : answered.vendor())
                .put("hostName", answered == null ? null : answered.hostName())
                .put("firmware", answered == null ? null : answered.firmware())
                .build();
    }

    private static JsonObject link(TunnelEvent.LinkOpened link) {
        return new JsonObject.Builder()
                .put("mru", link.mru())
                .put("peerMru", link.peerMru())
                .build();
    }

    private static JsonObject identity(TunnelEvent.IdentityProven identity) {
        return new JsonObject.Builder()
                .put("method", identity.method())
                .put("name", identity.name())
                .put("serverProved", identity.serverProved())
                .build();
    }

    private static JsonObject encryption(TunnelEvent.EncryptionSettled encryption) {
        return new JsonObject.Builder()
                .put("send", encryption.send())
                .put("receive", encryption.receive())
                .build();
    }

    private static JsonObject addresses(TunnelEvent.AddressesAgreed addresses) {
        return new JsonObject.Builder()
                .put("local", addresses.local().getHostAddress())
                .put(
                        "remote",
                        addresses.remote() == null ? null : addresses.remote().getHostAddress())
                .put("dns", texts(addresses.dns()))
                .put("wins", texts(addresses.wins()))
                .put(
                        "localIpv6",
                        addresses.localIpv6() == null
                                ? null
                                : addresses.localIpv6().toString())
                .put(
                        "remoteIpv6",
                        addresses.remoteIpv6() == null
                                ? null
                                : addresses.remoteIpv6().toString())
                .build();
    }

    static List<String> texts(List<Inet4Address> addresses) {
        return texts(addresses, Inet4Address::getHostAddress);
    }

    static <T> List<String> texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toList();
    }

    private static JsonObject names(TunnelEvent.NamesSettled names) {
        return new JsonObject.Builder()
                .put("scope", names.scope().name().toLowerCase(Locale.ROOT))
                .put("servers", texts(names.servers()))
                .put("domains", names.domains())
                .put("by", names.by())
                .build();
    }

    private static JsonObject network(TunnelEvent.TunnelUp up) {
        return new JsonObject.Builder()
                .put("name", up.interfaceName())
                .put("namespace", up.namespace())
                .put("mtu", up.mtu())
                .build();
    }

    private static List<String> routes(TunnelEvent.@Nullable TunnelUp up) {
        return up == null ? List.of() : texts(up.routes(), Cidr::toString);
    }

    private static @Nullable JsonObject proxy(@Nullable ProxyState proxy) {
        return proxy == null
                ? null
                : new JsonObject.Builder()
                        .put("address", proxy.listening().address().getHostAddress())
                        .put("port", proxy.listening().port())
                        .put("dns", texts(proxy.resolvers()))
                        .put("pid", proxy.pid())
                        .put("open", proxy.counts().open())
                        .put("served", proxy.counts().served())
                        .put("refused", proxy.counts().refused())
                        .build();
    }

    private static JsonObject traffic(TunnelStatus.Traffic traffic) {
        return new JsonObject.Builder()
                .put("octetsSent", traffic.octetsSent())
                .put("octetsReceived", traffic.octetsReceived())
                .put("packetsSent", traffic.datagramsSent())
                .put("packetsReceived", traffic.datagramsReceived())
                .put("lost", traffic.lost())
                .put("reordered", traffic.reordered())
                .put("clamped", traffic.clamped())
                .build();
    }

    static JsonObject refused(TunnelStatus.Traffic traffic) {
        JsonObject.Builder refused = new JsonObject.Builder();
        for (TunnelStatus.Refusal cause : TunnelStatus.Refusal.values()) {
            refused.put(field(cause), traffic.refused().getOrDefault(cause, 0L));
        }
        return refused.build();
    }

    static String field(TunnelStatus.Refusal cause) {
        return switch (cause) {
            case MALFORMED -> "malformed";
            case OTHER_CALL -> "otherCall";
            case DUPLICATE -> "duplicate";
            case TOO_FAR_AHEAD -> "tooFarAhead";
            case PROTOCOL -> "protocol";
            case IN_CLEAR -> "inClear";
            case UNDECIPHERABLE -> "undecipherable";
            case FOREIGN -> "foreign";
            case NOT_SENT -> "notSent";
            case HOST_MALFORMED -> "hostMalformed";
            case HOST_TOO_LONG -> "hostTooLong";
            case HOST_WHILE_AWAY -> "hostWhileAway";
            case HOST_REFUSED -> "hostRefused";
        };
    }

    /** What was for another tunnel of this host's, mostly: it is no loss, and is told apart. */
    static final String OTHERS = field(TunnelStatus.Refusal.OTHER_CALL);

    /** What is said of a cause to people. */
    public static String words(TunnelStatus.Refusal cause) {
        return CAUSES.getOrDefault(field(cause), field(cause));
    }

    /** What is said of each cause to people. */
    static final Map<String, String> CAUSES = Map.ofEntries(
            Map.entry("malformed", "malformed"),
            Map.entry("otherCall", "of another call"),
            Map.entry("duplicate", "repeated or too late"),
            Map.entry("tooFarAhead", "too far ahead"),
            Map.entry("protocol", "of an unexpected protocol"),
            Map.entry("inClear", "in clear"),
            Map.entry("undecipherable", "undecipherable"),
            Map.entry("foreign", "not the server's"),
            Map.entry("notSent", "not fit to be sent"),
            Map.entry("hostMalformed", "malformed by this host"),
            Map.entry("hostTooLong", "too long for the tunnel"),
            Map.entry("hostWhileAway", "sent while it was away"),
            Map.entry("hostRefused", "not taken by this host"));

    private static JsonObject roundTrip(TunnelStatus.Traffic traffic) {
        return new JsonObject.Builder()
                .put("echoMs", millis(traffic.echo()))
                .put("acknowledgementMs", millis(traffic.acknowledgement()))
                .build();
    }

    /** With tenths. */
    private static @Nullable Double millis(@Nullable Duration time) {
        return time == null ? null : Math.round(time.toNanos() / 100_000.0) / 10.0;
    }

    private static @Nullable JsonObject lost(TunnelStatus.@Nullable Lost lost) {
        return lost == null
                ? null
                : new JsonObject.Builder()
                        .putAll(failure(lost.failure()))
                        .put("agoMs", lost.ago().toMillis())
                        .build();
    }

    private static JsonObject failure(Failure failure) {
        return new JsonObject.Builder()
                .put("reason", failure.reason().name())
                .put("sentence", failure.sentence())
                .put("remedy", FailureText.remedy(failure))
                .put("windowsError", failure.windowsError())
                .put("exitCode", failure.reason().exitCode())
                .build();
    }

    /** How a tunnel ended: {@code exitCode}, and {@code failure}, null where its user ended it. */
    public static JsonObject ended(TunnelEvent.Ended ended) {
        Failure failure = FailureText.of(ended);
        return new JsonObject.Builder()
                .put("exitCode", ExitCodes.of(ended))
                .put("failure", failure == null ? null : failure(failure))
                .build();
    }

    /** The failure of {@link #ended}; null for none. */
    public static @Nullable Failure failure(JsonObject ended) {
        JsonObject failure = ended.object("failure");
        if (!failure.has("sentence")) {
            return null;
        }
        FailureReason reason = FailureReason.INTERNAL;
        for (FailureReason known : FailureReason.values()) {
            if (known.name().equals(failure.text("reason"))) {
                reason = known;
            }
        }
        return new Failure(reason, failure.text("sentence", ""), Remedy.of(failure.text("remedy", "")), (int)
                failure.number("windowsError"));
    }
}
