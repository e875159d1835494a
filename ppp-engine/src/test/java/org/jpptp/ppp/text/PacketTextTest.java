package org.jpptp.ppp.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.jpptp.ppp.wire.PppProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTextTest {
    private static final int[] PROTOCOLS = {
        PppProtocol.LCP,
        PppProtocol.CHAP,
        PppProtocol.CCP,
        PppProtocol.IPCP,
        PppProtocol.PAP,
        PppProtocol.EAP,
        PppProtocol.IPV6CP,
        PppProtocol.CBCP,
        0x1234
    };

    /** Lines of pppd's log of the Nortel case, and of every other option and code. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c021 | 01 01 0014 0104 0578 0506 68699bb0 0702 0802 | LCP ConfReq id=0x1 <mru 1400> <magic 0x68699bb0> <pcomp> <accomp>
            c021 | 01 ca 001d 0104 05dc 0206 000a0000 0305 c22381 0506 0f7e591a 0702 0802 | LCP ConfReq id=0xca <mru 1500> <asyncmap 0xa0000> <auth chap MS-v2> <magic 0xf7e591a> <pcomp> <accomp>
            c021 | 03 02 0013 0304 c023 0304 c227 0304 c027 0305 c22305 | LCP ConfNak id=0x2 <auth pap> <auth eap> <auth 0xc027> <auth chap MD5>
            c021 | 04 02 0011 0304 c023 0304 c227 0305 c22305 | LCP ConfRej id=0x2 <auth pap> <auth eap> <auth chap MD5>
            c021 | 02 02 000e 0305 c22380 0305 c22307 | LCP ConfAck id=0x2 <auth chap MS> <auth chap 07>
            c021 | 01 00 001b 0d03 06 1104 064e 1305 01abcd 1305 030102 1702 0404 c025 | LCP ConfReq id=0x0 <callback CBCP> <mrru 1614> <endpoint [local:ab.cd]> <endpoint [MAC:01:02]> < 17 02> <quality lqr>
            c021 | 09 00 0008 68699bb0 | LCP EchoReq id=0x0 magic=0x68699bb0
            c021 | 0a 00 000a 0f7e591a 983a | LCP EchoRep id=0x0 magic=0xf7e591a 98 3a
            c021 | 05 02 0009 68656c6c6f | LCP TermReq id=0x2 "hello"
            c021 | 05 02 0008 00 3c cd 74 | LCP TermReq id=0x2 00 3c cd 74
            c021 | 06 02 0004 | LCP TermAck id=0x2
            c021 | 08 03 000c 80fd 01 01 0006 1206 | LCP ProtRej id=0x3 80 fd 01 01 00 06 12 06
            c021 | 07 03 0008 0c 02 0004 | LCP CodeRej id=0x3 0c 02 00 04
            c021 | 0c 01 000d 00000001 4d53524153 | LCP Ident id=0x1 magic=0x1 "MSRAS"
            c021 | 0d 01 000c 00000001 0000003c | LCP TimeRem id=0x1 magic=0x1 seconds=60
            c021 | 14 01 0004 | LCP code=0x14 id=0x1
            c223 | 01 02 000b 02 752e 6e616d65 | CHAP Challenge id=0x2 <752e>, name = "name"
            c223 | 02 02 0008 01 ff 785c | CHAP Response id=0x2 <ff>, name = "x\\\\"
            c223 | 03 02 0008 533d414c | CHAP Success id=0x2 "S=AL"
            c223 | 04 02 0008 453d 0a 07 | CHAP Failure id=0x2 "E=\\n\\007"
            c223 | 07 02 0008 01020304 | CHAP ChgPwd id=0x2 01 02 03 04
            80fd | 01 01 000a 1206 01000020 | CCP ConfReq id=0x1 <mppe +H -M -S +L -D -C>
            80fd | 03 01 000a 1206 00000021 | CCP ConfNak id=0x1 <mppe -H -M -S +L -D +C>
            80fd | 01 04 000a 1206 010000f1 | CCP ConfReq id=0x4 <mppe +H +M +S +L +D +C>
            80fd | 01 04 000a 1206 01000042 | CCP ConfReq id=0x4 <mppe +H -M +S -L -D -C +U (01 00 00 42)>
            80fd | 01 04 0011 1a04 7800 1804 7800 1503 2f 0102 | CCP ConfReq id=0x4 <deflate 15> <deflate(old#) 15> <bsd v1 15> <predictor 1>
            80fd | 0e 01 0004 | CCP ResetReq id=0x1
            80fd | 0f 01 0004 | CCP ResetAck id=0x1
            8021 | 01 2e 0010 0306 ac1f01fc 0206 002d 0700 | IPCP ConfReq id=0x2e <addr 172.31.1.252> <compress VJ 07 00>
            8021 | 06 2e 0004 | IPCP TermAck id=0x2e
            8021 | 03 01 0016 8106 01020304 8306 05060708 8206 090a0b0c | IPCP ConfNak id=0x1 <ms-dns1 1.2.3.4> <ms-dns2 5.6.7.8> <ms-wins 9.10.11.12>
            8021 | 01 01 000e 010a 01020304 05060708 | IPCP ConfReq id=0x1 <addrs 1.2.3.4 5.6.7.8>
            8057 | 01 01 000e 010a 0102030405060708 | IPV6CP ConfReq id=0x1 <addr fe80::0102:0304:0506:0708>
            c023 | 01 01 000f 04 75736572 05 7365637274 | PAP AuthReq id=0x1 user="user" password=<hidden>
            c023 | 03 01 0007 02 6e6f | PAP AuthNak id=0x1 "no"
            c227 | 01 01 0005 01 | EAP Request id=0x1 Identity <No message>
            c227 | 01 01 0008 01 77686f | EAP Request id=0x1 Identity <Message "who">
            c227 | 02 01 000a 01 616c696365 | EAP Response id=0x1 Identity <Name "alice">
            c227 | 01 02 0007 02 6869 | EAP Request id=0x2 Notification <Message "hi">
            c227 | 02 02 0005 02 | EAP Response id=0x2 Notification
            c227 | 02 02 0006 03 1a | EAP Response id=0x2 Nak <Suggested-type 1a (MSCHAPv2)>
            c227 | 02 02 0006 03 63 | EAP Response id=0x2 Nak <Suggested-type 63>
            c227 | 01 02 000c 04 02 0102 67617465 | EAP Request id=0x2 MD5-Challenge <Value 0102> <Name "gate">
            c227 | 02 02 0008 04 02 0102 | EAP Response id=0x2 MD5-Challenge <Value 0102> <No name>
            c227 | 01 02 0006 04 02 | EAP Request id=0x2 MD5-Challenge 02
            c227 | 01 02 000f 1a 01 07 000a 02 0102 67 61 | EAP Request id=0x2 MSCHAPv2 Challenge id=0x7 <0102>, <Name "ga">
            c227 | 02 02 000f 1a 02 07 000a 02 0102 61 6c | EAP Response id=0x2 MSCHAPv2 Response id=0x7 <0102>, <Name "al">
            c227 | 01 03 000d 1a 03 07 0008 533d4142 | EAP Request id=0x3 MSCHAPv2 Success id=0x7 <Message "S=AB">
            c227 | 01 03 000d 1a 04 07 0008 453d363931 | EAP Request id=0x3 MSCHAPv2 Failure id=0x7 <Message "E=691">
            c227 | 02 03 0006 1a 03 | EAP Response id=0x3 MSCHAPv2 Success
            c227 | 02 03 0006 1a 09 | EAP Response id=0x3 MSCHAPv2 opcode=0x9
            c227 | 01 03 0006 0d 20 | EAP Request id=0x3 TLS 20
            c227 | 01 03 0006 63 20 | EAP Request id=0x3 type=0x63 20
            c227 | 02 03 0009 06 73656372 | EAP Response id=0x3 Generic-Token <hidden>
            c227 | 01 03 0004 | EAP Request id=0x3 <missing type>
            c227 | 03 03 0004 | EAP Success id=0x3
            c227 | 04 03 0004 | EAP Failure id=0x3
            c029 | 01 02 0004 | CBCP 01 02 00 04
            1234 | 01 02 0000 | proto=0x1234 01 02 00 04
            """)
    void isWhatPppdWrites(String protocol, String packet, String expected) {
        ByteBuf octets = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet.replace(" ", "")));
        // The length fields above only keep the place.
        octets.setShort(2, octets.readableBytes());
        assertThat(PacketText.describe(Integer.parseInt(protocol, 16), octets)).isEqualTo(expected);
        assertThat(octets.readerIndex()).isZero();
    }

    /** A pasted trace is no login that can be broken. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c223 | 01 01 0000 10 000102030405060708090a0b0c0d0e0f 6e 61 | CHAP Challenge id=0x1 <00010203...>, name = "na"
            c223 | 03 01 0000 533d3031323334353637383941424344454631323334 | CHAP Success id=0x1 "S=01234567..."
            c227 | 01 01 0000 04 10 000102030405060708090a0b0c0d0e0f 6e | EAP Request id=0x1 MD5-Challenge <Value 00010203...> <Name "n">
            c227 | 01 01 0000 0d 000102030405060708090a0b | EAP Request id=0x1 TLS 00 01 02 03 ...
            c223 | 07 09 0000 0001020304050607 | CHAP ChgPwd id=0x9 00 01 02 03 ...
            c021 | 01 01 0000 0506 0011223344 | LCP ConfReq id=0x1 <magic 0x112233> 44
            """)
    void forOthersChallengesAndResponsesAreShort(String protocol, String packet, String expected) {
        ByteBuf octets = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(packet.replace(" ", "")));
        octets.setShort(2, octets.readableBytes());
        assertThat(PacketText.describeForOthers(Integer.parseInt(protocol, 16), octets))
                .isEqualTo(expected);
    }

    /** Nothing in it is clear, but nobody needs the 516 octets of the new password. */
    @Test
    void aChangePasswordIsShort() {
        ByteBuf packet = Unpooled.buffer();
        packet.writeByte(7).writeByte(9).writeShort(586).writeZero(516);
        for (int i = 0; i < 66; i++) {
            packet.writeByte(i);
        }
        assertThat(PacketText.describe(PppProtocol.CHAP, packet))
                .isEqualTo("CHAP ChgPwd id=0x9 <516 encrypted octets> <000102030405060708090a0b0c0d0e0f>"
                        + " <101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                        + "303132333435363738393a3b3c3d3e3f> 40 41");
    }

    @Test
    void anythingIsDescribed() {
        Random random = new Random(1661);
        byte[] octets = new byte[80];
        for (int i = 0; i < 50_000; i++) {
            random.nextBytes(octets);
            octets[0] = (byte) random.nextInt(17);
            octets[2] = 0;
            octets[3] = (byte) random.nextInt(81);
            octets[5] = (byte) random.nextInt(12);
            ByteBuf packet = Unpooled.wrappedBuffer(octets, 0, random.nextInt(81));
            int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
            assertThatCode(() -> assertThat(PacketText.describe(protocol, packet))
                            .matches("[ -~]+")
                            .hasSizeLessThan(1000))
                    .as(ByteBufUtil.hexDump(packet))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void passwordsAreNeverShown() {
        byte[] request = ByteBufUtil.decodeHexDump("0101000f0475736572057365637274");
        for (int octet = 4; octet < 10; octet++) {
            for (int value = 0; value < 256; value++) {
                byte[] damaged = request.clone();
                damaged[octet] = (byte) value;
                String text = PacketText.describe(PppProtocol.PAP, Unpooled.wrappedBuffer(damaged));
                assertThat(text).doesNotContain("secrt").doesNotContain("7365637274");
            }
        }
    }

    @Test
    void textOfThePeerIsHarmless() {
        assertThat(PeerText.escape(Unpooled.wrappedBuffer(new byte[] {'a', 27, '\\', '\n', (byte) 0xff})))
                .isEqualTo("a\\x1b\\\\\\x0a\\xff");
        assertThat(PeerText.escape(Unpooled.wrappedBuffer(new byte[5000]))).hasSizeLessThan(1100);
    }
}
