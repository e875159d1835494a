package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jpptp.client.Cidr;

/** The networks that this host is attached to: what {@link org.jpptp.client.net.AddressRules} asks for. */
public final class AttachedNetworks {
    private AttachedNetworks() {}

    /**
     * The IPv4 networks of the interfaces that are up in the calling thread's network namespace, loopback and
     * point-to-point links aside; empty where they cannot be read.
     */
    public static List<Cidr> read() {
        List<Cidr> networks = new ArrayList<>();
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface each = interfaces.nextElement();
                if (each.isUp() && !each.isLoopback() && !each.isPointToPoint()) {
                    each.getInterfaceAddresses().forEach(address -> add(networks, address));
                }
            }
        } catch (SocketException e) {
            return List.of(); // an interface vanished meanwhile, or the namespace has none
        }
        return List.copyOf(networks);
    }

    private static void add(List<Cidr> networks, InterfaceAddress address) {
        int prefix = address.getNetworkPrefixLength();
        if (address.getAddress() instanceof Inet4Address own && prefix < 32) {
            Cidr network = network(own, prefix);
            if (!networks.contains(network)) {
                networks.add(network);
            }
        }
    }

    private static Cidr network(Inet4Address member, int prefix) {
        byte[] octets = member.getAddress();
        for (int bit = prefix; bit < 32; bit++) {
            octets[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        try {
            return new Cidr((Inet4Address) InetAddress.getByAddress(octets), prefix);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // four octets are an address
        }
    }
}
