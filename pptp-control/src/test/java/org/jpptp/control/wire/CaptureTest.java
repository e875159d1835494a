package org.jpptp.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import org.jpptp.control.wire.CaptureReader.Segment;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.junit.jupiter.api.Test;

/** What implementations that are not ours said to each other. */
class CaptureTest {
    @Test
    void controlConnectionFromStartToDisconnect() throws IOException {
        assertThat(text("control-connection.pcap")).isEqualTo("""
                C Start-Control-Connection-Request version=1.0 framing=3 bearer=3 max-channels=65535 firmware=1 \
                host="local" vendor="cananian"
                S Start-Control-Connection-Reply version=1.0 result=1 (successful) error=0 framing=2 bearer=3 \
                max-channels=0 firmware=0 host="" vendor="Microsoft"
                C Outgoing-Call-Request call-id=0 serial=0 min-bps=2400 max-bps=10000000 bearer=3 framing=3 window=3 \
                delay=0 phone="" subaddress=""
                S Outgoing-Call-Reply call-id=11755 peer-call-id=0 result=1 (connected) error=0 cause=0 \
                speed=14945108 window=16384 delay=0 channel=0
                S Set-Link-Info peer-call-id=0 send-accm=0x00000000 receive-accm=0xffffffff (reserved set)
                S Set-Link-Info peer-call-id=0 send-accm=0xffffffff receive-accm=0xffffffff (reserved set)
                C Call-Clear-Request call-id=0
                S Call-Disconnect-Notify call-id=0 result=0 (not a code of RFC 2637) error=0 cause=0 statistics=""
                """);
    }

    @Test
    void linuxToPoptop() throws IOException {
        assertThat(text("pptp-linux-to-poptop-2012.pcap")).isEqualTo("""
                C Start-Control-Connection-Request version=1.0 framing=3 bearer=3 max-channels=65535 firmware=1 \
                host="local" vendor="cananian"
                S Start-Control-Connection-Reply version=1.0 result=1 (successful) error=0 framing=0 bearer=0 \
                max-channels=1 firmware=1 host="local" vendor="linux"
                C Outgoing-Call-Request call-id=0 serial=0 min-bps=2400 max-bps=10000000 bearer=3 framing=3 window=3 \
                delay=0 phone="" subaddress=""
                S Outgoing-Call-Reply call-id=30720 peer-call-id=0 result=1 (connected) error=0 cause=0 \
                speed=10000000 window=3 delay=0 channel=0
                C Call-Clear-Request call-id=0
                """);
    }

    @Test
    void windowsToPoptop() throws IOException {
        assertThat(text("windows-xp-control.pcap")).isEqualTo("""
                C Start-Control-Connection-Request version=1.0 framing=1 bearer=1 max-channels=0 firmware=2160 \
                host="" vendor="Microsoft Windows NT"
                S Start-Control-Connection-Reply version=1.0 result=1 (successful) error=0 framing=0 bearer=0 \
                max-channels=1 firmware=1 host="local" vendor="MoretonBay"
                C Outgoing-Call-Request call-id=0 serial=30760 min-bps=300 max-bps=100000000 bearer=3 framing=3 \
                window=64 delay=0 phone="" subaddress=""
                S Outgoing-Call-Reply call-id=0 peer-call-id=0 result=1 (connected) error=0 cause=0 \
                speed=100000000 window=64 delay=0 channel=0
                C Set-Link-Info peer-call-id=0 send-accm=0xffffffff receive-accm=0xffffffff
                """);
    }

    /** Every message of both directions; each is encoded again and compared, unless it uses reserved fields. */
    private static String text(String capture) throws IOException {
        StringBuilder text = new StringBuilder();
        ControlStream client = new ControlStream();
        ControlStream server = new ControlStream();
        for (Segment segment : CaptureReader.read(capture)) {
            ControlStream stream = segment.fromServer() ? server : client;
            DecodeResult result = stream.next(segment.payload());
            while (result instanceof Decoded decoded) {
                text.append(segment.fromServer() ? "S " : "C ").append(MessageText.describe(decoded.message()));
                text.append(decoded.reservedSet() ? " (reserved set)\n" : "\n");
                if (!decoded.reservedSet()) {
                    assertThat(ByteBufUtil.hexDump(Samples.encode(decoded.message())))
                            .isEqualTo(ByteBufUtil.hexDump(stream.octets()));
                }
                result = stream.next(segment.payload());
            }
            assertThat(result).isInstanceOf(NeedMore.class);
        }
        assertThat(client.unfinishedOctets() + server.unfinishedOctets()).isZero();
        return text.toString();
    }
}
