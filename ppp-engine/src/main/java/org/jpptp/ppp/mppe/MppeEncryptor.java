package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramEncoder;
import org.jpptp.ppp.mppc.MppcCompressor;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what one side sends (RFC 3078). No two packets ever share key stream, and nothing is allocated per packet.
 *
 * <p>To a Reset-Request in stateful mode, RFC 3078 §8.2 wants the tables initialised with the <em>current</em> key, which
 * repeats key stream; the Linux kernel changes the key instead. Both agree on one packet: that whose count ends in 0xFF,
 * where either changes its key exactly once. So we go on to the next such count, and are understood by both.
 */
public final class MppeEncryptor implements DatagramEncoder {
    private final MppeMode mode;
    private final @Nullable MppcCompressor compressor;
    private final KeyChange change;
    private final Pace pace = new Pace();
    private Rc4 cipher = new Rc4();
    /** In stateless mode, of the packet after; it is begun where that packet is likely to be as long as the last. */
    private Rc4 following = new Rc4();

    private boolean begun;
    /** In stateless mode the session key of the next packet that is not begun; in stateful mode of the last, or the initial one. */
    private final byte[] key;

    private int count;
    private boolean resetRequested;

    /** One that does not compress. */
    public MppeEncryptor(byte[] masterKey, MppeStrength strength, MppeMode mode) {
        this(masterKey, strength, mode, null);
    }

    /**
     * @param masterKey MasterSendKey, 16 octets; copied
     * @param compressor what compresses before, null for nothing
     */
    public MppeEncryptor(byte[] masterKey, MppeStrength strength, MppeMode mode, @Nullable MppcCompressor compressor) {
        this.mode = mode;
        this.compressor = compressor;
        change = new KeyChange(masterKey, strength);
        key = new byte[change.octets()];
        change.initial(key, 0);
        if (mode == MppeMode.STATELESS) {
            // No packet has the initial key: it changes before the first (RFC 3078 §7.1).
            change.next(key, 0, 0);
        } else {
            cipher.init(key);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A history that wants to be flushed waits in stateful mode for the next flag packet, which is flushed anyway:
     * what does not compress is seldom alone.
     */
    @Override
    public void encode(ByteBuf frame) {
        int start = frame.readerIndex() - Coherency.HEADER_OCTETS;
        int header = nextHeader();
        if (compressor != null) {
            header |= compressor.compress(frame, (header & Coherency.FLUSHED) != 0);
        }
        frame.setShort(start, header);
        lookAhead(frame.readableBytes());
        cipher.xor(frame, frame.readerIndex(), frame.readableBytes());
        frame.readerIndex(start);
    }

    /** Sets the cipher up for the next packet, in stateless mode. */
    private void begin() {
        if (begun) {
            Rc4 other = cipher;
            cipher = following;
            following = other;
            begun = false;
        } else {
            change.beginAndNext(cipher, key, 0, 0);
        }
    }

    /**
     * Makes the key stream of this packet, which has so many octets, and of the one after it, where that has a key of its own and is
     * likely to be as long.
     */
    private void lookAhead(int octets) {
        if (mode == MppeMode.STATELESS && pace.goesOn(octets) && !cipher.isPrepared()) {
            change.beginAndNext(following, key, 0, 0);
            cipher.prepare(following, octets);
            begun = true;
        }
    }

    /** {@inheritDoc} Means something in stateful mode only. */
    @Override
    public void resetRequested() {
        resetRequested = mode == MppeMode.STATEFUL;
    }

    /** Sets the cipher up for the next packet and counts it. */
    private int nextHeader() {
        int bits = Coherency.ENCRYPTED;
        if (resetRequested) {
            resetRequested = false;
            count |= 0xff;
        }
        if (mode == MppeMode.STATELESS) {
            begin();
            bits |= Coherency.FLUSHED;
        } else if (Coherency.isFlag(count)) {
            // RFC 3078 §7.2.
            change.next(key, 0, 0);
            cipher.init(key);
            // Linux changes its key on this bit, and not on the count.
            bits |= Coherency.FLUSHED;
        }
        int header = bits | count;
        count = Coherency.after(count);
        return header;
    }
}
