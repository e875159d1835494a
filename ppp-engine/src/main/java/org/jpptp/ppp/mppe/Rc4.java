package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;

/**
 * The RC4 stream cipher, in place and without allocating.
 *
 * <p>Its speed is the data path's. The state is an {@code int[]}, for a {@code byte[]} costs a sign extension at each
 * of the three look-ups that an octet takes. The kernels are static methods over local variables, which compile to the
 * same code at every start of a JVM; and they reduce an index by the length of the array that it is for, not by the
 * constant 256, because that is the form of which C2 knows that it needs no bounds check. A key schedule waits for its own
 * look-ups most of the time, so that two in one loop take little longer than one.
 */
public final class Rc4 {
    private static final int SIZE = 256;
    private static final int[] IDENTITY = identity();
    /** Room for the key stream of a packet of usual size; longer ones take more than one turn. */
    private static final int STREAM_OCTETS = 1536;

    private static final byte[] NONE = {};

    private final int[] state = new int[SIZE];
    /** Key stream that is made before it is applied; only ciphers of packets need room for it, and for what it is applied to. */
    private byte[] stream = NONE;

    private byte[] covered = NONE;
    /** How many octets of {@link #stream} are made and not yet applied; x and y are past them. */
    private int made;
    /** Where they begin: behind as many as the last call has applied. */
    private int used;

    private int x;
    private int y;

    /**
     * Begins the key stream of a key.
     *
     * @param key 8 or 16 octets, the lengths of MPPE
     */
    public void init(byte[] key) {
        checkLength(key);
        schedule(state, key);
        begin();
    }

    /** As {@link #init(byte[])}, and beside it another cipher with another key. */
    void init(byte[] key, Rc4 other, byte[] otherKey) {
        checkLength(key);
        checkLength(otherKey);
        scheduleBoth(state, key, other.state, otherKey);
        begin();
        other.begin();
    }

    private void begin() {
        made = 0;
        used = 0;
        x = 0;
        y = 0;
    }

    /** Continues where another cipher is, of which no key stream may be made ahead. */
    void copyFrom(Rc4 other) {
        other.checkNothingMade();
        System.arraycopy(other.state, 0, state, 0, SIZE);
        made = 0;
        used = 0;
        x = other.x;
        y = other.y;
    }

    /**
     * Makes key stream ahead, of this cipher and beside it of another, which is faster than one after the other. None may be made
     * ahead already.
     *
     * @param octets how many of each are about to be applied; what is odd is rounded up, and what there is no room for is left
     */
    void prepare(Rc4 other, int octets) {
        checkNothingMade();
        other.checkNothingMade();
        room();
        other.room();
        int each = Math.min((octets + 1) & ~1, STREAM_OCTETS);
        int last = TwoStreams.generate(state, x, y, stream, other.state, other.x, other.y, other.stream, each);
        prepared(each, last >> 8);
        other.prepared(each, last & (SIZE - 1));
    }

    /** Whether key stream is made and not yet applied. */
    boolean isPrepared() {
        return made > 0;
    }

    /** As if the last range had not been, where all of its key stream was made ahead and some is left; else false. */
    boolean takeBack() {
        if (used == 0) {
            return false;
        }
        made += used;
        used = 0;
        return true;
    }

    private void prepared(int octets, int lastY) {
        made = octets;
        used = 0;
        x = (x + octets) & (SIZE - 1);
        y = lastY;
    }

    private void checkNothingMade() {
        if (made > 0) {
            throw new IllegalStateException(made + " octets of key stream would be passed over");
        }
    }

    private void room() {
        if (stream == NONE) {
            stream = new byte[STREAM_OCTETS];
            covered = new byte[STREAM_OCTETS];
        }
    }

    /** Applies the next octets of the key stream to a range of a buffer; its indexes do not matter and stay. */
    public void xor(ByteBuf data, int index, int length) {
        room();
        int end = index + length;
        int at = index + (made > 0 ? applyMade(data, index, length) : 0);
        int whole = at + ((end - at) & ~7);
        while (at < whole) {
            int octets = Math.min(whole - at, stream.length);
            y = generate(state, x, y, stream, octets);
            x = (x + octets) & (SIZE - 1);
            cover(data, at, octets);
            at += octets;
        }
        y = xorOctets(state, x, y, data, at, end);
        x = (x + end - at) & (SIZE - 1);
    }

    /** Applies what is made ahead; returns to how many octets. */
    private int applyMade(ByteBuf data, int index, int length) {
        // Only what begins at the same index in both arrays is applied many octets at a time.
        System.arraycopy(stream, used, stream, 0, made);
        int octets = Math.min(length, made);
        cover(data, index, octets);
        made -= octets;
        used = made > 0 ? octets : 0;
        return octets;
    }

    /** Applies the next octets of the key stream to an array; none may be made ahead. */
    void xor(byte[] data) {
        checkNothingMade();
        y = xorArray(state, x, y, data);
        x = (x + data.length) & (SIZE - 1);
    }

    private static void checkLength(byte[] key) {
        if (key.length != 8 && key.length != 16) {
            throw new IllegalArgumentException("a key of MPPE has 8 or 16 octets, not " + key.length);
        }
    }

    /** The next element is loaded before the stores of this step, as in {@link #generate}. */
    private static void schedule(int[] s, byte[] key) {
        System.arraycopy(IDENTITY, 0, s, 0, SIZE);
        int mask = s.length - 1;
        int j = 0;
        int a = s[0];
        for (int i = 0; i < s.length; i++) {
            int next = (i + 1) & mask;
            j = (j + a + key[i & (key.length - 1)]) & mask;
            int b = s[j];
            int ahead = s[next];
            s[i] = b;
            s[j] = a;
            a = j == next ? a : ahead;
        }
    }

    /**
     * Two independent schedules, alternately. Two steps a turn: of the forms that were tried the one that both C2 of Java 17
     * and of Java 25 make as fast as C.
     */
    private static void scheduleBoth(int[] s, byte[] sKey, int[] t, byte[] tKey) {
        System.arraycopy(IDENTITY, 0, s, 0, SIZE);
        System.arraycopy(IDENTITY, 0, t, 0, SIZE);
        int sMask = s.length - 1;
        int tMask = t.length - 1;
        int j = 0;
        int k = 0;
        for (int i = 0; i < s.length; i += 2) {
            int a = s[i];
            j = (j + a + sKey[i & (sKey.length - 1)]) & sMask;
            s[i] = s[j];
            s[j] = a;

            int b = t[i & tMask];
            k = (k + b + tKey[i & (tKey.length - 1)]) & tMask;
            t[i & tMask] = t[k];
            t[k] = b;

            a = s[i + 1];
            j = (j + a + sKey[(i + 1) & (sKey.length - 1)]) & sMask;
            s[i + 1] = s[j];
            s[j] = a;

            b = t[(i + 1) & tMask];
            k = (k + b + tKey[(i + 1) & (tKey.length - 1)]) & tMask;
            t[(i + 1) & tMask] = t[k];
            t[k] = b;
        }
    }

    /**
     * The next octets of the key stream, a multiple of eight, eight a turn; returns the new y. The element of the next step is
     * loaded before the two stores of this one, since the processor would hold the load back until it knows where the stores go;
     * where it was the second store's after all, once in 256 times, the branch takes what was stored. The branch stores that once
     * more, for nothing but to stay a branch: C2 would make a conditional move of it, which waits for both.
     *
     * <p>An octet by itself is a store more; to put eight together in a register costs a shift and an OR each, which is more.
     */
    private static int generate(int[] s, int x, int y, byte[] stream, int octets) {
        int mask = s.length - 1;
        x = (x + 1) & mask;
        int a = s[x];
        for (int at = 0; at < octets; at += 8) {
            int next = (x + 1) & mask;
            y = (y + a) & mask;
            int b = s[y];
            int ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 1] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 2] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 3] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 4] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 5] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 6] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;

            next = (x + 1) & mask;
            y = (y + a) & mask;
            b = s[y];
            ahead = s[next];
            s[x] = b;
            s[y] = a;
            stream[at + 7] = (byte) s[(a + b) & mask];
            if (y == next) {
                s[next] = a;
                ahead = a;
            }
            a = ahead;
            x = next;
        }
        return y;
    }

    /**
     * Applies the key stream that is made, by way of an array. The two copies cost less than what may become of a loop over the buffer
     * itself: C2 puts this method's callers into one, up to where a datagram arrives, and when that is as large as it may be, what is
     * still left are calls, several for each turn of the loop.
     */
    private void cover(ByteBuf data, int index, int octets) {
        data.getBytes(index, covered, 0, octets);
        apply(stream, covered, octets);
        data.setBytes(index, covered, 0, octets);
    }

    private static void apply(byte[] stream, byte[] octets, int length) {
        for (int at = 0; at < length; at++) {
            octets[at] ^= stream[at];
        }
    }

    /** The up to seven octets that are left; returns the new y. */
    private static int xorOctets(int[] s, int x, int y, ByteBuf data, int index, int end) {
        int mask = s.length - 1;
        for (int at = index; at < end; at++) {
            x = (x + 1) & mask;
            int a = s[x];
            y = (y + a) & mask;
            int b = s[y];
            s[x] = b;
            s[y] = a;
            data.setByte(at, data.getByte(at) ^ s[(a + b) & mask]);
        }
        return y;
    }

    /** As {@link #xorOctets}, which would compile to slower code if it met two kinds of buffers; returns the new y. */
    private static int xorArray(int[] s, int x, int y, byte[] data) {
        int mask = s.length - 1;
        for (int at = 0; at < data.length; at++) {
            x = (x + 1) & mask;
            int a = s[x];
            y = (y + a) & mask;
            int b = s[y];
            s[x] = b;
            s[y] = a;
            data[at] ^= (byte) s[(a + b) & mask];
        }
        return y;
    }

    private static int[] identity() {
        int[] identity = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            identity[i] = i;
        }
        return identity;
    }
}
