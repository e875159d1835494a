package org.jpptp.control.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void everyMessageIsOneLine() {
        String lines = Samples.all().stream().map(MessageText::describe).collect(Collectors.joining("\n", "", "\n"));
        assertThat(lines).isEqualTo("""
                Start-Control-Connection-Request version=1.0 framing=3 bearer=1 max-channels=0 firmware=2571 \
                host="client.example" vendor="jpptp"
                Start-Control-Connection-Reply version=1.0 result=1 (successful) error=0 framing=2 bearer=3 \
                max-channels=65535 firmware=1 host="server" vendor="linux"
                Stop-Control-Connection-Request reason=3 (being shut down)
                Stop-Control-Connection-Reply result=2 (general error) error=4 (insufficient resources now)
                Echo-Request id=0xdeadbeef
                Echo-Reply id=0xdeadbeef result=1 (OK) error=0
                Outgoing-Call-Request call-id=48879 serial=4660 min-bps=300 max-bps=100000000 bearer=3 framing=2 \
                window=64 delay=7 phone="0123" subaddress="sub"
                Outgoing-Call-Reply call-id=30720 peer-call-id=48879 result=2 (general error) \
                error=6 (vendor-specific error in the PAC) cause=17 (user busy) speed=4294967295 window=16384 delay=5 \
                channel=16909060
                Incoming-Call-Request call-id=258 serial=772 bearer=2 channel=84281096 \
                dialed="0123456789012345678901234567890123456789012345678901234567890123" dialing="49" subaddress="sub"
                Incoming-Call-Reply call-id=258 peer-call-id=772 result=3 (do not accept) error=0 window=64 delay=1
                Incoming-Call-Connected peer-call-id=258 speed=64000 window=32 delay=2 framing=1
                Call-Clear-Request call-id=48879
                Call-Disconnect-Notify call-id=30720 result=1 (lost carrier) error=0 cause=16 (normal call clearing) \
                statistics="rx=1 tx=2"
                WAN-Error-Notify peer-call-id=48879 crc=1 framing=2 hardware-overruns=3 buffer-overruns=4 time-outs=5 \
                alignment=6
                Set-Link-Info peer-call-id=30720 send-accm=0xffffffff receive-accm=0x000a0000
                """);
    }

    @Test
    void whatAPeerSendsCannotLeaveItsQuotes() {
        String everything =
                IntStream.range(1, 0x100).mapToObj(Character::toString).collect(Collectors.joining());
        for (int from = 0; from < everything.length(); from += 64) {
            String part = everything.substring(from, Math.min(from + 64, everything.length()));
            String line = MessageText.describe(new StartControlConnectionReply(0x100, 1, 0, 0, 0, 0, 0, part, part));
            assertThat(line).matches("[ -~]*").matches(".* host=\"(\\\\.|[^\"\\\\])*\" vendor=\"(\\\\.|[^\"\\\\])*\"");
        }
    }

    @Test
    void quotesAreBounded() {
        assertThat(PeerText.quote("abc", 3)).isEqualTo("\"abc\"");
        assertThat(PeerText.quote("abcd", 3)).isEqualTo("\"abc\"...");
        assertThat(PeerText.quote("\"\\\u001b[31m\u00e9\u20ac", 99)).isEqualTo("\"\\x22\\\\\\x1b[31m\\xe9\\u20ac\"");
    }
}
