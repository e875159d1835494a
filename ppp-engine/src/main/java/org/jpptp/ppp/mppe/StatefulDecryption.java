package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder.Result;

/**
 * Stateful mode (RFC 3078 §8.2): one key stream over many packets, begun anew by packets that carry FLUSHED.
 *
 * <p>Peers differ in what such a packet means. RFC 3078 initialises the tables with the current key; the Linux kernel
 * changes the key first, and once more for each flushed packet that got lost. The first flushed packet that decrypts
 * tells which it is.
 */
final class StatefulDecryption implements Decryption {
    /** How many key changes more than the count tells are tried: one of Linux, and three for packets lost. */
    private static final int MAX_EXTRA_CHANGES = 4;

    private enum Dialect {
        UNKNOWN,
        RFC,
        LINUX
    }

    private final KeyChange change;
    private final TentativeCipher tentative;
    private final Rc4 cipher = new Rc4();
    private final Rc4 before = new Rc4();
    private final byte[] key;
    private final byte[] candidate;

    private int expected;
    private boolean resetWanted;
    private Dialect dialect = Dialect.UNKNOWN;

    StatefulDecryption(byte[] masterKey, MppeStrength strength, TentativeCipher tentative) {
        this.tentative = tentative;
        change = new KeyChange(masterKey, strength);
        key = new byte[change.octets()];
        candidate = new byte[key.length];
        change.initial(key, 0);
        cipher.init(key);
    }

    @Override
    public Result decrypt(ByteBuf frame, int header) {
        int count = Coherency.count(header);
        boolean flushed = (header & Coherency.FLUSHED) != 0;
        int ahead = Coherency.distance(expected, count);
        if (ahead >= Coherency.WINDOW) {
            return Result.LATE;
        }
        if (!flushed && ahead > 0) {
            // Lost packets, or a forged one: what is expected remains welcome while the reset is under way.
            resetWanted = true;
            return Result.AWAITING_RESET;
        }
        before.copyFrom(cipher);
        boolean restarted = flushed || Coherency.isFlag(count);
        boolean plausible = restarted ? restart(frame, header, ahead) : tentative.decrypt(cipher, frame, header);
        if (!plausible) {
            cipher.copyFrom(before);
            return Result.IMPLAUSIBLE;
        }
        expected = Coherency.after(count);
        resetWanted = false;
        return Result.OK;
    }

    @Override
    public boolean plausible(ByteBuf frame, int header) {
        return true;
    }

    @Override
    public boolean resetWanted() {
        return resetWanted;
    }

    /** Tries the keys that a packet may have begun its key stream with; commits the one that fits. */
    private boolean restart(ByteBuf frame, int header, int ahead) {
        boolean flushed = (header & Coherency.FLUSHED) != 0;
        System.arraycopy(key, 0, candidate, 0, key.length);
        for (int i = Coherency.flags(expected, ahead); i > 0; i--) {
            change.next(candidate, 0, 0);
        }
        int last = flushed && dialect != Dialect.RFC ? MAX_EXTRA_CHANGES : 0;
        for (int extra = 0; extra <= last; extra++) {
            cipher.init(candidate);
            if (tentative.decrypt(cipher, frame, header)) {
                learn(Coherency.count(header), flushed, extra);
                System.arraycopy(candidate, 0, key, 0, key.length);
                return true;
            }
            change.next(candidate, 0, 0);
        }
        return false;
    }

    /** A flag packet teaches nothing: there both change the key once. */
    private void learn(int count, boolean flushed, int extra) {
        if (flushed && !Coherency.isFlag(count)) {
            dialect = extra == 0 ? Dialect.RFC : Dialect.LINUX;
        }
    }
}
