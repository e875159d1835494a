package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;

/**
 * Stateless mode (RFC 3078 §8.1): a key for each packet.
 *
 * <p>Keys that were computed to try a packet that claims to lie ahead are kept, so that each key of the sequence is
 * computed once, whatever counts a forger chooses: a run of forged packets costs at most {@link Coherency#WINDOW} key
 * changes once, and then one key schedule each. The key after that of a packet is computed together with the packet's key
 * schedule, so that usually one key is known ahead.
 */
final class StatelessDecryption implements Decryption {
    /** Room for the keys of a link that loses little; it grows up to the window. */
    private static final int FIRST_KEYS = 8;

    private final KeyChange change;
    private final int octets;
    private final Rc4 cipher = new Rc4();
    private final TentativeCipher tentative;
    /**
     * The key of count c at (c mod {@link #capacity}): of the {@link #known} counts from {@link #expected} on and, while
     * there are fewer of them than the window holds, of the count before.
     */
    private byte[] keys;

    private int capacity = FIRST_KEYS;
    private int expected;
    private int known;

    StatelessDecryption(byte[] masterKey, MppeStrength strength, TentativeCipher tentative) {
        this.tentative = tentative;
        change = new KeyChange(masterKey, strength);
        octets = change.octets();
        keys = new byte[FIRST_KEYS * octets];
        // No packet has the initial key: it changes before the first (RFC 3078 §7.1).
        change.initial(keys, slot(expected - 1));
    }

    @Override
    public Result decrypt(ByteBuf frame, int header) {
        if ((header & Coherency.FLUSHED) == 0) {
            return Result.NOT_FLUSHED;
        }
        int count = Coherency.count(header);
        int ahead = Coherency.distance(expected, count);
        if (ahead >= Coherency.WINDOW) {
            return Result.LATE;
        }
        begin(count, ahead);
        if (!tentative.decrypt(cipher, frame, header)) {
            return Result.IMPLAUSIBLE;
        }
        expected = Coherency.after(count);
        known -= ahead + 1;
        return Result.OK;
    }

    @Override
    public boolean plausible(ByteBuf frame, int header) {
        int count = Coherency.count(header);
        int ahead = Coherency.distance(expected, count);
        if ((header & Coherency.FLUSHED) == 0 || ahead >= Coherency.WINDOW) {
            return false;
        }
        begin(count, ahead);
        return tentative.plausible(cipher, frame, header);
    }

    /** Sets the cipher up for a packet that lies within the window. */
    private void begin(int count, int ahead) {
        // The count before, those up to this one, and the one after.
        if (ahead + 3 > capacity && capacity < Coherency.WINDOW) {
            grow(ahead + 3);
        }
        for (; known <= ahead; known++) {
            change.next(keys, slot(expected + known - 1), slot(expected + known));
        }
        if (known == ahead + 1 && known < Coherency.WINDOW) {
            change.beginAndNext(cipher, keys, slot(count), slot(count + 1));
            known++;
        } else {
            change.begin(cipher, keys, slot(count));
        }
    }

    private void grow(int needed) {
        byte[] from = keys;
        int room = capacity;
        while (capacity < needed && capacity < Coherency.WINDOW) {
            capacity *= 2;
        }
        keys = new byte[capacity * octets];
        for (int count = expected - 1; count < expected + known; count++) {
            System.arraycopy(from, (count & (room - 1)) * octets, keys, slot(count), octets);
        }
        Arrays.fill(from, (byte) 0);
    }

    @Override
    public boolean resetWanted() {
        return false;
    }

    private int slot(int count) {
        return (count & (capacity - 1)) * octets;
    }
}
