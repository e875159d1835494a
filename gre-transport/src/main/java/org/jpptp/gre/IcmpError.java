package org.jpptp.gre;

import java.net.InetAddress;

/**
 * An ICMP error that the kernel queued for our raw socket.
 *
 * @param type ICMP type, 3 for destination unreachable
 * @param code its code: 2 protocol unreachable, 13 administratively prohibited, 4 fragmentation needed
 * @param errno the kernel's translation, 0 for none
 * @param offender who sent it
 * @param info code 4: the next hop's MTU in octets
 */
public record IcmpError(int type, int code, int errno, InetAddress offender, int info) {
    /** Destination unreachable, protocol unreachable: nobody there takes GRE. */
    public boolean isProtocolUnreachable() {
        return type == 3 && code == 2;
    }
}
