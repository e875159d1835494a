package org.jpptp.ppp.mppe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jpptp.ppp.MppeStrength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of RFC 3079 §2.5 and §3.5. */
class MppeKeysTest {
    private static final byte[] PASSWORD_HASH_HASH = hex("41C00C584BD2D91C4017A2A12FA59F3F");
    private static final byte[] NT_RESPONSE = hex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
    private static final byte[] MASTER_KEY = hex("FDECE3717A8C838CB388E527AE3CDD31");
    private static final byte[] SEND_START_KEY = hex("8B7CDC149B993A1BA118CB153F56DCCB");

    @Test
    void derivesTheMasterKey() {
        assertThat(MppeKeys.masterKey(PASSWORD_HASH_HASH, NT_RESPONSE)).isEqualTo(MASTER_KEY);
    }

    /** The sample is the server's: §3.1 derives its send key with IsSend and IsServer both true. */
    @Test
    void derivesTheStartKey() {
        assertThat(MppeKeys.sendStartKey(MASTER_KEY, MppeKeys.Side.SERVER)).isEqualTo(SEND_START_KEY);
    }

    @Test
    void whatOneSideSendsWithTheOtherReceivesWithAndNoKeyServesBoth() {
        MppeMasterKeys server = MppeKeys.fromMsChapV2(PASSWORD_HASH_HASH, NT_RESPONSE, MppeKeys.Side.SERVER);
        MppeMasterKeys client = MppeKeys.fromMsChapV2(PASSWORD_HASH_HASH, NT_RESPONSE, MppeKeys.Side.CLIENT);
        for (MppeStrength strength : MppeStrength.values()) {
            assertThat(server.send(strength)).isEqualTo(SEND_START_KEY).isEqualTo(client.receive(strength));
            assertThat(client.send(strength))
                    .isEqualTo(server.receive(strength))
                    .isNotEqualTo(server.send(strength));
        }
        assertThat(client.strengths()).containsExactlyInAnyOrder(MppeStrength.values());
    }

    /** RFC 3079 §2.5; the 128-bit sample prints the eighth octet of its start key once as CA, once as C1. */
    @ParameterizedTest
    @CsvSource({
        "BITS_40,  D1269E538CEC4A08",
        "BITS_56,  D10801538CEC4A08",
        "BITS_128, 59D159BC09F76F1DA2A86A28FFEC0B1E",
    })
    void derivesTheSessionKeysOfVersion1(MppeStrength strength, String sessionKey) {
        byte[] lmPasswordHash = hex("76A152936096D7830E2390227404AFD2");
        MppeMasterKeys keys = MppeKeys.fromMsChapV1(lmPasswordHash, PASSWORD_HASH_HASH, hex("102DB5DF085D3041"));
        byte[] key = new byte[strength.keyOctets()];
        new KeyChange(keys.send(strength), strength).initial(key, 0);
        assertThat(key).isEqualTo(hex(sessionKey));
        assertThat(keys.receive(strength)).isEqualTo(keys.send(strength));
    }

    @Test
    void withoutALanManagerHashThereIsNoShortKey() {
        MppeMasterKeys keys = MppeKeys.fromMsChapV1(null, PASSWORD_HASH_HASH, new byte[8]);
        assertThat(keys.strengths()).containsExactly(MppeStrength.BITS_128);
        assertThatThrownBy(() -> keys.send(MppeStrength.BITS_40)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The RFC prints 58 as the last octet of the 56-bit sample; RC4 with the key it prints gives B8. */
    @ParameterizedTest
    @CsvSource({
        "BITS_40,  D1269EC49FA62E3E,                 929137917E5803D668D75898",
        "BITS_56,  D15C00C49FA62E3E,                 3F106833FA448DA842BC57B8",
        "BITS_128, 405CB2247A7956E6E211007AE27B22D4, 81848317DF68846272FB5ABE",
    })
    void derivesTheSessionKeyAndEncryptsTheSample(MppeStrength strength, String sessionKey, String cypher) {
        byte[] key = new byte[strength.keyOctets()];
        new KeyChange(SEND_START_KEY, strength).initial(key, 0);
        assertThat(key).isEqualTo(hex(sessionKey));

        Rc4 rc4 = new Rc4();
        rc4.init(key);
        ByteBuf message = Unpooled.copiedBuffer("test message", StandardCharsets.US_ASCII);
        rc4.xor(message, 0, message.readableBytes());
        assertThat(ByteBufUtil.getBytes(message)).isEqualTo(hex(cypher));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
