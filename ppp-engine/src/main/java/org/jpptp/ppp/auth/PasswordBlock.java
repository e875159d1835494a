package org.jpptp.ppp.auth;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.mppe.Rc4;
import org.jspecify.annotations.Nullable;

/** How a new password travels under the old one (RFC 2759 §8.9–8.13, RFC 2433 §A.11–A.17). */
final class PasswordBlock {
    static final int MAX_CHARACTERS = 256;
    /** The password at the end of a field of 512 octets, and its length in octets, low octet first. */
    static final int OCTETS = 2 * MAX_CHARACTERS + 4;

    private static final int LENGTH_AT = 2 * MAX_CHARACTERS;
    private static final int DES_KEY_OCTETS = 7;
    private static final int DES_BLOCK_OCTETS = 8;

    private PasswordBlock() {}

    /**
     * EncryptPwBlockWithPasswordHash: {@value #OCTETS} octets.
     *
     * @param password at most {@value #MAX_CHARACTERS} characters
     */
    static byte[] encrypt(char[] password, byte[] passwordHash, RandomGenerator random) {
        byte[] block = new byte[OCTETS];
        random.nextBytes(block);
        int at = LENGTH_AT - 2 * password.length;
        for (char character : password) {
            block[at++] = (byte) character;
            block[at++] = (byte) (character >> 8);
        }
        for (int i = 0; i < 4; i++) {
            block[LENGTH_AT + i] = (byte) ((2 * password.length) >> (8 * i));
        }
        rc4(block, passwordHash);
        return block;
    }

    /**
     * The other way.
     *
     * @return null if what comes out is no password: it was another hash
     */
    static char @Nullable [] decrypt(byte[] encrypted, byte[] passwordHash) {
        byte[] block = encrypted.clone();
        rc4(block, passwordHash);
        try {
            long octets = 0;
            for (int i = 3; i >= 0; i--) {
                octets = (octets << 8) | (block[LENGTH_AT + i] & 0xff);
            }
            if (octets > LENGTH_AT || octets % 2 != 0) {
                return null;
            }
            char[] password = new char[(int) octets / 2];
            for (int i = 0, at = LENGTH_AT - (int) octets; i < password.length; i++, at += 2) {
                password[i] = (char) ((block[at] & 0xff) | (block[at + 1] << 8));
            }
            return password;
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** NtPasswordHashEncryptedWithBlock: 16 octets. */
    static byte[] encryptHash(byte[] passwordHash, byte[] block) {
        byte[] cypher = new byte[MsChapV2.HASH_OCTETS];
        byte[] half = new byte[DES_BLOCK_OCTETS];
        try {
            for (int i = 0; i < 2; i++) {
                System.arraycopy(passwordHash, i * DES_BLOCK_OCTETS, half, 0, DES_BLOCK_OCTETS);
                MsChapV2.desEncrypt(half, block, i * DES_KEY_OCTETS, cypher, i * DES_BLOCK_OCTETS);
            }
            return cypher;
        } finally {
            Arrays.fill(half, (byte) 0);
        }
    }

    private static void rc4(byte[] block, byte[] key) {
        Rc4 rc4 = new Rc4();
        rc4.init(key);
        rc4.xor(Unpooled.wrappedBuffer(block), 0, block.length);
    }
}
