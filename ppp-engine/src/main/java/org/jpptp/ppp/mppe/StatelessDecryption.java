package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;

/**
 * Stateless mode (RFC 3078 §8.1): a key for each packet.
 *
 * <p>Keys that were computed to try a packet that claims to lie ahead are kept, so that each key of the sequence is
 * computed once, whatever counts a forger chooses: a run of forged packets costs at most {@link Coherency#WINDOW} key
 * changes once, and then one key schedule each.
 */
final class StatelessDecryption implements Decryption {
    private final KeyChange change;
    private final int octets;
    private final Rc4 cipher = new Rc4();
    private final TentativeCipher tentative;
    /**
     * The key of count c at (c mod WINDOW): of the {@link #known} counts from {@link #expected} on and, while there are
     * fewer of them than the window holds, of the count before.
     */
    private final byte[] keys;

    private final byte[] key;
    private int expected;
    private int known;

    StatelessDecryption(byte[] masterKey, MppeStrength strength, TentativeCipher tentative) {
        this.tentative = tentative;
        change = new KeyChange(masterKey, strength);
        octets = change.octets();
        keys = new byte[Coherency.WINDOW * octets];
        key = new byte[octets];
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
        for (; known <= ahead; known++) {
            change.next(keys, slot(expected + known - 1), slot(expected + known));
        }
        System.arraycopy(keys, slot(count), key, 0, octets);
        cipher.init(key);
    }

    @Override
    public boolean resetWanted() {
        return false;
    }

    private int slot(int count) {
        return (count & (Coherency.WINDOW - 1)) * octets;
    }
}
