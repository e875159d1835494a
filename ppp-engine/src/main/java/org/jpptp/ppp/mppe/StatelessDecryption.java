package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeStrength;

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
    private final TentativeCipher tentative = new TentativeCipher();
    /**
     * The key of count c at (c mod WINDOW): of the {@link #known} counts from {@link #expected} on and, while there are
     * fewer of them than the window holds, of the count before.
     */
    private final byte[] keys;

    private final byte[] key;
    private int expected;
    private int known;

    StatelessDecryption(byte[] masterKey, MppeStrength strength) {
        change = new KeyChange(masterKey, strength);
        octets = change.octets();
        keys = new byte[Coherency.WINDOW * octets];
        key = new byte[octets];
        // No packet has the initial key: it changes before the first (RFC 3078 §7.1).
        change.initial(keys, slot(expected - 1));
    }

    @Override
    public MppeDecryptor.Result decrypt(ByteBuf frame, int count, boolean flushed) {
        if (!flushed) {
            return MppeDecryptor.Result.NOT_FLUSHED;
        }
        int ahead = Coherency.distance(expected, count);
        if (ahead >= Coherency.WINDOW) {
            return MppeDecryptor.Result.LATE;
        }
        for (; known <= ahead; known++) {
            change.next(keys, slot(expected + known - 1), slot(expected + known));
        }
        System.arraycopy(keys, slot(count), key, 0, octets);
        cipher.init(key);
        if (!tentative.decrypt(cipher, frame)) {
            return MppeDecryptor.Result.IMPLAUSIBLE;
        }
        expected = Coherency.after(count);
        known -= ahead + 1;
        return MppeDecryptor.Result.OK;
    }

    @Override
    public boolean resetWanted() {
        return false;
    }

    private int slot(int count) {
        return (count & (Coherency.WINDOW - 1)) * octets;
    }
}
