package org.jpptp.client.net;

import java.net.Inet4Address;
import org.jpptp.client.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against an inner address.
 *
 * @param address that a server named
 * @param kind what it is instead of an address to be used
 * @param network that it lies in; null for the kinds that are about one address
 */
public record AddressObjection(
        Inet4Address address, Kind kind, @Nullable Cidr network) {
    /** What an address is that cannot be used. */
    public enum Kind {
        /** The address that the control connection goes to. */
        OUTER_ADDRESS_OF_SERVER,
        /** The address that is to be ours. */
        OUR_INNER_ADDRESS,
        /** 0.0.0.0/8, RFC 1122 §3.2.1.3. */
        THIS_NETWORK,
        /** 127.0.0.0/8, RFC 1122 §3.2.1.3. */
        LOOPBACK,
        /** 224.0.0.0/4, RFC 1112 §4. */
        MULTICAST,
        /** 240.0.0.0/4, RFC 1112 §4. */
        RESERVED,
        /** An address of this host, on whatever interface. */
        OF_THIS_HOST,
        /** A server that this host looks names up at. */
        RESOLVER,
        /** A router that this host sends through. */
        ROUTER,
        /** The first or the last of a network that this host is in, which are nobody's (RFC 1122 §3.2.1.3). */
        BROADCAST,
        /** It has a route already, and a narrow one. */
        ROUTED,
        /** 169.254.0.0/16 (RFC 3927): of one link, and the tunnel is not the only one. */
        LINK_LOCAL,
        /** Somebody's on the Internet, and in no network that the user wants to reach through the tunnel. */
        PUBLIC,
        /** Neither near our own address nor in a network that the user wants to reach through the tunnel. */
        FAR
    }
}
