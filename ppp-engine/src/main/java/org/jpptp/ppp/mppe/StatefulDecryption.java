package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;

/**
 * Stateful mode (RFC 3078 §8.2): one key stream over many packets, begun anew by packets that carry FLUSHED.
 *
 * <p>Peers differ in what such a packet means. RFC 3078 initialises the tables with the current key; the Linux kernel
 * changes the key first, and once more for each flushed packet that got lost. And nothing protects the count: it may have
 * been damaged on the way, and then the key is ahead of what the counts tell. So a flushed packet is tried with some key
 * changes more than they tell, and with as many fewer as there were too many the last time.
 */
final class StatefulDecryption implements Decryption {
    /** How many key changes more than the counts tell are tried: one of Linux, and three for packets lost. */
    private static final int MAX_EXTRA_CHANGES = 4;
    /** Late packets in a row after which the count of an earlier one must have been damaged, towards the front. */
    private static final int LATE_RUN = 4;

    private final KeyChange change;
    private final TentativeCipher tentative;
    private final Rc4 cipher = new Rc4();
    private final Rc4 before = new Rc4();
    private final byte[] key;
    private final byte[] candidate;

    /** Whether a key change is as good as a flushed packet. */
    private final boolean joins;

    private int expected;
    private boolean resetWanted;
    private int lateRun;
    /** How many key changes more than the counts told the last flushed packet took. */
    private int extraChanges;

    StatefulDecryption(
            byte[] masterKey, MppeStrength strength, TentativeCipher tentative, MppeDecryptor.Stance stance) {
        this.tentative = tentative;
        joins = stance == MppeDecryptor.Stance.LISTENER;
        change = new KeyChange(masterKey, strength);
        key = new byte[change.octets()];
        candidate = new byte[key.length];
        change.initial(key, 0);
        cipher.init(key);
    }

    @Override
    public Result decrypt(ByteBuf frame, int header, int missing) {
        int count = Coherency.count(header);
        boolean flushed = (header & Coherency.FLUSHED) != 0;
        int ahead = Coherency.ahead(expected, count, missing);
        boolean late = ahead < 0;
        if (late) {
            lateRun++;
            resetWanted |= lateRun >= LATE_RUN;
            if (!flushed || lateRun < LATE_RUN) {
                return Result.LATE;
            }
        } else if (!flushed && ahead > 0 && !(joins && Coherency.isFlag(count))) {
            // Lost packets, or a forged one: what is expected remains welcome while the reset is under way.
            resetWanted = true;
            return Result.AWAITING_RESET;
        }
        before.copyFrom(cipher);
        boolean plausible;
        if (late) {
            // Only with a key that was never used: so nothing is taken twice.
            plausible = restart(frame, header, 1, 1, 1 + MAX_EXTRA_CHANGES);
        } else if (flushed) {
            int due = Coherency.flags(expected, ahead);
            plausible = restart(frame, header, Math.max(0, due - extraChanges), due, due + MAX_EXTRA_CHANGES);
        } else if (Coherency.isFlag(count)) {
            int due = Coherency.flags(expected, ahead);
            plausible = restart(frame, header, due, due, joins ? due + MAX_EXTRA_CHANGES : due);
        } else {
            plausible = tentative.decrypt(cipher, frame, header);
        }
        if (!plausible) {
            cipher.copyFrom(before);
            return late ? Result.LATE : Result.IMPLAUSIBLE;
        }
        expected = Coherency.after(count);
        resetWanted = false;
        lateRun = 0;
        return Result.OK;
    }

    @Override
    public Result look(ByteBuf frame, int header) {
        return Result.OK;
    }

    @Override
    public boolean resetWanted() {
        return resetWanted;
    }

    /**
     * Tries the keys that a packet may have begun its key stream with, from the one to the other number of key changes;
     * commits the one that fits.
     */
    private boolean restart(ByteBuf frame, int header, int first, int due, int last) {
        System.arraycopy(key, 0, candidate, 0, key.length);
        for (int i = 0; i < first; i++) {
            change.next(candidate, 0, 0);
        }
        for (int changes = first; changes <= last; changes++) {
            cipher.init(candidate);
            if (tentative.decrypt(cipher, frame, header)) {
                System.arraycopy(candidate, 0, key, 0, key.length);
                extraChanges = Math.max(0, changes - due);
                return true;
            }
            change.next(candidate, 0, 0);
        }
        return false;
    }
}
