package org.jpptp.client.diagnosis;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.net.AddressObjection;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/** What the addresses that the server named mean to a user, failures and warnings. */
public final class NetworkDiagnosis {
    /** A warning. */
    public static final String NO_IPV6 = "The server does not carry IPv6: the tunnel has IPv4 only.";

    private NetworkDiagnosis() {}

    /** A route that was asked for is one of the host's. */
    public static Failure routeIsThere(Surroundings.Route route) {
        String how = route.router() == null
                ? "this host is in that network itself, on " + route.interfaceName()
                : "this host has one by " + route.router().getHostAddress() + " on " + route.interfaceName();
        return Failure.of(
                FailureReason.HOST_CHANGE_REFUSED,
                "The route " + route.network() + " cannot lead into the tunnel: " + how + ".",
                Remedy.of(
                                "Name the networks behind the server instead, such as 10.20.0.0/16, or keep the tunnel apart with ")
                        .set(Setting.NAMESPACE)
                        .say("."));
    }

    /** What would let addresses be agreed on. */
    static Remedy remedy(PppFailure failure) {
        if (failure instanceof AddressFailure.AddressesRefused refused
                && refused.how() == AddressFailure.How.IPCP_REJECTED) {
            return Remedy.of("Let the server's administrator enable IPv4 for this account.");
        }
        if (failure instanceof AddressFailure.IpcpNotConverging) {
            return Remedy.of("Run again with ")
                    .set(Setting.VERBOSE, "1")
                    .say(" to see each proposal, and change what the server insists on there.");
        }
        if (failure instanceof AddressFailure.AddressAbsurd) {
            return Remedy.of("Correct the address pool of the server.");
        }
        return Remedy.of(
                "Let the server's administrator see to it that there is an address for this account: its pool may"
                        + " be empty.");
    }

    /** Our own address cannot be used. */
    public static Failure addressUnusable(AddressObjection objection) {
        return Failure.of(
                FailureReason.ADDRESSES_REFUSED,
                "The address that the server gives us cannot be used: " + clause(objection) + ".",
                Remedy.of("Change the address pool of the server, or keep the two networks apart with ")
                        .set(Setting.NAMESPACE)
                        .say("."));
    }

    /** The server renegotiates a tunnel that is up again and again. */
    public static Failure neverSettles(int times) {
        return Failure.of(
                FailureReason.ADDRESSES_REFUSED,
                "The server changed the addresses or the MRU of a tunnel that was up " + times + " times.",
                "Find out on the server why it renegotiates.");
    }

    /** What a renegotiation has changed on the interface, or another connection, in sentences. */
    public static String changed(NetworkPlan before, NetworkPlan now) {
        List<String> sentences = new ArrayList<>();
        if (before.mtu() != now.mtu()) {
            sentences.add("The server receives other lengths now: the MTU of " + now.interfaceName() + " is "
                    + now.mtu() + " octets, and was " + before.mtu() + ".");
        }
        if (!before.server().equals(now.server())) {
            sentences.add("The server is at " + now.server().getHostAddress() + " now, and was at "
                    + before.server().getHostAddress() + ".");
        }
        if (!before.local().equals(now.local())) {
            sentences.add("The server gave us another address: " + now.local().getHostAddress() + ", which was "
                    + before.local().getHostAddress() + ".");
        }
        if (!Objects.equals(before.remote(), now.remote())) {
            sentences.add("The server's own inner address is " + text(now.remote()) + " now, and was "
                    + text(before.remote()) + ".");
        }
        if (!Objects.equals(before.ipv6(), now.ipv6())) {
            sentences.add("Our IPv6 address is " + (now.ipv6() == null ? "none" : now.ipv6()) + " now.");
        }
        return String.join(" ", sentences);
    }

    /**
     * A warning: somebody has taken something of a tunnel away, and it was put back.
     *
     * @param what was gone, not nothing
     */
    public static String restored(String interfaceName, Set<HostNetwork.Part> what) {
        if (what.contains(HostNetwork.Part.INTERFACE)) {
            return "Somebody has taken the interface " + interfaceName
                    + " away: it was made anew, with its addresses and routes.";
        }
        List<String> parts = new ArrayList<>();
        for (HostNetwork.Part part : new TreeSet<>(what)) {
            parts.add(
                    switch (part) {
                        case INTERFACE -> "the interface";
                        case LINK -> "its being up";
                        case ADDRESSES -> "addresses";
                        case ROUTES -> "routes";
                        case RULES -> "rules that keep traffic inside";
                    });
        }
        return "Somebody has taken from " + interfaceName + " what the tunnel needs, and it was put back: "
                + String.join(", ", parts) + ".";
    }

    private static String text(@Nullable Inet4Address address) {
        return address == null ? "none" : address.getHostAddress();
    }

    /** A warning: the peer's address is left out. */
    public static String notRouted(AddressObjection why) {
        return "The server's inner address is not routed into the tunnel: " + clause(why) + ".";
    }

    /** A warning: two networks have the same numbers. */
    public static String withinOwnNetwork(Inet4Address local, Cidr network) {
        return "The address that the server gives us, " + local.getHostAddress() + ", lies in " + network
                + ", a network of this host: whoever has it there cannot be reached.";
    }

    /** A warning: our address may be another's, too. */
    public static String maybeAnothers(AddressObjection why) {
        return "Whoever else has our inner address cannot be reached: " + clause(why) + ".";
    }

    /** A warning: IPv6 is left out. */
    public static String mtuTooSmallForIpv6(int needed, int mtu) {
        return "IPv6 is left out: it needs an MTU of " + needed + " octets, and the tunnel has " + mtu + ".";
    }

    /** What an address is that speaks against its use. */
    static String clause(AddressObjection objection) {
        String what =
                switch (objection.kind()) {
                    case OUTER_ADDRESS_OF_SERVER -> "is the server's outer address";
                    case OUR_INNER_ADDRESS -> "is our own inner address";
                    case THIS_NETWORK -> within(objection, "this network");
                    case LOOPBACK -> within(objection, "loopback");
                    case MULTICAST -> within(objection, "multicast");
                    case RESERVED -> within(objection, "reserved");
                    case OF_THIS_HOST -> "is this host's own";
                    case RESOLVER -> "is where this host looks up names";
                    case ROUTER -> "is a router of this host";
                    case BROADCAST -> "is the network or broadcast address of " + objection.network();
                    case LINK_LOCAL -> within(objection, "link-local");
                    case PUBLIC -> "is a public address in no network of yours";
                    case ROUTED -> within(objection, "which has a route already");
                    case FAR -> "is neither near our own address nor in a network of yours";
                };
        return objection.address().getHostAddress() + " " + what;
    }

    private static String within(AddressObjection objection, String kind) {
        return "lies in " + objection.network() + " (" + kind + ")";
    }
}
