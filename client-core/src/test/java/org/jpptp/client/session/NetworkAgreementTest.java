package org.jpptp.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Ipv6;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.session.NetworkAgreement.Payload;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkAgreementTest {
    private static final Inet4Address SERVER = address("203.0.113.7");
    private static final Surroundings LAN = surroundings("192.168.1.0/24");
    private static final Surroundings WIDE_LAN = surroundings("192.168.0.0/16");

    @ParameterizedTest(name = "wanted {0}, the server receives {1}, {2}: {3}")
    @CsvSource({
        "1400, 1500, CODED, 1400",
        "1400, 1400, CODED, 1396",
        "1400, 1400, PLAIN, 1400",
        "1456, 1450, CODED, 1446",
        "1400, 128, CODED, 124"
    })
    void mppeAlwaysCostsFourOctetsOfThePeersMru(int wanted, int peerMru, Payload payload, int mtu) {
        NetworkAgreement agreement =
                agree(wanted, peerMru, payload, network("10.1.0.23", "10.1.0.1"), Surroundings.NOTHING);
        assertThat(((NetworkAgreement.Usable) agreement).plan().mtu()).isEqualTo(mtu);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "224.0.0.5, multicast",
        "240.0.0.1, reserved",
        "203.0.113.7, the server's outer address",
        "192.168.1.2, this host's own",
        "192.168.1.1, a router of this host",
        "192.168.1.53, where this host looks up names",
        "192.168.1.255, the network or broadcast address of 192.168.1.0/24"
    })
    void anAddressThatWouldTurnOurOwnTrafficInwardIsRefused(String local, String why) {
        NetworkAgreement agreement = agree(1400, 1500, Payload.CODED, network(local, "10.1.0.1"), LAN);
        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Refused.class, refused -> {
            assertThat(refused.failure().reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
            assertThat(refused.failure().sentence()).contains(local).contains(why);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, outer address",
        "10.1.0.23, our own",
        "192.168.1.2, this host's own",
        "127.0.0.1, loopback",
        "8.8.8.8, near our own address"
    })
    void aPeerAddressOfThatKindIsLeftOutWithAWarning(String remote, String why) {
        NetworkAgreement agreement = agree(1400, 1500, Payload.CODED, network("10.1.0.23", remote), LAN);
        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Usable.class, usable -> {
            assertThat(usable.plan().remote()).isNull();
            assertThat(usable.warnings()).hasSize(1).first().asString().contains(why);
        });
    }

    /** Two networks often have the same numbers; with proxy ARP the pool is even a part of the server's. */
    @Test
    void aPoolInsideOneOfOurNetworksIsUsedWithAWarning() {
        NetworkAgreement agreement =
                agree(1400, 1500, Payload.CODED, network("192.168.77.10", "192.168.77.1"), WIDE_LAN);
        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Usable.class, usable -> {
            assertThat(usable.plan().local()).isEqualTo(address("192.168.77.10"));
            assertThat(usable.plan().remote()).isEqualTo(address("192.168.77.1"));
            assertThat(usable.warnings())
                    .containsExactly("The address that the server gives us, 192.168.77.10, lies in 192.168.0.0/16,"
                            + " a network of this host: whoever has it there cannot be reached.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9 is a public address in no network of yours.",
        "169.254.169.254, 169.254.169.254 lies in 169.254.0.0/16 (link-local)."
    })
    void anAddressThatMayBeAnothersIsUsedWithAWarning(String local, String why) {
        NetworkAgreement agreement = agree(1400, 1500, Payload.CODED, network(local, null), LAN);
        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Usable.class, usable -> {
            assertThat(usable.plan().local()).isEqualTo(address(local));
            assertThat(usable.warnings())
                    .containsExactly("Whoever else has our inner address cannot be reached: " + why);
        });
    }

    /** There is nobody else. */
    @Test
    void apartFromThisHostNoAddressIsAnothers() {
        NetworkAgreement agreement = NetworkAgreement.of(
                new NetworkSettings(Routing.NONE, Ipv6.NONE, 1400, null, "apart", Offload.NONE),
                SERVER,
                "pptp0",
                network("203.0.113.9", null),
                1500,
                Payload.CODED,
                Surroundings.NOTHING);
        assertThat(agreement)
                .isInstanceOfSatisfying(
                        NetworkAgreement.Usable.class,
                        usable -> assertThat(usable.warnings()).isEmpty());
    }

    @Test
    void aPeerWithoutAnAddressIsNoReasonToWarn() {
        NetworkAgreement agreement = agree(1400, 1500, Payload.CODED, network("10.1.0.23", null), LAN);
        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Usable.class, usable -> {
            assertThat(usable.plan().remote()).isNull();
            assertThat(usable.warnings()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1400, true, fe80::1, ''",
        "1280, true, fe80::1, ''",
        "1279, true, , 'IPv6 is left out: it needs an MTU of 1280 octets, and the tunnel has 1279.'",
        "1400, false, , 'The server does not carry IPv6: the tunnel has IPv4 only.'"
    })
    void ipv6WhereTheServerCarriesItAndTheMtuSuffices(
            int mtu, boolean carried, @Nullable String address, String warning) {
        PppEvent.NetworkUp ipv4 = network("10.1.0.23", "10.1.0.1");
        PppEvent.NetworkUp network = new PppEvent.NetworkUp(
                ipv4.local(),
                ipv4.remote(),
                List.of(),
                List.of(),
                carried ? new PppEvent.InterfaceIdentifiers(1, 2) : null);
        NetworkSettings wanted = NetworkSettings.DEFAULT.withMtu(mtu);
        NetworkAgreement agreement = NetworkAgreement.of(
                wanted.with(Ipv6.LINK_LOCAL), SERVER, "pptp0", network, 1500, Payload.CODED, Surroundings.NOTHING);

        assertThat(agreement).isInstanceOfSatisfying(NetworkAgreement.Usable.class, usable -> {
            assertThat(
                            usable.plan().ipv6() == null
                                    ? null
                                    : usable.plan().ipv6().toString())
                    .isEqualTo(address);
            assertThat(String.join("", usable.warnings())).isEqualTo(warning);
        });
    }

    private static NetworkAgreement agree(
            int mtu, int peerMru, Payload payload, PppEvent.NetworkUp network, Surroundings host) {
        return NetworkAgreement.of(
                NetworkSettings.DEFAULT.withMtu(mtu), SERVER, "pptp0", network, peerMru, payload, host);
    }

    /** The host has the second address of its network, a router at the first and a resolver. */
    private static Surroundings surroundings(String lan) {
        Cidr network = Cidr.parse(lan).orElseThrow();
        Inet4Address own = address("192.168.1.2");
        return new Surroundings(
                Set.of(own),
                List.of(network),
                Set.of(address("192.168.1.53")),
                List.of(
                        new Surroundings.Route(network, "eth0", null),
                        new Surroundings.Route(Cidr.parse("0.0.0.0/0").orElseThrow(), "eth0", address("192.168.1.1"))));
    }

    private static PppEvent.NetworkUp network(String local, @Nullable String remote) {
        return new PppEvent.NetworkUp(
                address(local), remote == null ? null : address(remote), List.of(), List.of(), null);
    }

    private static Inet4Address address(String literal) {
        try {
            return (Inet4Address) InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
