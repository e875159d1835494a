package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** CHAP with MD5 (RFC 1994). */
final class ChapMd5 {
    /** Octets of the value of a Response. */
    static final int RESPONSE_OCTETS = 16;

    private ChapMd5() {}

    /** The Response Value, §4.1: MD5 of identifier, secret and challenge; the secret in UTF-8, as servers store it. */
    static byte[] response(int identifier, char[] secret, byte[] challenge) {
        byte[] octets = PasswordOctets.of(secret);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(octets);
            return md5.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
