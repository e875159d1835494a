package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;

/**
 * Decrypts what one side receives (RFC 3078).
 *
 * <p>Decryption is tentative: counter and key move only when the plaintext is a plausible datagram, so a forged, damaged,
 * late or repeated packet costs itself and nothing else. The work for any packet is bounded, and nothing is allocated.
 */
public final class MppeDecryptor {
    /** What became of a packet. */
    public enum Result {
        /** Decrypted in place: the reader index is at the inner protocol field. */
        OK,
        /** No header with something behind it. */
        TOO_SHORT,
        /** Bit D is clear: what follows was never encrypted. */
        NOT_ENCRYPTED,
        /** Bit A is clear although the mode is stateless. */
        NOT_FLUSHED,
        /** Repeated, or overtaken by a later packet. */
        LATE,
        /** It does not decrypt to a datagram: forged, damaged, or the keys differ. */
        IMPLAUSIBLE,
        /** Stateful mode lost packets: nothing can be decrypted before the peer has flushed. */
        AWAITING_RESET
    }

    private final Decryption decryption;
    private long decrypted;
    private int implausibleRun;

    /** @param masterKey MasterReceiveKey, 16 octets; copied */
    public MppeDecryptor(byte[] masterKey, MppeStrength strength, MppeMode mode) {
        decryption = switch (mode) {
            case STATELESS -> new StatelessDecryption(masterKey, strength);
            case STATEFUL -> new StatefulDecryption(masterKey, strength);
        };
    }

    /**
     * Decrypts a packet in place.
     *
     * @param frame readable octets begin with the MPPE header; unless the result is OK, its octets and indexes are
     *     afterwards as they were
     */
    public Result decrypt(ByteBuf frame) {
        if (frame.readableBytes() <= Coherency.HEADER_OCTETS) {
            return Result.TOO_SHORT;
        }
        int start = frame.readerIndex();
        int header = frame.getUnsignedShort(start);
        if ((header & Coherency.ENCRYPTED) == 0) {
            return Result.NOT_ENCRYPTED;
        }
        frame.readerIndex(start + Coherency.HEADER_OCTETS);
        Result result = decryption.decrypt(frame, Coherency.count(header), (header & Coherency.FLUSHED) != 0);
        if (result == Result.OK) {
            decrypted++;
            implausibleRun = 0;
        } else {
            frame.readerIndex(start);
            implausibleRun += result == Result.IMPLAUSIBLE ? 1 : 0;
        }
        return result;
    }

    /** Whether a CCP Reset-Request is to be sent: at once, and again from time to time while this stays true. */
    public boolean resetWanted() {
        return decryption.resetWanted();
    }

    /** How many packets were decrypted. */
    public long decrypted() {
        return decrypted;
    }

    /** How many packets were implausible since the last that was not. A long run from the start: the keys differ. */
    public int implausibleRun() {
        return implausibleRun;
    }
}
