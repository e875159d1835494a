package org.jpptp.client.diagnosis;

import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** What the addresses that the server named mean to a user, failures and warnings. */
public final class NetworkDiagnosis {
    /** A warning. */
    public static final String NO_IPV6 = "The server does not carry IPv6: the tunnel has IPv4 only.";

    private NetworkDiagnosis() {}

    /**
     * Our own address cannot be used.
     *
     * @param objection to it, without a full stop
     */
    public static Failure addressUnusable(String objection) {
        return Failure.of(
                FailureReason.ADDRESSES_REFUSED,
                "The address that the server gives us cannot be used: " + objection + ".",
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

    /** A warning: the peer's address is left out, for a reason without a full stop. */
    public static String notRouted(String why) {
        return "The server's inner address is not routed into the tunnel: " + why + ".";
    }

    /** A warning: IPv6 is left out. */
    public static String mtuTooSmallForIpv6(int needed, int mtu) {
        return "IPv6 is left out: it needs an MTU of " + needed + " octets, and the tunnel has " + mtu + ".";
    }
}
