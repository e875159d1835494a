package org.jpptp.client.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    private final Random random = new Random(1071);

    /** RFC 1071 §3. */
    @Test
    void theExampleOfTheRfc() {
        ByteBuffer octets = ByteBuffer.wrap(
                new byte[] {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7});

        assertThat(Checksum.fold(Checksum.sum(octets, 0, 8))).isEqualTo(0xddf2);
    }

    @Test
    void everyLengthAndAlignmentSumsAsPlainlyComputed() {
        for (int length = 0; length < 300; length++) {
            int at = length % 9;
            byte[] octets = Datagrams.random(random, at + length + 3);
            ByteBuffer from = ByteBuffer.allocateDirect(octets.length).put(0, octets);
            ByteBuffer to = ByteBuffer.allocateDirect(length + 20);
            int expected = Datagrams.sum(0, octets, at, at + length);

            assertThat(Checksum.fold(Checksum.sum(from, at, length))).isEqualTo(expected);
            assertThat(Checksum.fold(Checksum.copy(from, at, to, 5, length))).isEqualTo(expected);
            byte[] copied = new byte[length + 20];
            to.get(0, copied);
            byte[] whole = new byte[length + 20];
            System.arraycopy(octets, at, whole, 5, length);
            assertThat(copied).as("nothing beside it is written").isEqualTo(whole);
        }
    }

    @Test
    void doesNotOverflow() {
        byte[] octets = new byte[1 << 16];
        Arrays.fill(octets, (byte) 0xFF);

        long sum = Checksum.sum(ByteBuffer.wrap(octets), 0, octets.length);

        assertThat(Checksum.fold(sum)).isEqualTo(0xFFFF);
        assertThat(Checksum.fold(sum + Checksum.of(0x1234))).isEqualTo(0x1234);
    }
}
