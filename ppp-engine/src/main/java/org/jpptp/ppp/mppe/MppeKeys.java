package org.jpptp.ppp.mppe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The master keys of MPPE from the credentials of MS-CHAP, version 1 (RFC 3079 §2) and 2 (§3). */
public final class MppeKeys {
    /** Octets of a master key, of whatever strength the session keys are. */
    static final int MASTER_OCTETS = 16;

    private static final int PAD_OCTETS = 40;
    private static final byte[] PAD1 = new byte[PAD_OCTETS];
    private static final byte[] PAD2 = filled((byte) 0xf2);

    /** Magic1, Magic2 and Magic3 of RFC 3079 §3.4; the last two name who uses the key for what. */
    private static final byte[] MASTER = ascii("This is the MPPE Master Key");

    private static final byte[] CLIENT_SENDS =
            ascii("On the client side, this is the send key; on the server side, it is the receive key.");
    private static final byte[] SERVER_SENDS =
            ascii("On the client side, this is the receive key; on the server side, it is the send key.");

    /** Whose keys they are: what one side sends with, the other receives with. */
    public enum Side {
        /** The side that proved who it is. */
        CLIENT,
        /** The side that demanded it. */
        SERVER
    }

    private MppeKeys() {}

    /**
     * The master keys of both directions.
     *
     * @param passwordHashHash HashNtPasswordHash of the password, 16 octets (RFC 2759 §8.4)
     * @param ntResponse the 24 octets of the Response that was accepted
     */
    public static MppeMasterKeys fromMsChapV2(byte[] passwordHashHash, byte[] ntResponse, Side side) {
        byte[] master = masterKey(passwordHashHash, ntResponse);
        byte[] send = sendStartKey(master, side);
        byte[] receive = sendStartKey(master, side == Side.CLIENT ? Side.SERVER : Side.CLIENT);
        try {
            return new MppeMasterKeys(send, receive);
        } finally {
            Arrays.fill(master, (byte) 0);
            Arrays.fill(send, (byte) 0);
            Arrays.fill(receive, (byte) 0);
        }
    }

    /**
     * The keys of MS-CHAP version 1: one for both directions, so that the two share key stream.
     *
     * @param lmPasswordHash LmPasswordHash of the password, 16 octets (RFC 2433 §A.2); null where it has none, and then
     *     there are no keys of 40 and 56 bits
     * @param passwordHashHash HashNtPasswordHash of the password, 16 octets
     * @param challenge the 8 octets whose Response was accepted
     */
    public static MppeMasterKeys fromMsChapV1(
            byte @Nullable [] lmPasswordHash, byte[] passwordHashHash, byte[] challenge) {
        byte[] start = startKey(challenge, passwordHashHash);
        try {
            return MppeMasterKeys.symmetric(lmPasswordHash, start);
        } finally {
            Arrays.fill(start, (byte) 0);
        }
    }

    /** Get_Start_Key (RFC 3079 §2.4): 16 octets. */
    static byte[] startKey(byte[] challenge, byte[] passwordHashHash) {
        MessageDigest sha1 = sha1();
        sha1.update(passwordHashHash);
        sha1.update(passwordHashHash);
        return Arrays.copyOf(sha1.digest(challenge), MASTER_OCTETS);
    }

    /** GetMasterKey (RFC 3079 §3.4): 16 octets. */
    static byte[] masterKey(byte[] passwordHashHash, byte[] ntResponse) {
        MessageDigest sha1 = sha1();
        sha1.update(passwordHashHash);
        sha1.update(ntResponse);
        return Arrays.copyOf(sha1.digest(MASTER), MASTER_OCTETS);
    }

    /**
     * GetAsymmetricStartKey (RFC 3079 §3.4) for what a side sends, which is what the other one receives: 16 octets, of
     * which 40- and 56-bit keys use the first eight.
     */
    static byte[] sendStartKey(byte[] masterKey, Side sender) {
        MessageDigest sha1 = sha1();
        sha1.update(masterKey);
        sha1.update(PAD1);
        sha1.update(sender == Side.SERVER ? SERVER_SENDS : CLIENT_SENDS);
        return Arrays.copyOf(sha1.digest(PAD2), MASTER_OCTETS);
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(byte value) {
        byte[] pad = new byte[PAD_OCTETS];
        Arrays.fill(pad, value);
        return pad;
    }
}
