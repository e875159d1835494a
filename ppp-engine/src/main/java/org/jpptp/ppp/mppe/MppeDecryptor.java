package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.coding.Coherency;
import org.jpptp.ppp.coding.DatagramDecoder;
import org.jpptp.ppp.mppc.MppcDecompressor;
import org.jspecify.annotations.Nullable;

/** Decrypts what one side receives (RFC 3078), and decompresses what is compressed too. */
public final class MppeDecryptor implements DatagramDecoder {
    private final TentativeCipher tentative;
    private final Decryption decryption;
    private long decrypted;

    /** One that does not decompress. */
    public MppeDecryptor(byte[] masterKey, MppeStrength strength, MppeMode mode) {
        this(masterKey, strength, mode, null);
    }

    /**
     * @param masterKey MasterReceiveKey, 16 octets; copied
     * @param decompressor what decompresses afterwards, null where bits A to C say nothing of compression
     */
    public MppeDecryptor(
            byte[] masterKey, MppeStrength strength, MppeMode mode, @Nullable MppcDecompressor decompressor) {
        this(masterKey, strength, mode, decompressor, Stance.PEER);
    }

    /**
     * @param masterKey MasterReceiveKey, 16 octets; copied
     * @param decompressor what decompresses afterwards, null where bits A to C say nothing of compression
     * @param stance who decrypts
     */
    public MppeDecryptor(
            byte[] masterKey,
            MppeStrength strength,
            MppeMode mode,
            @Nullable MppcDecompressor decompressor,
            Stance stance) {
        tentative = new TentativeCipher(decompressor);
        decryption = switch (mode) {
            case STATELESS -> new StatelessDecryption(masterKey, strength, tentative);
            case STATEFUL -> new StatefulDecryption(masterKey, strength, tentative, stance);
        };
    }

    /** Who decrypts. */
    public enum Stance {
        /** The peer, who asks for a new key stream where packets are missing. */
        PEER,
        /**
         * Somebody beside the link who cannot ask: a key stream that has lost packets is joined again where the key changes
         * (RFC 3078 §7.2).
         */
        LISTENER
    }

    @Override
    public Result decode(ByteBuf frame, int missing) {
        if (frame.readableBytes() <= Coherency.HEADER_OCTETS) {
            return Result.TOO_SHORT;
        }
        int start = frame.readerIndex();
        int header = frame.getUnsignedShort(start);
        if ((header & Coherency.ENCRYPTED) == 0) {
            return Result.NOT_ENCRYPTED;
        }
        frame.readerIndex(start + Coherency.HEADER_OCTETS);
        Result result = decryption.decrypt(frame, header, missing);
        if (result == Result.OK) {
            decrypted++;
        } else {
            frame.readerIndex(start);
        }
        return result;
    }

    @Override
    public Result look(ByteBuf frame) {
        int start = frame.readerIndex();
        if (frame.readableBytes() <= Coherency.HEADER_OCTETS) {
            return Result.TOO_SHORT;
        }
        int header = frame.getUnsignedShort(start);
        if ((header & Coherency.ENCRYPTED) == 0) {
            return Result.NOT_ENCRYPTED;
        }
        frame.readerIndex(start + Coherency.HEADER_OCTETS);
        Result result = decryption.look(frame, header);
        frame.readerIndex(start);
        return result;
    }

    @Override
    public ByteBuf plaintext(ByteBuf frame) {
        return tentative.plaintext(frame);
    }

    @Override
    public int found() {
        return tentative.found();
    }

    @Override
    public boolean resetWanted() {
        return decryption.resetWanted();
    }

    @Override
    public long decoded() {
        return decrypted;
    }
}
