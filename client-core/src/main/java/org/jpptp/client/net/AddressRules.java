package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jpptp.client.Cidr;

/**
 * Which inner addresses are believed. A server may push any four octets; some of them would turn the host's own traffic,
 * or the tunnel's, into the tunnel.
 *
 * <p>{@code attached} are the networks that the host reaches without a router, where the tunnel interface will be: none
 * when it goes into a namespace of its own. Answers are clauses for a sentence, such as {@code 127.0.0.1 lies in
 * 127.0.0.0/8 (loopback)}; empty means that nothing speaks against the address.
 */
public final class AddressRules {
    private static final Map<Cidr, String> SPECIAL = Map.of(
            cidr("0.0.0.0/8"), "this network",
            cidr("127.0.0.0/8"), "loopback",
            cidr("224.0.0.0/4"), "multicast",
            cidr("240.0.0.0/4"), "reserved");

    private AddressRules() {}

    /** What speaks against the address that is to be ours: without it there is no tunnel. */
    public static Optional<String> objectionToLocal(Inet4Address local, Inet4Address server, List<Cidr> attached) {
        if (local.equals(server)) {
            return Optional.of(local.getHostAddress() + " is the server's outer address");
        }
        return objection(local, attached);
    }

    /** What speaks against a route to the peer's inner address: the tunnel does without. */
    public static Optional<String> objectionToRemote(
            Inet4Address remote, Inet4Address local, Inet4Address server, List<Cidr> attached) {
        if (remote.equals(server)) {
            return Optional.of(remote.getHostAddress() + " is the server's outer address");
        }
        if (remote.equals(local)) {
            return Optional.of(remote.getHostAddress() + " is our own inner address");
        }
        return objection(remote, attached);
    }

    private static Optional<String> objection(Inet4Address address, List<Cidr> attached) {
        for (Map.Entry<Cidr, String> special : SPECIAL.entrySet()) {
            if (special.getKey().contains(address)) {
                return Optional.of(words(address, special.getKey(), special.getValue()));
            }
        }
        return attached.stream()
                .filter(network -> network.contains(address))
                .findFirst()
                .map(network -> words(address, network, "a network that this host is attached to"));
    }

    private static String words(Inet4Address address, Cidr network, String what) {
        return address.getHostAddress() + " lies in " + network + " (" + what + ")";
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
