package org.jpptp.ppp.mppe;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jpptp.ppp.MppeStrength;

/**
 * The sequence of session keys of one direction (RFC 3078 §7.3, RFC 3079 §3.1–3.3), without allocating.
 *
 * <p>Keys live in arrays of the caller, {@link #octets} long each.
 */
final class KeyChange {
    private static final int PAD_OCTETS = 40;
    private static final int DIGEST_OCTETS = 20;

    private final MppeStrength strength;
    private final int octets;
    private final MessageDigest sha1 = MppeKeys.sha1();
    /** What SHA-1 is taken of: StartKey, SHApad1, SessionKey, SHApad2; only the SessionKey ever changes. */
    private final byte[] block;

    private final byte[] digest = new byte[DIGEST_OCTETS];
    private final byte[] key;
    /** The key that a cipher begins with. */
    private final byte[] current;

    private final Rc4 rc4 = new Rc4();

    /** @param masterKey MasterSendKey or MasterReceiveKey, 16 octets */
    KeyChange(byte[] masterKey, MppeStrength strength) {
        if (masterKey.length != MppeKeys.MASTER_OCTETS) {
            throw new IllegalArgumentException("a master key has 16 octets, not " + masterKey.length);
        }
        this.strength = strength;
        octets = strength.keyOctets();
        key = new byte[octets];
        current = new byte[octets];
        block = new byte[2 * octets + 2 * PAD_OCTETS];
        System.arraycopy(masterKey, 0, block, 0, octets);
        Arrays.fill(block, 2 * octets + PAD_OCTETS, block.length, (byte) 0xf2);
    }

    /** The length of a session key. */
    int octets() {
        return octets;
    }

    /** Stores the initial session key, for which there is no RC4 step (RFC 3079 §3.1). */
    void initial(byte[] keys, int to) {
        newKeyFromSha(block, 0);
        store(keys, to);
    }

    /** Stores the key that follows another; both may be the same place. */
    void next(byte[] keys, int from, int to) {
        newKeyFromSha(keys, from);
        rc4.init(key);
        rc4.xor(key);
        store(keys, to);
    }

    /** Begins the key stream of a key. */
    void begin(Rc4 cipher, byte[] keys, int from) {
        System.arraycopy(keys, from, current, 0, octets);
        cipher.init(current);
    }

    /**
     * Begins the key stream of a key, and stores the key that follows: {@link #begin} and {@link #next} in one, which is
     * faster. Both may be the same place.
     */
    void beginAndNext(Rc4 cipher, byte[] keys, int from, int to) {
        System.arraycopy(keys, from, current, 0, octets);
        newKeyFromSha(keys, from);
        cipher.init(current, rc4, key);
        rc4.xor(key);
        store(keys, to);
    }

    /** GetNewKeyFromSHA: leaves the interim key. */
    private void newKeyFromSha(byte[] keys, int from) {
        System.arraycopy(keys, from, block, octets + PAD_OCTETS, octets);
        sha1.update(block, 0, block.length);
        try {
            sha1.digest(digest, 0, DIGEST_OCTETS);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 has 20 octets", e);
        }
        System.arraycopy(digest, 0, key, 0, octets);
    }

    private void store(byte[] keys, int to) {
        switch (strength) {
            case BITS_40 -> {
                key[0] = (byte) 0xd1;
                key[1] = 0x26;
                key[2] = (byte) 0x9e;
            }
            case BITS_56 -> key[0] = (byte) 0xd1;
            case BITS_128 -> {}
        }
        System.arraycopy(key, 0, keys, to, octets);
    }
}
