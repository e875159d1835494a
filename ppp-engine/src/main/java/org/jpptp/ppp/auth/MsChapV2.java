package org.jpptp.ppp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** The functions of MS-CHAPv2, by the names that RFC 2759 §8 gives them. */
public final class MsChapV2 {
    /** Octets of the authenticator's and of the peer's challenge. */
    public static final int CHALLENGE_OCTETS = 16;

    static final int NT_RESPONSE_OCTETS = 24;
    /** Octets of a password hash, and of its hash. */
    static final int HASH_OCTETS = 16;
    /** Octets of the authenticator response, before it is written as "S=" and hexadecimal digits. */
    static final int PROOF_OCTETS = 20;

    private static final int DES_BLOCK_OCTETS = 8;
    private static final int DES_KEY_OCTETS = 7;
    private static final boolean FOR_ENCRYPTION = true;

    /** Magic1 and Magic2 of §8.7. */
    private static final byte[] SIGNING = ascii("Magic server to client signing constant");

    private static final byte[] ITERATION = ascii("Pad to make it do more than one iteration");

    private MsChapV2() {}

    /**
     * ChallengeHash, §8.2.
     *
     * @param userName without its domain
     * @return 8 octets
     */
    static byte[] challengeHash(byte[] peerChallenge, byte[] authenticatorChallenge, byte[] userName) {
        MessageDigest sha1 = sha1();
        sha1.update(peerChallenge);
        sha1.update(authenticatorChallenge);
        return Arrays.copyOf(sha1.digest(userName), DES_BLOCK_OCTETS);
    }

    /** NtPasswordHash, §8.3: MD4 of the password in UTF-16LE, 16 octets. */
    public static byte[] ntPasswordHash(char[] password) {
        byte[] unicode = new byte[2 * password.length];
        for (int i = 0; i < password.length; i++) {
            unicode[2 * i] = (byte) password[i];
            unicode[2 * i + 1] = (byte) (password[i] >> 8);
        }
        try {
            return md4(unicode);
        } finally {
            Arrays.fill(unicode, (byte) 0);
        }
    }

    /** HashNtPasswordHash, §8.4: 16 octets. */
    public static byte[] hashNtPasswordHash(byte[] passwordHash) {
        return md4(passwordHash);
    }

    /** GenerateNTResponse, §8.1, from where the password is hashed: 24 octets. */
    static byte[] ntResponse(
            byte[] authenticatorChallenge, byte[] peerChallenge, byte[] userName, byte[] passwordHash) {
        return challengeResponse(challengeHash(peerChallenge, authenticatorChallenge, userName), passwordHash);
    }

    /** ChallengeResponse, §8.5: 24 octets. */
    static byte[] challengeResponse(byte[] challenge, byte[] passwordHash) {
        byte[] padded = Arrays.copyOf(passwordHash, 3 * DES_KEY_OCTETS);
        byte[] response = new byte[NT_RESPONSE_OCTETS];
        try {
            for (int i = 0; i < 3; i++) {
                desEncrypt(challenge, padded, i * DES_KEY_OCTETS, response, i * DES_BLOCK_OCTETS);
            }
            return response;
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /**
     * GenerateAuthenticatorResponse, §8.7, from where the password is hashed twice and before it is written as text: 20
     * octets.
     */
    public static byte[] authenticatorResponse(
            byte[] passwordHashHash,
            byte[] ntResponse,
            byte[] peerChallenge,
            byte[] authenticatorChallenge,
            byte[] userName) {
        MessageDigest sha1 = sha1();
        sha1.update(passwordHashHash);
        sha1.update(ntResponse);
        byte[] digest = sha1.digest(SIGNING);
        sha1.update(digest);
        sha1.update(challengeHash(peerChallenge, authenticatorChallenge, userName));
        return sha1.digest(ITERATION);
    }

    /** The message of a Success (RFC 2759 §5): the authenticator response, and a text where there is one. */
    static String successText(byte[] proof, String greeting) {
        return authenticatorResponseText(proof) + (greeting.isEmpty() ? "" : " M=" + greeting);
    }

    /** The authenticator response as it is sent: "S=" and 40 upper-case digits. */
    public static String authenticatorResponseText(byte[] proof) {
        return "S=" + HexFormat.of().withUpperCase().formatHex(proof);
    }

    /** DesEncrypt, §8.6: one block under a key of seven octets. */
    static void desEncrypt(byte[] clear, byte[] keys, int keyAt, byte[] cypher, int cypherAt) {
        byte[] key = insertParity(keys, keyAt);
        try {
            DESEngine des = new DESEngine();
            des.init(FOR_ENCRYPTION, new KeyParameter(key));
            des.processBlock(clear, 0, cypher, cypherAt);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Spreads 56 bits over eight octets, the lowest bit of each making the number of ones odd (§9.3). */
    static byte[] insertParity(byte[] raw, int at) {
        long bits = 0;
        for (int i = 0; i < DES_KEY_OCTETS; i++) {
            bits = (bits << 8) | (raw[at + i] & 0xff);
        }
        byte[] key = new byte[DES_BLOCK_OCTETS];
        for (int i = 0; i < DES_BLOCK_OCTETS; i++) {
            int seven = (int) (bits >> (49 - 7 * i)) & 0x7f;
            int parity = ~Integer.bitCount(seven) & 1;
            key[i] = (byte) ((seven << 1) | parity);
        }
        return key;
    }

    private static byte[] md4(byte[] input) {
        MD4Digest md4 = new MD4Digest();
        md4.update(input, 0, input.length);
        byte[] hash = new byte[HASH_OCTETS];
        md4.doFinal(hash, 0);
        return hash;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
