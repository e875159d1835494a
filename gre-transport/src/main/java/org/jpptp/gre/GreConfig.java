package org.jpptp.gre;

import java.net.Inet4Address;
import java.time.Duration;

/**
 * What a {@link GreTunnel} is told before it starts.
 *
 * @param peer the only address that packets are accepted from
 * @param localCallId the call id that packets to us carry
 * @param peerCallId the call id that our packets carry
 * @param acknowledgeAfter how long an acknowledgement waits for a packet to ride on
 * @param reorderPackets packets held while an earlier one is missing, at most
 * @param reorderFor how long they are held, at most
 */
public record GreConfig(
        Inet4Address peer,
        int localCallId,
        int peerCallId,
        Duration acknowledgeAfter,
        int reorderPackets,
        Duration reorderFor) {
    /** Acknowledge within 100 ms; hold up to 512 packets for up to 100 ms. */
    public static GreConfig standard(Inet4Address peer, int localCallId, int peerCallId) {
        return new GreConfig(peer, localCallId, peerCallId, Duration.ofMillis(100), 512, Duration.ofMillis(100));
    }
}
