package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.wire.ControlPacket;

/**
 * The random numbers in our Echo-Requests, which their answers bring back (RFC 1661 §5.8). Nobody knows one who does not see
 * our packets, so that an answer with one is the peer's. Each counts once, and none that was given before one that has counted:
 * who sees the answers only cannot use them again.
 *
 * <p>A client's requests have some. A server's are as those of real ones, without data.
 */
final class EchoNumbers {
    /** What is no number of ours. */
    static final int NONE = -1;

    /** Numbers that are remembered, a power of two and more than are asked at once. */
    private static final int REMEMBERED = 8;
    /** Where an answer has the number: behind its header and the magic number. */
    private static final int AT = ControlPacket.HEADER + Integer.BYTES;

    private static final int SHORTEST = AT + Long.BYTES;

    private final boolean given;
    private final RandomGenerator random;
    private final long[] numbers = new long[REMEMBERED];
    /** How many were ever given. */
    private int count;
    /** Those before this one count no more. */
    private int counting;

    EchoNumbers(PppConfig config, RandomGenerator random) {
        this.given = config.auth() instanceof AuthRole.Authenticatee;
        this.random = random;
    }

    /** Whether the answer to an Echo-Request is to bring a number back. */
    boolean areGiven() {
        return given;
    }

    /** How many were given so far: what came before the next one has this number. */
    int count() {
        return count;
    }

    /** What the Echo-Request that goes out now has behind its magic number. */
    byte[] next() {
        if (!given) {
            return new byte[0];
        }
        long number = random.nextLong();
        numbers[count % REMEMBERED] = number;
        count++;
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /**
     * Looks whether a packet of LCP is an Echo-Reply with a number that counts. Nothing is allocated: anybody can send some.
     *
     * @param packet from the code field on; its indexes stay
     * @return which number it is, counted from 0; {@link #NONE} for none
     */
    int which(ByteBuf packet) {
        int start = packet.readerIndex();
        int available = packet.readableBytes();
        if (available < SHORTEST || packet.getByte(start) != ControlPacket.ECHO_REPLY) {
            return NONE;
        }
        int length = packet.getUnsignedShort(start + 2);
        if (length < SHORTEST || length > available) {
            return NONE;
        }
        long number = packet.getLong(start + AT);
        for (int which = count - 1; which >= Math.max(counting, count - REMEMBERED); which--) {
            if (numbers[which % REMEMBERED] == number) {
                return which;
            }
        }
        return NONE;
    }

    /** The same, and it counts no more. */
    int use(ByteBuf packet) {
        int which = which(packet);
        if (which != NONE) {
            counting = which + 1;
        }
        return which;
    }
}
