package org.jpptp.ppp.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The data of a Change-Password packet: of MS-CHAPv2 (RFC 2759 §7, "version 3") or, the LAN Manager's parts left zero, of
 * MS-CHAP version 1 (RFC 2433 §10, "version 2").
 *
 * @param password the new one under the old one's hash, 516 octets
 * @param hash the old one's hash under the new one's, 16 octets
 * @param response what would be the value of a Response with the new password, 49 octets
 */
@SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
record MsChapChange(byte[] password, byte[] hash, byte[] response) {
    /** The code of the packet, in MS-CHAP version 1. */
    static final int V1 = 6;
    /** The code of the packet, in MS-CHAPv2. */
    static final int V2 = 7;

    private static final int HASH_AT = PasswordBlock.OCTETS;
    private static final int NT_END = HASH_AT + MsChapV2.HASH_OCTETS;
    /** Both responses, or challenge, reserved octets and response: without the last octet, the flags. */
    private static final int RESPONSE_OCTETS = MsChapV1.VALUE_OCTETS - 1;

    private static final int FLAGS_OCTETS = 2;

    static MsChapChange of(char[] oldPassword, char[] newPassword, byte[] response, RandomGenerator random) {
        byte[] oldHash = MsChapV2.ntPasswordHash(oldPassword);
        byte[] newHash = MsChapV2.ntPasswordHash(newPassword);
        try {
            return new MsChapChange(
                    PasswordBlock.encrypt(newPassword, oldHash, random),
                    PasswordBlock.encryptHash(oldHash, newHash),
                    response);
        } finally {
            Arrays.fill(oldHash, (byte) 0);
            Arrays.fill(newHash, (byte) 0);
        }
    }

    /** Octets behind the length field of a packet; 0 for another code. */
    static int dataOctets(int code) {
        return switch (code) {
            case V1 -> 2 * NT_END + RESPONSE_OCTETS + FLAGS_OCTETS;
            case V2 -> NT_END + RESPONSE_OCTETS + FLAGS_OCTETS;
            default -> 0;
        };
    }

    /** Reads data; null where they have another length than the code demands. */
    static @Nullable MsChapChange parse(int code, byte[] data) {
        if (data.length == 0 || data.length != dataOctets(code)) {
            return null;
        }
        int responseEnd = data.length - FLAGS_OCTETS;
        byte[] response = Arrays.copyOfRange(data, responseEnd - RESPONSE_OCTETS, responseEnd + 1);
        // Flags have sixteen bits here, of which the last octet holds the low ones.
        response[RESPONSE_OCTETS] = data[data.length - 1];
        return new MsChapChange(Arrays.copyOf(data, HASH_AT), Arrays.copyOfRange(data, HASH_AT, NT_END), response);
    }

    byte[] toData(int code) {
        byte[] data = Arrays.copyOf(password, dataOctets(code));
        System.arraycopy(hash, 0, data, HASH_AT, hash.length);
        System.arraycopy(response, 0, data, data.length - FLAGS_OCTETS - RESPONSE_OCTETS, RESPONSE_OCTETS);
        data[data.length - 1] = response[RESPONSE_OCTETS];
        return data;
    }

    /** Whether these are the new password and the old one's hash that the sender encrypted: it knows both. */
    boolean provesOld(byte[] oldHash, byte[] newHash) {
        return MessageDigest.isEqual(hash, PasswordBlock.encryptHash(oldHash, newHash));
    }
}
