package org.jpptp.ppp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What one side wants of IPCP (RFC 1332, RFC 1877).
 *
 * @param local our address; 0.0.0.0 asks the peer to name one
 * @param peer the address given to the peer; 0.0.0.0 leaves it to the peer
 * @param requestDns whether DNS and WINS servers are asked for
 * @param dns servers told to a peer that asks, at most two
 * @param wins NetBIOS name servers told to a peer that asks, at most two
 */
public record IpcpSettings(
        Inet4Address local, Inet4Address peer, boolean requestDns, List<Inet4Address> dns, List<Inet4Address> wins) {
    private static final Inet4Address ANY = any();

    /** A client, which leaves both addresses to the peer and asks for its servers. */
    public static IpcpSettings client() {
        return new IpcpSettings(ANY, ANY, true, List.of(), List.of());
    }

    /** One who has an address, gives the peer one, and names the servers given. */
    public static IpcpSettings server(
            Inet4Address local, Inet4Address peer, List<Inet4Address> dns, List<Inet4Address> wins) {
        return new IpcpSettings(local, peer, false, dns, wins);
    }

    public IpcpSettings {
        dns = List.copyOf(dns);
        wins = List.copyOf(wins);
    }

    private static Inet4Address any() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
