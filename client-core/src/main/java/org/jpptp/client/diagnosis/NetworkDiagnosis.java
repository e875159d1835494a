package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.net.AddressObjection;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** What the addresses that the server named mean to a user, failures and warnings. */
public final class NetworkDiagnosis {
    /** A warning. */
    public static final String NO_IPV6 = "The server does not carry IPv6: the tunnel has IPv4 only.";

    private NetworkDiagnosis() {}

    /** Our own address cannot be used. */
    public static Failure addressUnusable(AddressObjection objection) {
        return Failure.of(
                FailureReason.ADDRESSES_REFUSED,
                "The address that the server gives us cannot be used: " + clause(objection) + ".",
                Remedy.of("Change the address pool of the server, or keep the two networks apart with ")
                        .set(Setting.NAMESPACE)
                        .say("."));
    }

    /** The server has other addresses for a tunnel whose interface is configured already. */
    public static Failure addressesChanged(PppEvent.@Nullable NetworkUp before, PppEvent.NetworkUp now) {
        return Failure.of(
                FailureReason.ADDRESSES_REFUSED,
                "The server changed the addresses of a tunnel that was up, from "
                        + (before == null ? "?" : before.local().getHostAddress()) + " to "
                        + now.local().getHostAddress() + ".",
                "Connect again.");
    }

    /** A warning: the peer's address is left out. */
    public static String notRouted(AddressObjection why) {
        return "The server's inner address is not routed into the tunnel: " + clause(why) + ".";
    }

    /** A warning: IPv6 is left out. */
    public static String mtuTooSmallForIpv6(int needed, int mtu) {
        return "IPv6 is left out: it needs an MTU of " + needed + " octets, and the tunnel has " + mtu + ".";
    }

    private static String clause(AddressObjection objection) {
        String what =
                switch (objection.kind()) {
                    case OUTER_ADDRESS_OF_SERVER -> "is the server's outer address";
                    case OUR_INNER_ADDRESS -> "is our own inner address";
                    case THIS_NETWORK -> within(objection, "this network");
                    case LOOPBACK -> within(objection, "loopback");
                    case MULTICAST -> within(objection, "multicast");
                    case RESERVED -> within(objection, "reserved");
                    case ATTACHED -> within(objection, "a network that this host is attached to");
                };
        return objection.address().getHostAddress() + " " + what;
    }

    private static String within(AddressObjection objection, String kind) {
        return "lies in " + objection.network() + " (" + kind + ")";
    }
}
