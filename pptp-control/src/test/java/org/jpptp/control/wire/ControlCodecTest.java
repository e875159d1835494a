package org.jpptp.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.jpptp.control.wire.DecodeResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlCodecTest {
    private static final boolean RESERVED_SET = true;

    @Test
    void startControlConnectionRequest() {
        check(new StartControlConnectionRequest(0x0100, 3, 1, 0, 0x0A0B, "client.example", "jpptp"), """
                009c                           ; length 156
                0001                           ; PPTP message type 1, control message
                1a2b3c4d                       ; magic cookie
                0001                           ; control message type 1
                0000                           ; reserved0
                0100                           ; protocol version 1.0
                0000                           ; reserved1
                00000003                       ; framing: asynchronous and synchronous
                00000001                       ; bearer: analog
                0000                           ; maximum channels
                0a0b                           ; firmware revision
                636c69656e742e6578616d706c65   ; host name "client.example"
                00*50                          ; ... filled up to 64 octets
                6a70707470                     ; vendor "jpptp"
                00*59                          ; ... filled up to 64 octets
                """);
    }

    @Test
    void startControlConnectionReply() {
        check(new StartControlConnectionReply(0x0100, 2, 4, 2, 3, 65535, 1, "server", "linux"), """
                009c 0001 1a2b3c4d 0002 0000   ; header, type 2
                0100                           ; protocol version 1.0
                02                             ; result: general error
                04                             ; error: no resource
                00000002                       ; framing: synchronous
                00000003                       ; bearer: analog and digital
                ffff                           ; maximum channels
                0001                           ; firmware revision
                736572766572 00*58             ; host name "server"
                6c696e7578 00*59               ; vendor "linux"
                """);
    }

    @Test
    void stopControlConnectionRequest() {
        check(new StopControlConnectionRequest(3), """
                0010 0001 1a2b3c4d 0003 0000   ; header, type 3
                03                             ; reason: local shutdown
                00 0000                        ; reserved1, reserved2
                """);
    }

    @Test
    void stopControlConnectionReply() {
        check(new StopControlConnectionReply(2, 4), """
                0010 0001 1a2b3c4d 0004 0000   ; header, type 4
                02                             ; result: general error
                04                             ; error: no resource
                0000                           ; reserved1
                """);
    }

    @Test
    void echoRequest() {
        check(new EchoRequest(0xDEADBEEFL), """
                0010 0001 1a2b3c4d 0005 0000   ; header, type 5
                deadbeef                       ; identifier
                """);
    }

    @Test
    void echoReply() {
        check(new EchoReply(0xDEADBEEFL, 1, 0), """
                0014 0001 1a2b3c4d 0006 0000   ; header, type 6
                deadbeef                       ; identifier
                01                             ; result: OK
                00                             ; error: none
                0000                           ; reserved1
                """);
    }

    @Test
    void outgoingCallRequest() {
        check(new OutgoingCallRequest(0xBEEF, 0x1234, 300, 100_000_000, 3, 2, 64, 7, "0123", "sub"), """
                00a8 0001 1a2b3c4d 0007 0000   ; header, type 7
                beef                           ; call id
                1234                           ; call serial number
                0000012c                       ; minimum 300 bps
                05f5e100                       ; maximum 100 000 000 bps
                00000003                       ; bearer: any
                00000002                       ; framing: synchronous
                0040                           ; receive window 64 packets
                0007                           ; processing delay 0.7 s
                0004                           ; phone number length
                0000                           ; reserved1
                30313233 00*60                 ; phone number "0123"
                737562 00*61                   ; subaddress "sub"
                """);
    }

    @Test
    void outgoingCallReply() {
        check(new OutgoingCallReply(0x7800, 0xBEEF, 2, 6, 17, 4_294_967_295L, 16384, 5, 0x01020304), """
                0020 0001 1a2b3c4d 0008 0000   ; header, type 8
                7800                           ; call id
                beef                           ; peer's call id
                02                             ; result: general error
                06                             ; error: PAC error
                0011                           ; cause: user busy
                ffffffff                       ; connect speed, the highest that fits
                4000                           ; receive window 16384 packets
                0005                           ; processing delay 0.5 s
                01020304                       ; physical channel id
                """);
    }

    @Test
    void incomingCallRequest() {
        check(new IncomingCallRequest(0x0102, 0x0304, 2, 0x05060708, "0".repeat(64), "49", "sub"), """
                00dc 0001 1a2b3c4d 0009 0000   ; header, type 9
                0102                           ; call id
                0304                           ; call serial number
                00000002                       ; bearer: digital
                05060708                       ; physical channel id
                0040                           ; dialed number length: the whole field
                0002                           ; dialing number length
                30*64                          ; dialed number
                3439 00*62                     ; dialing number "49"
                737562 00*61                   ; subaddress "sub"
                """);
    }

    @Test
    void incomingCallReply() {
        check(new IncomingCallReply(0x0102, 0x0304, 3, 0, 64, 1), """
                0018 0001 1a2b3c4d 000a 0000   ; header, type 10
                0102                           ; call id
                0304                           ; peer's call id
                03                             ; result: do not accept
                00                             ; error: none
                0040                           ; receive window 64 packets
                0001                           ; transmit delay 0.1 s
                0000                           ; reserved1
                """);
    }

    @Test
    void incomingCallConnected() {
        check(new IncomingCallConnected(0x0102, 64000, 32, 2, 1), """
                001c 0001 1a2b3c4d 000b 0000   ; header, type 11
                0102                           ; peer's call id
                0000                           ; reserved1
                0000fa00                       ; connect speed 64 000 bps
                0020                           ; receive window 32 packets
                0002                           ; transmit delay 0.2 s
                00000001                       ; framing: asynchronous
                """);
    }

    @Test
    void callClearRequest() {
        check(new CallClearRequest(0xBEEF), """
                0010 0001 1a2b3c4d 000c 0000   ; header, type 12
                beef                           ; call id
                0000                           ; reserved1
                """);
    }

    @Test
    void callDisconnectNotify() {
        check(new CallDisconnectNotify(0x7800, 1, 0, 16, "rx=1 tx=2"), """
                0094 0001 1a2b3c4d 000d 0000   ; header, type 13
                7800                           ; call id
                01                             ; result: lost carrier
                00                             ; error: none
                0010                           ; cause: normal call clearing
                0000                           ; reserved1
                72783d312074783d32 00*119      ; statistics "rx=1 tx=2", 128 octets
                """);
    }

    @Test
    void wanErrorNotify() {
        check(new WanErrorNotify(0xBEEF, 1, 2, 3, 4, 5, 0xFFFFFFFFL), """
                0028 0001 1a2b3c4d 000e 0000   ; header, type 14
                beef                           ; peer's call id
                0000                           ; reserved1
                00000001                       ; CRC errors
                00000002                       ; framing errors
                00000003                       ; hardware overruns
                00000004                       ; buffer overruns
                00000005                       ; time-out errors
                ffffffff                       ; alignment errors
                """);
    }

    @Test
    void setLinkInfo() {
        check(new SetLinkInfo(0x7800, 0xFFFFFFFFL, 0x000A0000), """
                0018 0001 1a2b3c4d 000f 0000   ; header, type 15
                7800                           ; peer's call id
                0000                           ; reserved1
                ffffffff                       ; send ACCM
                000a0000                       ; receive ACCM
                """);
    }

    private static void check(ControlMessage message, String annotated) {
        ByteBuf octets = Hex.octets(annotated);
        assertThat(ByteBufUtil.hexDump(Samples.encode(message))).isEqualTo(ByteBufUtil.hexDump(octets));
        assertThat(ControlCodec.decode(octets)).isEqualTo(new Decoded(message, !RESERVED_SET));
        assertThat(octets.isReadable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everySampleComesBackAndHasTheLengthOfItsType(MessageType type) {
        ControlMessage message = Samples.of(type);
        ByteBuf octets = Samples.encode(message);
        assertThat(message.type()).isEqualTo(type);
        assertThat(octets.readableBytes()).isEqualTo(type.length());
        assertThat(Samples.decode(octets)).isEqualTo(message);
    }

    @Test
    void reservedFieldsThatAreNotZeroAreNotedAndAccepted() {
        ByteBuf header = Hex.octets("0010 0001 1a2b3c4d 0005 0001 deadbeef");
        assertThat(ControlCodec.decode(header)).isEqualTo(new Decoded(new EchoRequest(0xDEADBEEFL), RESERVED_SET));
        ByteBuf body = Hex.octets("0018 0001 1a2b3c4d 000f 0000 7800 a196 ffffffff ffffffff");
        assertThat(ControlCodec.decode(body))
                .isEqualTo(new Decoded(new SetLinkInfo(0x7800, 0xFFFFFFFFL, 0xFFFFFFFFL), RESERVED_SET));
    }

    @Test
    void textThatFillsItsFieldHasNoNul() {
        String full = "x".repeat(64);
        ControlMessage message = new StartControlConnectionRequest(0x0100, 3, 3, 0, 1, full, full + "cut off");
        assertThat(Samples.decode(Samples.encode(message)))
                .isEqualTo(new StartControlConnectionRequest(0x0100, 3, 3, 0, 1, full, full));
    }

    @Test
    void textEndsBeforeTheFirstNulAndKeepsEveryOtherOctet() {
        ByteBuf octets = Samples.encode(new CallDisconnectNotify(1, 1, 0, 0, "a\u0001\u007f\u00ff\u0000hidden"));
        assertThat(((CallDisconnectNotify) Samples.decode(octets)).statistics()).isEqualTo("a\u0001\u007f\u00ff");
    }

    @Test
    void aPeerOfAnotherProtocolIsFoundOutByItsFirstWrongOctet() {
        ByteBuf banner = Hex.octets("5353482d 32");
        assertThat(ControlCodec.decode(banner)).isEqualTo(new Malformed(Reason.NOT_PPTP, "\"SSH-2\""));
        assertThat(banner.readerIndex()).isZero();
        assertThat(ControlCodec.decode(Hex.octets("5353482d"))).isInstanceOf(NeedMore.class);
    }

    @Test
    void managementMessagesAndUnknownTypesAreMalformed() {
        assertThat(ControlCodec.decode(Hex.octets("0010 0002 1a2b3c4d 0005 0000")))
                .isEqualTo(new Malformed(Reason.NOT_CONTROL, "PPTP message type 2 where control messages have 1"));
        ByteBuf octets = Hex.octets("0010 0001 1a2b3c4d 0000 0000 00000000");
        for (int code = 0; code <= 0xFFFF; code++) {
            octets.setShort(8, code);
            boolean unknown = ControlCodec.decode(octets) instanceof Malformed malformed
                    && malformed.reason() == Reason.UNKNOWN_TYPE;
            assertThat(unknown).as("type %d", code).isEqualTo(code < 1 || code > 15);
            octets.readerIndex(0);
        }
    }
}
