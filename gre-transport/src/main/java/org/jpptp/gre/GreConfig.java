package org.jpptp.gre;

import java.time.Duration;

/**
 * What a {@link GreTunnel} is told before it starts.
 *
 * @param localCallId the call id that packets to us carry
 * @param peerCallId the call id that our packets carry
 * @param acknowledgeAfter how long an acknowledgement waits for a packet to ride on
 * @param reorderPackets packets held while an earlier one is missing, at most
 * @param reorderFor how long they are held, at most and to begin with; the losses of a path where nothing comes late
 *     make it shorter
 */
public record GreConfig(
        int localCallId, int peerCallId, Duration acknowledgeAfter, int reorderPackets, Duration reorderFor) {
    /** What {@link #reorderPackets} may be at most; each may hold two KiB or more. */
    public static final int REORDER_PACKETS_MAXIMUM = 16_384;

    /** Refuses what makes no sense. */
    public GreConfig {
        if ((localCallId | peerCallId) >>> 16 != 0) {
            throw new IllegalArgumentException("call ids have 16 bits: " + localCallId + ", " + peerCallId);
        }
        if (reorderPackets < 0 || reorderPackets > REORDER_PACKETS_MAXIMUM) {
            throw new IllegalArgumentException("packets to hold: 0 to " + REORDER_PACKETS_MAXIMUM);
        }
        if (acknowledgeAfter.isNegative() || reorderFor.isNegative()) {
            throw new IllegalArgumentException("a time is negative");
        }
    }

    /** Acknowledge within 100 ms; hold up to 512 packets for up to 100 ms. */
    public static GreConfig standard(int localCallId, int peerCallId) {
        return new GreConfig(localCallId, peerCallId, Duration.ofMillis(100), 512, Duration.ofMillis(100));
    }
}
