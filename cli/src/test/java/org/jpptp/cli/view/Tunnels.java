package org.jpptp.cli.view;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.NameScope;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jpptp.client.TunnelStatus.Agreed;
import org.jpptp.client.TunnelStatus.Refusal;
import org.jpptp.client.TunnelStatus.State;
import org.jpptp.client.TunnelStatus.Traffic;

/** Tunnels in each of their states, as they would tell of themselves. */
final class Tunnels {
    private static final JsonObject PROCESS =
            new JsonObject.Builder().put("pid", 4711L).put("program", "1.2.3").build();

    private static final JsonObject ASKED = AskedJson.of(
            "CORP\\alice",
            PolicySettings.DEFAULT,
            NetworkSettings.DEFAULT,
            ReconnectSettings.OFF,
            List.of("--log /var/log/office.log"));
    /** 2026-11-29 01:02:03 UTC. */
    private static final long NOW = 1_795_914_123_000L;

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final ServerSettings SERVER = ServerSettings.of("vpn.example.com");

    private Tunnels() {}

    private static Inet4Address address(String text) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static Agreed agreed(String coding, NameScope scope) {
        boolean agreed = true;
        return new Agreed(
                new TunnelEvent.ServerAnswered(address("203.0.113.7"), 1723, "Microsoft Windows NT", "", 0, SHORT),
                new TunnelEvent.LinkOpened(1400, 1400, agreed, agreed, agreed, SHORT),
                new TunnelEvent.IdentityProven("MS-CHAPv2", "CORP\\alice", agreed, "", SHORT),
                new TunnelEvent.EncryptionSettled(coding, coding, SHORT),
                new TunnelEvent.AddressesAgreed(
                        address("10.1.0.23"),
                        address("10.1.0.1"),
                        List.of(address("10.1.0.2"), address("10.1.0.3")),
                        List.of(address("10.1.0.4")),
                        new LinkLocalAddress(0x1122334455667788L),
                        null,
                        SHORT),
                new TunnelEvent.NamesSettled(
                        scope,
                        List.of(address("10.1.0.2"), address("10.1.0.3")),
                        scope == NameScope.DOMAINS ? List.of("corp.example", "lab.example") : List.of(),
                        switch (scope) {
                            case NOTHING -> null;
                            case DOMAINS -> "systemd-resolved";
                            case BESIDE, EVERYTHING -> "/etc/resolv.conf";
                        }),
                new TunnelEvent.TunnelUp(
                        "pptp0",
                        null,
                        1396,
                        List.of(
                                Cidr.parse("10.0.0.0/8").orElseThrow(),
                                Cidr.parse("192.168.77.0/24").orElseThrow()),
                        SHORT));
    }

    private static TunnelStatus status(State state, Agreed agreed, List<String> weaknesses, Traffic traffic, int back) {
        return new TunnelStatus(
                state,
                switch (state) {
                    case CONNECTING -> "looking up the server's name";
                    case RECONNECTING -> "connecting to the server";
                    case UP, ENDING, DOWN -> null;
                },
                Duration.ofSeconds(723),
                SERVER,
                agreed,
                weaknesses,
                traffic,
                back,
                back == 0
                        ? null
                        : new TunnelStatus.Lost(
                                Failure.of(
                                        FailureReason.LINK_LOST,
                                        "The server fell silent: 4 LCP echoes in a row were not answered.",
                                        "Connect again."),
                                Duration.ofMinutes(13)),
                null);
    }

    private static JsonObject document(TunnelStatus status, Rates rates) {
        return StatusJson.of("office", PROCESS, ASKED, status, NOW, rates.since(status.traffic(), 1_000_000_000));
    }

    static JsonObject connecting() {
        return document(status(State.CONNECTING, Agreed.NOTHING, List.of(), Traffic.NONE, 0), new Rates());
    }

    /** Nothing to complain of. */
    static JsonObject up() {
        Rates rates = new Rates();
        JsonObject none = rates.since(Traffic.NONE, 0);
        assert none == null;
        Traffic traffic = new Traffic(900, 1_200_000, 1, 60, 0, 0, 0, Map.of(), Duration.ofNanos(38_400_000), null);
        return document(
                status(State.UP, agreed("MPPE 128-bit stateless", NameScope.DOMAINS), List.of(), traffic, 0), rates);
    }

    /** Everything to complain of. */
    static JsonObject weak() {
        Traffic traffic = new Traffic(
                900,
                1_200_000,
                100_000,
                123_456_789,
                1_203,
                17,
                4,
                Map.of(
                        Refusal.DUPLICATE, 2L,
                        Refusal.UNDECIPHERABLE, 41L,
                        Refusal.NOT_SENT, 1L,
                        Refusal.HOST_WHILE_AWAY, 1_000L),
                Duration.ofMillis(38),
                Duration.ofNanos(41_250_000));
        return document(
                status(
                        State.UP,
                        agreed("MPPE 40-bit stateful", NameScope.NOTHING),
                        List.of(
                                "MPPE keys of 40 bits are found by trying them all: whoever records the traffic can read it.",
                                "Stateful MPPE may use key stream twice after a loss, and lets whoever forges losses read"
                                        + " parts of the traffic."),
                        traffic,
                        3),
                new Rates());
    }

    static JsonObject reconnecting() {
        return document(
                status(
                        State.RECONNECTING,
                        agreed("MPPE 128-bit stateless", NameScope.BESIDE),
                        List.of(),
                        Traffic.NONE,
                        1),
                new Rates());
    }

    static JsonObject ending() {
        return document(
                status(
                        State.ENDING,
                        agreed("MPPE 128-bit stateless", NameScope.EVERYTHING),
                        List.of(),
                        Traffic.NONE,
                        0),
                new Rates());
    }

    static List<JsonObject> all() {
        return List.of(
                connecting(),
                up(),
                weak(),
                reconnecting(),
                ending(),
                StatusJson.without("office", "down"),
                StatusJson.without("office", "dead"));
    }
}
