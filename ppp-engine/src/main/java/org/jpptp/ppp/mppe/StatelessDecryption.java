package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;
import org.jspecify.annotations.Nullable;

/**
 * Stateless mode (RFC 3078 §8.1): a key for each packet.
 *
 * <p>Keys that were computed to try a packet that claims to lie ahead are kept, so that each key of the sequence is
 * computed once, whatever counts a forger chooses: a run of forged packets costs at most {@link Coherency#WINDOW} key
 * changes once, and then one key schedule each. What lies farther ahead, which only the transport can tell, is left to
 * {@link FarKeys}. The key after that of a packet is computed together with the packet's key schedule, so that usually one
 * key is known ahead.
 *
 * <p>Where packets go on at one length, the key stream of the next is made beside that of this one, once this one's key has turned out
 * to be right; what is forged has none made, and takes none away.
 */
final class StatelessDecryption implements Decryption {
    /** Room for the keys of a link that loses little; it grows up to the window. */
    private static final int FIRST_KEYS = 8;

    private final KeyChange change;
    private final int octets;
    private final Pace pace = new Pace();
    private Rc4 cipher = new Rc4();
    /** Of the expected packet, where it is begun. */
    private Rc4 following = new Rc4();

    private boolean begun;
    private final TentativeCipher tentative;
    /**
     * The key of count c at (c mod {@link #capacity}): of the {@link #known} counts from {@link #expected} on and, while
     * there are fewer of them than the window holds, of the count before.
     */
    private byte[] keys;

    private int capacity = FIRST_KEYS;
    private int expected;
    /** How many packets the peer had counted before the expected one. */
    private long position;

    private int known;
    private @Nullable FarKeys far;

    StatelessDecryption(byte[] masterKey, MppeStrength strength, TentativeCipher tentative) {
        this.tentative = tentative;
        change = new KeyChange(masterKey, strength);
        octets = change.octets();
        keys = new byte[FIRST_KEYS * octets];
        // No packet has the initial key: it changes before the first (RFC 3078 §7.1).
        change.initial(keys, slot(expected - 1));
    }

    @Override
    public Result decrypt(ByteBuf frame, int header, int missing) {
        if ((header & Coherency.FLUSHED) == 0) {
            return Result.NOT_FLUSHED;
        }
        int count = Coherency.count(header);
        int ahead = Coherency.ahead(expected, count, missing);
        if (ahead < 0) {
            return Result.LATE;
        }
        if (ahead >= Coherency.WINDOW) {
            return decryptFar(frame, header, ahead);
        }
        boolean prepared = take(count, ahead);
        if (!tentative.begin(cipher, frame, header)) {
            giveBack(prepared);
            return Result.IMPLAUSIBLE;
        }
        moveBehind(count, ahead);
        known -= ahead + 1;
        finish(frame);
        return Result.OK;
    }

    /** Decrypts what is left of a packet, and makes the key stream of the one after it, where that is likely to be as long. */
    private void finish(ByteBuf frame) {
        int left = tentative.left(frame);
        if (pace.goesOn(left) && !cipher.isPrepared()) {
            begin(following, expected, 0);
            cipher.prepare(following, left);
            begun = true;
        }
        tentative.finish(cipher, frame);
    }

    /** Sets the cipher up for a packet within the window; true where that was done already, beside the packet before. */
    private boolean take(int count, int ahead) {
        boolean prepared = ahead == 0 && begun;
        if (prepared) {
            takeFollowing();
        } else {
            begin(cipher, count, ahead);
        }
        return prepared;
    }

    /** The packet was another's: what was prepared for the right one is kept for it. */
    private void giveBack(boolean prepared) {
        if (prepared && cipher.takeBack()) {
            takeFollowing();
            begun = true;
        }
    }

    private void takeFollowing() {
        Rc4 other = cipher;
        cipher = following;
        following = other;
        begun = false;
    }

    private Result decryptFar(ByteBuf frame, int header, int ahead) {
        int last = expected + known - 1;
        byte[] key = far().key(position + known - 1, keys, slot(last), position + ahead);
        change.begin(cipher, key, 0);
        if (!tentative.decrypt(cipher, frame, header)) {
            return Result.IMPLAUSIBLE;
        }
        int count = Coherency.count(header);
        System.arraycopy(key, 0, keys, slot(count), octets);
        moveBehind(count, ahead);
        known = 0;
        return Result.OK;
    }

    private FarKeys far() {
        FarKeys present = far;
        if (present == null) {
            present = new FarKeys(change);
            far = present;
        }
        return present;
    }

    private void moveBehind(int count, int ahead) {
        expected = Coherency.after(count);
        position += ahead + 1;
        begun = false;
    }

    @Override
    public Result look(ByteBuf frame, int header) {
        if ((header & Coherency.FLUSHED) == 0) {
            return Result.NOT_FLUSHED;
        }
        int count = Coherency.count(header);
        int ahead = Coherency.distance(expected, count);
        if (ahead >= Coherency.WINDOW) {
            return Result.LATE;
        }
        begin(cipher, count, ahead);
        return tentative.plausible(cipher, frame, header) ? Result.OK : Result.IMPLAUSIBLE;
    }

    /** Sets a cipher up for a packet that lies within the window. */
    private void begin(Rc4 cipher, int count, int ahead) {
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
