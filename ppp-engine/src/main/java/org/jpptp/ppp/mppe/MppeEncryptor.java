package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;

/**
 * Encrypts what one side sends (RFC 3078). No two packets ever share key stream, and nothing is allocated per packet.
 *
 * <p>To a Reset-Request in stateful mode, RFC 3078 §8.2 wants the tables initialised with the <em>current</em> key, which
 * repeats key stream; the Linux kernel changes the key instead. Both agree on one packet: that whose count ends in 0xFF,
 * where either changes its key exactly once. So we go on to the next such count, and are understood by both.
 */
public final class MppeEncryptor {
    private final MppeMode mode;
    private final KeyChange change;
    private final Rc4 cipher = new Rc4();
    /** The session key: of the last packet, or the initial one. */
    private final byte[] key;

    private int count;
    private boolean resetRequested;

    /** @param masterKey MasterSendKey, 16 octets; copied */
    public MppeEncryptor(byte[] masterKey, MppeStrength strength, MppeMode mode) {
        this.mode = mode;
        change = new KeyChange(masterKey, strength);
        key = new byte[change.octets()];
        change.initial(key, 0);
        cipher.init(key);
    }

    /**
     * Encrypts a packet in place and puts the MPPE header in front of it.
     *
     * @param frame readable octets are the inner protocol field and the datagram, with two octets free before them;
     *     afterwards they begin with the header
     */
    public void encrypt(ByteBuf frame) {
        int start = frame.readerIndex() - Coherency.HEADER_OCTETS;
        frame.setShort(start, nextHeader());
        cipher.xor(frame, frame.readerIndex(), frame.readableBytes());
        frame.readerIndex(start);
    }

    /** The peer has lost track. Means something in stateful mode only, and costs no more the more often it is said. */
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
        // RFC 3078 §7.1 and §7.2.
        if (mode == MppeMode.STATELESS || Coherency.isFlag(count)) {
            change.next(key, 0, 0);
            cipher.init(key);
            // On flag packets too: Linux changes its key on this bit, and not on the count.
            bits |= Coherency.FLUSHED;
        }
        int header = bits | count;
        count = Coherency.after(count);
        return header;
    }
}
