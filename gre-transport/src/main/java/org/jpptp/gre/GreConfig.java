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
 * @param numbering how it begins to count
 */
public record GreConfig(
        int localCallId,
        int peerCallId,
        Duration acknowledgeAfter,
        int reorderPackets,
        Duration reorderFor,
        Numbering numbering) {
    /** How a side begins to count: RFC 2637 §4.4 says from 0, and not everybody does. */
    public enum Numbering {
        FROM_ZERO,
        /**
         * The first packet has the number 1, and acknowledges the number before 0, which nobody sent (0xFFFFFFFF, as some
         * images of Cisco's do).
         */
        FROM_ONE;

        int first() {
            return this == FROM_ZERO ? 0 : 1;
        }
    }

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
        return new GreConfig(
                localCallId, peerCallId, Duration.ofMillis(100), 512, Duration.ofMillis(100), Numbering.FROM_ZERO);
    }

    /** The same with another way to begin. */
    public GreConfig with(Numbering other) {
        return new GreConfig(localCallId, peerCallId, acknowledgeAfter, reorderPackets, reorderFor, other);
    }
}
