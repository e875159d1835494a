package org.jpptp.client.explain.decrypt;

import java.util.Arrays;
import java.util.HexFormat;
import org.jpptp.ppp.auth.MsChapV2;
import org.jspecify.annotations.Nullable;

/** A password, or only its hash, which is as good for MS-CHAP. */
public final class Secret {
    private static final int HASH_DIGITS = 32;

    private final char @Nullable [] password;
    private final byte[] hash;

    private Secret(char @Nullable [] password, byte[] hash) {
        this.password = password;
        this.hash = hash;
    }

    /**
     * A password.
     *
     * @param password copied; the caller wipes its own
     */
    public static Secret password(char[] password) {
        return new Secret(password.clone(), MsChapV2.ntPasswordHash(password));
    }

    /**
     * An NT hash.
     *
     * @param digits 32 hexadecimal digits
     * @return null for anything else
     */
    public static @Nullable Secret hash(String digits) {
        boolean hexadecimal = digits.length() == HASH_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit);
        return hexadecimal ? new Secret(null, HexFormat.of().parseHex(digits)) : null;
    }

    char @Nullable [] password() {
        return password;
    }

    byte[] hash() {
        return hash;
    }

    /** Overwrites it. */
    public void wipe() {
        Arrays.fill(hash, (byte) 0);
        if (password != null) {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
