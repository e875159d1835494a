package org.jpptp.client.explain.capture;

import io.netty.buffer.ByteBuf;

/**
 * A packet of a capture.
 *
 * @param number counted from 1, as other programs count it
 * @param nanos when it was captured, in nanoseconds since 1970; {@link #NO_TIME} where the file does not say
 * @param linkType what it begins with (the LINKTYPE_ values of pcap)
 * @param octets borrowed until the next is read
 * @param missing octets that were not captured
 */
public record Frame(long number, long nanos, int linkType, ByteBuf octets, int missing) {
    /** The time of a packet without one. */
    public static final long NO_TIME = Long.MIN_VALUE;
}
