package org.jpptp.ppp.mppe;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeStrength;

/**
 * The sending side of MPPE as RFC 3078 and RFC 3079 write it down, by Bouncy Castle's RC4 and SHA-1: every key in its turn,
 * nothing computed ahead.
 */
final class ReferenceMppe {
    private final MppeMode mode;
    private final byte[] startKey;
    private final byte[] fixed;
    private final RC4Engine rc4 = new RC4Engine();
    private byte[] sessionKey;
    private int count;

    ReferenceMppe(byte[] masterKey, MppeStrength strength, MppeMode mode) {
        this.mode = mode;
        startKey = Arrays.copyOf(masterKey, strength == MppeStrength.BITS_128 ? 16 : 8);
        fixed = switch (strength) {
            case BITS_40 -> new byte[] {(byte) 0xd1, 0x26, (byte) 0x9e};
            case BITS_56 -> new byte[] {(byte) 0xd1};
            case BITS_128 -> new byte[0];
        };
        sessionKey = fix(fromSha(startKey));
        begin();
    }

    /**
     * The packet of a plaintext: header and ciphertext.
     *
     * @param flush whether the tables are initialised with the current key, as a Reset-Request wants it
     */
    byte[] encrypt(ByteBuf plain, boolean flush) {
        boolean change = mode == MppeMode.STATELESS || (count & 0xff) == 0xff;
        if (change) {
            byte[] interim = fromSha(sessionKey);
            RC4Engine once = new RC4Engine();
            once.init(true, new KeyParameter(interim));
            sessionKey = new byte[interim.length];
            once.processBytes(interim, 0, interim.length, sessionKey, 0);
            fix(sessionKey);
        }
        if (change || flush) {
            begin();
        }
        byte[] octets = Datagrams.octets(plain);
        byte[] packet = new byte[2 + octets.length];
        packet[0] = (byte) ((change || flush ? 0x90 : 0x10) | count >> 8);
        packet[1] = (byte) count;
        rc4.processBytes(octets, 0, octets.length, packet, 2);
        count = (count + 1) & 0xfff;
        return packet;
    }

    private void begin() {
        rc4.init(true, new KeyParameter(sessionKey));
    }

    private byte[] fromSha(byte[] key) {
        byte[] pad = new byte[40];
        SHA1Digest sha = new SHA1Digest();
        sha.update(startKey, 0, startKey.length);
        sha.update(pad, 0, pad.length);
        sha.update(key, 0, key.length);
        Arrays.fill(pad, (byte) 0xf2);
        sha.update(pad, 0, pad.length);
        byte[] digest = new byte[20];
        sha.doFinal(digest, 0);
        return Arrays.copyOf(digest, key.length);
    }

    private byte[] fix(byte[] key) {
        System.arraycopy(fixed, 0, key, 0, fixed.length);
        return key;
    }
}
