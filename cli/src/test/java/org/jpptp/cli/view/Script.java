package org.jpptp.cli.view;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;

/** A tunnel as it goes well, told to the views. */
final class Script {
    static final TunnelEvent.ServerAnswered SERVER = new TunnelEvent.ServerAnswered(
            address("203.0.113.7"), 1723, "Microsoft Windows NT", "RAS1", 0, Duration.ofMillis(38));
    static final TunnelEvent.CallEstablished CALL =
            new TunnelEvent.CallEstablished(41213, 7, 100_000_000, Duration.ofMillis(41));
    static final TunnelEvent.LinkOpened LINK =
            link(1400, 1400, Set.of(LinkOption.MAGIC, LinkOption.ACFC), Duration.ofMillis(55));
    static final TunnelEvent.IdentityProven IDENTITY =
            identity("MS-CHAPv2", "CORP\\alice", Proof.MUTUAL, "Welcome", Duration.ofMillis(24));
    static final TunnelEvent.EncryptionSettled ENCRYPTION = new TunnelEvent.EncryptionSettled(
            "MPPE 128-bit stateless", "MPPE 128-bit stateless", Duration.ofMillis(30));
    static final TunnelEvent.AddressesAgreed ADDRESSES = new TunnelEvent.AddressesAgreed(
            address("10.1.0.23"),
            address("10.1.0.1"),
            List.of(address("10.1.0.2")),
            List.of(),
            null,
            null,
            Duration.ofMillis(28));
    static final TunnelEvent.NamesSettled NAMES = new TunnelEvent.NamesSettled(
            NameScope.DOMAINS, List.of(address("10.1.0.2")), List.of("corp.example"), "systemd-resolved");
    static final TunnelEvent.TunnelUp UP =
            new TunnelEvent.TunnelUp("pptp0", null, 1400, List.of(cidr("10.0.0.0/8")), Duration.ofMillis(216));
    static final TunnelEvent.Ended ENDED = TunnelEvent.Ended.afterUp(
            null, TunnelStatus.Traffic.ofOctets(48_200, 1_310_000_000L), Duration.ofSeconds(723));

    static final List<TunnelEvent> GOOD =
            List.of(SERVER, CALL, LINK, IDENTITY, ENCRYPTION, ADDRESSES, NAMES, UP, ENDED);

    /** What LCP agreed on for our sending. */
    enum LinkOption {
        MAGIC,
        PFC,
        ACFC
    }

    /** Who proved to know the password. */
    enum Proof {
        MUTUAL,
        OURS
    }

    private Script() {}

    static TunnelEvent.LinkOpened link(int mru, int peerMru, Set<LinkOption> options, Duration took) {
        return new TunnelEvent.LinkOpened(
                mru,
                peerMru,
                options.contains(LinkOption.MAGIC),
                options.contains(LinkOption.PFC),
                options.contains(LinkOption.ACFC),
                took);
    }

    static TunnelEvent.IdentityProven identity(String method, String name, Proof proof, String message, Duration took) {
        return new TunnelEvent.IdentityProven(method, name, proof == Proof.MUTUAL, message, took);
    }

    static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    static Inet4Address address(String text) {
        return cidr(text).address();
    }
}
