package org.jpptp.ppp.auth;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;

/**
 * The functions of MS-CHAP version 1, by the names that RFC 2433 gives them. Those that MS-CHAPv2 took over are in
 * {@link MsChapV2}.
 */
final class MsChapV1 {
    static final int CHALLENGE_OCTETS = 8;
    /** LAN Manager response, which nobody sends, NT response, and a flag: §6. */
    static final int VALUE_OCTETS = 2 * MsChapV2.NT_RESPONSE_OCTETS + 1;

    private static final int LM_CHARACTERS = 14;
    private static final int DES_KEY_OCTETS = 7;
    private static final byte[] STD_TEXT = "KGS!@#$%".getBytes(StandardCharsets.US_ASCII);
    /** The code pages that Windows calls OEM, in the United States and in western Europe. */
    private static final Charset US = Charset.forName("IBM437");

    private static final Charset WESTERN = Charset.forName("IBM850");

    private MsChapV1() {}

    /** The value of a Response: no LAN Manager response, and the flag that says so. */
    static byte[] toValue(byte[] ntResponse) {
        byte[] value = new byte[VALUE_OCTETS];
        System.arraycopy(ntResponse, 0, value, MsChapV2.NT_RESPONSE_OCTETS, ntResponse.length);
        value[VALUE_OCTETS - 1] = 1;
        return value;
    }

    /** The NT response in a value; null if it has another length, or wants the LAN Manager response to be used. */
    static byte @Nullable [] ntResponse(byte[] value) {
        return value.length == VALUE_OCTETS && (value[VALUE_OCTETS - 1] & 1) == 1
                ? Arrays.copyOfRange(value, MsChapV2.NT_RESPONSE_OCTETS, VALUE_OCTETS - 1)
                : null;
    }

    /**
     * LmPasswordHash, §A.2, for the keys of 40 and 56 bits: 16 octets.
     *
     * @return null for a password of more than 14 characters, or with one that the OEM code pages lack or do not agree
     *     on: nobody can know what the other side makes of it
     */
    static byte @Nullable [] lmPasswordHash(char[] password) {
        if (password.length > LM_CHARACTERS) {
            return null;
        }
        byte[] upperCase = new byte[LM_CHARACTERS];
        byte[] hash = new byte[MsChapV2.HASH_OCTETS];
        try {
            for (int i = 0; i < password.length; i++) {
                int octet = oem(Character.toUpperCase(password[i]));
                if (octet < 0) {
                    return null;
                }
                upperCase[i] = (byte) octet;
            }
            MsChapV2.desEncrypt(STD_TEXT, upperCase, 0, hash, 0);
            MsChapV2.desEncrypt(STD_TEXT, upperCase, DES_KEY_OCTETS, hash, STD_TEXT.length);
            return hash;
        } finally {
            Arrays.fill(upperCase, (byte) 0);
        }
    }

    /** The keys for MPPE, the same for both sides. */
    static MppeMasterKeys keys(char[] password, byte[] challenge) {
        byte[] hash = MsChapV2.ntPasswordHash(password);
        byte[] hashHash = MsChapV2.hashNtPasswordHash(hash);
        byte[] lmHash = lmPasswordHash(password);
        try {
            return MppeKeys.fromMsChapV1(lmHash, hashHash, challenge);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(hashHash, (byte) 0);
            if (lmHash != null) {
                Arrays.fill(lmHash, (byte) 0);
            }
        }
    }

    /** The octet of a character, or -1. */
    private static int oem(char character) {
        String text = String.valueOf(character);
        byte[] octets = text.getBytes(US);
        boolean certain = text.equals(new String(octets, US)) && Arrays.equals(octets, text.getBytes(WESTERN));
        return certain ? octets[0] & 0xff : -1;
    }
}
