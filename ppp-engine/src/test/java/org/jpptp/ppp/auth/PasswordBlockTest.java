package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 2759 prints no encrypted password. It does print the hashes of "clientPass" (§9.2) and "MyPw", and the DES keys of
 * the latter (§9.3): what OpenSSL makes of those is the example here; the password block is taken apart by Bouncy Castle.
 */
class PasswordBlockTest {
    private static final byte[] CLIENT_PASS = hex("44EBBA8D5312B8D611474411F56989AE");
    private static final byte[] MY_PW = hex("FC156AF7EDCD6C0EDDE3337D427F4EAC");

    @Test
    void theOldHashUnderTheNew() {
        assertThat(PasswordBlock.encryptHash(CLIENT_PASS, MY_PW)).isEqualTo(hex("6F69BBE9311FD36714E380E62855261D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MyPw", "gr\u00fc\u00dfe", "n\u9ad8w", "\ud83d\udd11"})
    void theNewPasswordUnderTheOldHash(String password) {
        byte[] encrypted = PasswordBlock.encrypt(password.toCharArray(), CLIENT_PASS, new Random(1));
        assertThat(encrypted).hasSize(516);
        byte[] clear = new byte[516];
        RC4Engine rc4 = new RC4Engine();
        rc4.init(false, new KeyParameter(CLIENT_PASS));
        rc4.processBytes(encrypted, 0, 516, clear, 0);
        byte[] unicode = password.getBytes(StandardCharsets.UTF_16LE);
        byte[] filler = new byte[516];
        new Random(1).nextBytes(filler);
        assertThat(Arrays.copyOf(clear, 512 - unicode.length)).isEqualTo(Arrays.copyOf(filler, 512 - unicode.length));
        assertThat(Arrays.copyOfRange(clear, 512 - unicode.length, 512)).isEqualTo(unicode);
        assertThat(Arrays.copyOfRange(clear, 512, 516)).isEqualTo(new byte[] {(byte) unicode.length, 0, 0, 0});
        assertThat(PasswordBlock.decrypt(encrypted, CLIENT_PASS)).isEqualTo(password.toCharArray());
    }

    @Test
    void theLongestFillsTheBlock() {
        char[] password = "\u9ad8".repeat(256).toCharArray();
        byte[] encrypted = PasswordBlock.encrypt(password, MY_PW, new Random(1));
        assertThat(PasswordBlock.decrypt(encrypted, MY_PW)).isEqualTo(password);
    }

    /** Every length that another hash, or a forger, can make of the last four octets. */
    @Test
    void anyLengthIsAPasswordOrNone() {
        byte[] encrypted = PasswordBlock.encrypt(new char[0], MY_PW, new Random(1));
        for (int length = 0; length < 65_536; length++) {
            byte[] forged = encrypted.clone();
            forged[512] ^= (byte) length;
            forged[513] ^= (byte) (length >> 8);
            char[] password = PasswordBlock.decrypt(forged, MY_PW);
            if (length <= 512 && length % 2 == 0) {
                assertThat(password).hasSize(length / 2);
            } else {
                assertThat(password).isNull();
            }
        }
        encrypted[515] ^= (byte) 0x80;
        assertThat(PasswordBlock.decrypt(encrypted, MY_PW)).isNull();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
