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
 * @param quotedCallId the call id in the packet of ours that it is about, which the peer has chosen; −1 where it is not
 *     quoted
 */
public record IcmpError(int type, int code, int errno, InetAddress offender, int info, int quotedCallId) {
    /** Whether it quotes a packet to this call of the peer's: whoever has not seen one would have to guess its id. */
    public boolean quotes(int peerCallId) {
        return peerCallId >= 0 && quotedCallId == peerCallId;
    }

    /** Destination unreachable, whatever the reason; a packet that is too long for the way is none. */
    public boolean isUnreachable() {
        return type == 3 && code != 4;
    }

    /** Destination unreachable, protocol unreachable: nobody there takes GRE. */
    public boolean isProtocolUnreachable() {
        return type == 3 && code == 2;
    }
}
