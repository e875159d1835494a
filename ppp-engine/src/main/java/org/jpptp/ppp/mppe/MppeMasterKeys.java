package org.jpptp.ppp.mppe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jpptp.ppp.MppeStrength;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an authentication yields, already told apart by direction for the side that holds them: from each the
 * session keys of one strength start.
 *
 * <p>All have sixteen octets, of which 40- and 56-bit keys use the first eight.
 */
public final class MppeMasterKeys {
    private final Map<MppeStrength, byte[]> send = new EnumMap<>(MppeStrength.class);
    private final Map<MppeStrength, byte[]> receive = new EnumMap<>(MppeStrength.class);

    /** One key a direction for every strength: MasterSendKey and MasterReceiveKey of RFC 3079 §3.3. */
    public MppeMasterKeys(byte[] send, byte[] receive) {
        for (MppeStrength strength : MppeStrength.values()) {
            this.send.put(strength, send.clone());
            this.receive.put(strength, receive.clone());
        }
    }

    private MppeMasterKeys() {}

    /** One key for both directions: the short strengths start from another, or are not there (RFC 3079 §2). */
    static MppeMasterKeys symmetric(byte @Nullable [] lmPasswordHash, byte[] startKey) {
        MppeMasterKeys keys = new MppeMasterKeys();
        keys.send.put(MppeStrength.BITS_128, startKey.clone());
        if (lmPasswordHash != null) {
            keys.send.put(MppeStrength.BITS_40, lmPasswordHash.clone());
            keys.send.put(MppeStrength.BITS_56, lmPasswordHash.clone());
        }
        keys.receive.putAll(keys.send);
        return keys;
    }

    /** The strengths that there are keys for. */
    public Set<MppeStrength> strengths() {
        return Set.copyOf(send.keySet());
    }

    /**
     * A copy of the key for what we send.
     *
     * @param strength one of {@link #strengths}
     */
    public byte[] send(MppeStrength strength) {
        return key(send, strength);
    }

    /**
     * A copy of the key for what we receive.
     *
     * @param strength one of {@link #strengths}
     */
    public byte[] receive(MppeStrength strength) {
        return key(receive, strength);
    }

    private static byte[] key(Map<MppeStrength, byte[]> keys, MppeStrength strength) {
        byte[] key = keys.get(strength);
        if (key == null) {
            throw new IllegalArgumentException("no key for " + strength.bits() + " bits");
        }
        return key.clone();
    }
}
