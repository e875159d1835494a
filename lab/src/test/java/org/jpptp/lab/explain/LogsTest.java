package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.lab.explain.LoggedText.explain;
import static org.jpptp.lab.explain.LoggedText.failsFor;
import static org.jpptp.lab.explain.LoggedText.one;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Remedy;
import org.jpptp.client.Setting;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of other programs, each dialect; what is shown of them is made up. */
class LogsTest {
    private static String thread() throws IOException {
        try (InputStream log = LogsTest.class.getResourceAsStream("/seeds/nortel-thread.txt")) {
            assertThat(log).isNotNull();
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void isTheVerdictOnTheThread(Explained call) {
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(call.verdict().sentence())
                .isEqualTo(
                        "The server refuses the encryption that is required (MPPE 40-bit stateless): the peer offered"
                                + " 40-bit stateful with MPPC; allowed is 40-bit stateless.");
        assertThat(call.verdict().failure().remedy().parts())
                .contains(new Remedy.Part.Set(Setting.MPPE, "40"), new Remedy.Part.Set(Setting.MPPE_MODE, "any"));
        assertThat(call.proofs())
                .extracting(rung -> rung.text())
                .contains("CCP ConfNak id=0x1 <mppe -H -M -S +L -D +C>");
    }

    /** With these options a tunnel to such a server comes up: NortelThreadTest. */
    @Test
    void theThreadOfTheNortelGetsTheSentenceAndTheOptions() throws IOException {
        isTheVerdictOnTheThread(one(thread()));
    }

    /** Letters fold lines, quote them, and say other things besides. */
    @Test
    void soItDoesInALetter() throws IOException {
        String folded = thread().lines()
                .map(line -> line.length() < 70 ? line : line.substring(0, 60) + "\n" + line.substring(60))
                .collect(Collectors.joining("\n"));
        isTheVerdictOnTheThread(one("Hi list,\n\nit says MPPE required but peer negotiation failed, why?\n\n\n\n\n\n\n"
                + folded + "\nConnection terminated.\n\nAnd see, again:\n"
                + "rcvd [CCP ConfNak id=0x1 <mppe -H -M -S +L -D +C>]\n"));
    }

    /** Our own client knows whether the keys had worked, and tells the server. */
    @ParameterizedTest
    @CsvSource({
        "out of step, LINK_LOST, lost step with the server",
        "keys differ, KEYS_WRONG, keys are missing or wrong"
    })
    void ourOwnLogTellsALostStepFromOtherKeys(String said, FailureReason reason, String sentence) throws IOException {
        String up = """
                sent [LCP ConfReq id=0x1 <mru 1400>]
                rcvd [LCP ConfReq id=0x1 <auth chap MS-v2>]
                sent [LCP ConfAck id=0x1 <auth chap MS-v2>]
                rcvd [LCP ConfAck id=0x1 <mru 1400>]
                rcvd [CHAP Success id=0x1 "S=00"]
                sent [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                rcvd [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                sent [CCP ConfAck id=0x1 <mppe +H -M +S -L -D -C>]
                rcvd [CCP ConfAck id=0x1 <mppe +H -M +S -L -D -C>]
                sent [IPCP ConfReq id=0x1 <addr 10.0.0.2>]
                rcvd [IPCP ConfReq id=0x1 <addr 10.0.0.1>]
                sent [IPCP ConfAck id=0x1 <addr 10.0.0.1>]
                rcvd [IPCP ConfAck id=0x1 <addr 10.0.0.2>]
                """;
        String rejects = """
                rcvd [LCP ProtRej id=0x2 b4 a6 45 00]
                rcvd [LCP ProtRej id=0x3 00 73 45 00]
                rcvd [LCP ProtRej id=0x4 00 ad 45 00]
                """;
        String end = "sent [LCP TermReq id=0x2 \"" + said + "\"]\n";
        failsFor(reason, sentence, up + end);
        failsFor(reason, sentence, up + rejects + end);
    }

    @Test
    void syslogPutsTimesInFront() throws IOException {
        String log = thread().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> "Dec 21 21:44:02 host pppd[4711]: " + line)
                .collect(Collectors.joining("\n"));
        Explained call = one(log);
        isTheVerdictOnTheThread(call);
        assertThat(call.ladder().get(0).millis()).isZero();
    }

    /** The same from the server's log: who asks for the password is the server. */
    @Test
    void theServersLogGivesTheSameVerdict() throws IOException {
        String log = thread().replace("sent [", "other [")
                .replace("rcvd [", "sent [")
                .replace("other [", "rcvd [");
        isTheVerdictOnTheThread(one(log));
    }

    private static final String LCP_OF_A_SERVER = """
            sent [LCP ConfReq id=0x1 <asyncmap 0x0> <auth %s> <magic 0x11111111>]
            rcvd [LCP ConfReq id=0x1 <mru 1400> <magic 0x22222222>]
            sent [LCP ConfAck id=0x1 <mru 1400> <magic 0x22222222>]
            rcvd [LCP ConfAck id=0x1 <asyncmap 0x0> <auth %s> <magic 0x11111111>]
            """;
    private static final String MSCHAPV2_OF_A_SERVER = LCP_OF_A_SERVER.formatted("chap MS-v2", "chap MS-v2") + """
            sent [CHAP Challenge id=0xc8 <000102030405060708090a0b0c0d0e0f>, name = "(none)"]
            rcvd [CHAP Response id=0xc8 <00>, name = "alice"]
            sent [CHAP Success id=0xc8 "S=00 M=Access granted"]
            """;

    /** What it had agreed to it takes back; what it never agreed to it refuses. */
    @Test
    void aServerThatRejectsIpcpHasEndedTheLinkOrNeverGaveAnAddress() throws IOException {
        String before = MSCHAPV2_OF_A_SERVER + """
                sent [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                rcvd [CCP ConfReq id=0xb8 <mppe +H -M +S -L -D -C>]
                sent [CCP ConfAck id=0xb8 <mppe +H -M +S -L -D -C>]
                rcvd [CCP ConfAck id=0x1 <mppe +H -M +S -L -D -C>]
                """;
        String agreed = """
                sent [IPCP ConfReq id=0x1 <addr 192.168.77.1>]
                rcvd [IPCP ConfReq id=0x9 <addr 192.168.77.10>]
                sent [IPCP ConfAck id=0x9 <addr 192.168.77.10>]
                rcvd [IPCP ConfAck id=0x1 <addr 192.168.77.1>]
                """;
        String rejected = """
                sent [LCP ProtRej id=0x2 80 21 01 09 00 0a 03 06 00 00 00 00]
                rcvd [LCP TermReq id=0x63]
                sent [LCP TermAck id=0x63]
                Connection terminated.
                """;
        failsFor(FailureReason.ADDRESSES_REFUSED, "the peer rejects IPCP.", before + rejected);
        failsFor(FailureReason.ENDED_BY_SERVER, "the peer rejects IPCP, which it had", before + agreed + rejected);
    }

    private static void isRefusedEncryption(Explained call, String sentence) {
        assertThat(call.verdict().failure()).as(call.verdict().sentence()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(call.verdict().sentence()).contains(sentence);
    }

    /** pppd says nothing of the EAP-Success that it sends. */
    @Test
    void aServersLogShowsNoSuccessOfEap() throws IOException {
        Explained call = one(LCP_OF_A_SERVER.formatted("eap", "eap") + """
                sent [EAP Request id=0xa0 Identity <Message "Name">]
                rcvd [EAP Response id=0xa0 Identity <Name "alice">]
                sent [EAP Request id=0xa2 MSCHAPv2 Challenge <000102030405060708090a0b0c0d0e0f>, <Name "(none)">]
                rcvd [EAP Response id=0xa2 MSCHAPv2 Response <00>, <Name "alice">]
                EAP: MSCHAPv2 success for peer alice
                sent [EAP Request id=0xa3 MSCHAPv2 Success <Message "S=7B M=Access granted">...]
                sent [IPCP ConfReq id=0x1 <addr 192.168.77.1>]
                rcvd [EAP Response id=0xa3 MSCHAPv2 Success]
                EAP: MSCHAPv2 success confirmed
                rcvd [CCP ConfReq id=0xb8 <mppe +H -M +S -L -D -C>]
                sent [CCP ConfReq id=0x1]
                sent [CCP ConfRej id=0xb8 <mppe +H -M +S -L -D -C>]
                rcvd [LCP TermReq id=0x63 "encryption refused"]
                LCP terminated by peer (encryption refused)
                sent [LCP TermAck id=0x63]
                Connection terminated.
                """);
        isRefusedEncryption(call, "the peer rejects MPPE 128-bit stateless");
    }

    /** The client's Nak and the end of the link cross; or it does not arrive at all. */
    @ParameterizedTest
    @ValueSource(strings = {"rcvd [CCP ConfNak id=0x1 <mppe -H -M -S +L -D -C>]", "Modem hangup"})
    void aServersLogShowsTheClientsRefusalAfterItsEnd(String late) throws IOException {
        Explained call = one(MSCHAPV2_OF_A_SERVER + """
                sent [CCP ConfReq id=0x1 <mppe +H -M -S +L -D -C>]
                rcvd [CCP ConfReq id=0xbd <mppe +H -M +S -L -D -C>]
                MPPE required but peer negotiation failed
                sent [LCP TermReq id=0x2 "MPPE required but peer negotiation failed"]
                sent [CCP ConfRej id=0xbd <mppe +H -M +S -L -D -C>]
                rcvd [CCP ConfNak id=0x1 <mppe +H -M +S -L -D -C>]
                Discarded non-LCP packet when LCP not open
                Modem hangup
                Connection terminated.
                """);
        isRefusedEncryption(call, "the peer offered 40-bit stateless, then the peer sent a Terminate-Request");
    }

    /** What it says of MPPE is the server's policy, not the client's. */
    @Test
    void aServersLogSaysWhatTheServerRequires() throws IOException {
        Explained call = one(MSCHAPV2_OF_A_SERVER + """
                sent [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                rcvd [LCP ProtRej id=0x1 80 fd 01 01 00 0a 12 06 01 00 00 40]
                Protocol-Reject for 'Compression Control Protocol' (0x80fd) received
                MPPE required but peer negotiation failed
                sent [LCP TermReq id=0x2 "MPPE required but peer negotiation failed"]
                Modem hangup
                Connection terminated.
                """);
        isRefusedEncryption(call, "The server requires encryption: the peer asked for 128-bit stateless");
    }

    @Test
    void withoutDebugThereAreWordsOnly() throws IOException {
        Explained call = one("""
                Jan  5 10:00:01 host pppd[1]: Using interface ppp0
                Jan  5 10:00:01 host pppd[1]: Connect: ppp0 <--> /dev/pts/0
                Jan  5 10:00:02 host pppd[1]: CHAP authentication succeeded
                Jan  5 10:00:02 host pppd[1]: LCP terminated by peer (MPPE required but peer negotiation failed)
                Jan  5 10:00:05 host pppd[1]: Connection terminated.
                """);
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(call.verdict().sentence()).startsWith("The server requires encryption");
    }

    @Test
    void aPasswordThatWasRefusedIsFound() throws IOException {
        Explained call = one("""
                sent [LCP ConfReq id=0x1 <asyncmap 0x0> <magic 0x11111111>]
                rcvd [LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x22222222>]
                sent [LCP ConfAck id=0x1 <auth chap MS-v2> <magic 0x22222222>]
                rcvd [LCP ConfAck id=0x1 <asyncmap 0x0> <magic 0x11111111>]
                rcvd [CHAP Challenge id=0x1 <000102030405060708090a0b0c0d0e0f>, name = "server"]
                sent [CHAP Response id=0x1 <00>, name = "alice"]
                rcvd [CHAP Failure id=0x1 "E=691 R=0 C=00 V=3 M=Access denied"]
                CHAP authentication failed
                Connection terminated.
                """);
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
        assertThat(call.verdict().failure().windowsError()).isEqualTo(691);
        assertThat(call.verdict().sentence()).contains("\"alice\"");
    }

    @Test
    void silenceIsBlockedGre() throws IOException {
        Explained call = one("""
                pptp[7]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 1 'Start-Control-Connection-Request'
                pptp[7]: anon log[ctrlp_disp:pptp_ctrl.c:739]: Received Start Control Connection Reply
                pptp[7]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 7 'Outgoing-Call-Request'
                pptp[7]: anon log[ctrlp_disp:pptp_ctrl.c:858]: Received Outgoing Call Reply.
                pppd[6]: sent [LCP ConfReq id=0x1 <asyncmap 0x0> <magic 0x11111111>]
                pppd[6]: sent [LCP ConfReq id=0x1 <asyncmap 0x0> <magic 0x11111111>]
                pppd[6]: LCP: timeout sending Config-Requests
                pppd[6]: Connection terminated.
                """);
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.GRE_BLOCKED);
        assertThat(call.verdict().sentence()).startsWith("The 2 LCP Configure-Requests were not answered");
    }

    @Test
    void nobodyListens() throws IOException {
        Explained call = one("""
                pptp[7]: anon warn[open_inetsock:pptp_callmgr.c:329]: connect: Connection refused
                pptp[7]: anon fatal[callmgr_main:pptp_callmgr.c:127]: Could not open control connection to 192.0.2.1
                """);
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.REFUSED);
    }

    @Test
    void routerOsPutsOptionsBelow() throws IOException {
        Explained call = one("""
                10:00:01 pptp,ppp,info pptp-out1: connecting to 192.0.2.1
                10:00:01 pptp,ppp,debug,packet  pptp-out1: sent LCP ConfReq id=0x1
                10:00:01 pptp,ppp,debug,packet     <mru 1450>
                10:00:01 pptp,ppp,debug,packet     <magic 0x11111111>
                10:00:01 pptp,ppp,debug,packet  pptp-out1: rcvd LCP ConfReq id=0x1
                10:00:01 pptp,ppp,debug,packet     <auth pap>
                10:00:01 pptp,ppp,debug,packet     <magic 0x22222222>
                10:00:01 pptp,ppp,debug,packet  pptp-out1: sent LCP ConfNak id=0x1
                10:00:01 pptp,ppp,debug,packet     <auth mschap2>
                10:00:02 pptp,ppp,debug,packet  pptp-out1: rcvd LCP ConfReq id=0x2
                10:00:02 pptp,ppp,debug,packet     <auth pap>
                10:00:02 pptp,ppp,debug,packet     <magic 0x22222222>
                10:00:02 pptp,ppp,debug,packet  pptp-out1: sent LCP ConfNak id=0x2
                10:00:02 pptp,ppp,debug,packet     <auth mschap2>
                10:00:03 pptp,ppp,debug,packet  pptp-out1: rcvd LCP TermReq id=0x3
                """);
        assertThat(call.server()).isEqualTo("192.0.2.1");
        assertThat(call.vendor()).isEqualTo("RouterOS");
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.AUTH_METHOD_REFUSED);
        assertThat(call.verdict().sentence()).contains("the server asks for PAP");
        assertThat(call.vendorRemedy()).contains("authentication=mschap2");
    }

    @Test
    void ciscoShowsTheOctetsOfEachOption() throws IOException {
        Explained call = one("""
                *Mar  1 00:00:01.100: Vi1 LCP: O CONFREQ [Listen] id 1 len 15
                *Mar  1 00:00:01.100: Vi1 LCP:    AuthProto MS-CHAP-V2 (0x0305C22381)
                *Mar  1 00:00:01.100: Vi1 LCP:    MagicNumber 0x0A0B0C0D (0x05060A0B0C0D)
                *Mar  1 00:00:01.200: Vi1 LCP: I CONFREQ [REQsent] id 0 len 10
                *Mar  1 00:00:01.200: Vi1 LCP:    MagicNumber 0x01020304 (0x050601020304)
                *Mar  1 00:00:01.201: Vi1 LCP: O CONFACK [REQsent] id 0 len 10
                *Mar  1 00:00:01.201: Vi1 LCP:    MagicNumber 0x01020304 (0x050601020304)
                *Mar  1 00:00:01.300: Vi1 LCP: I CONFACK [ACKsent] id 1 len 15
                *Mar  1 00:00:01.300: Vi1 LCP:    AuthProto MS-CHAP-V2 (0x0305C22381)
                *Mar  1 00:00:01.300: Vi1 LCP:    MagicNumber 0x0A0B0C0D (0x05060A0B0C0D)
                *Mar  1 00:00:01.301: Vi1 MS-CHAP-V2: O CHALLENGE id 1 len 27 from "router"
                *Mar  1 00:00:01.400: Vi1 MS-CHAP-V2: I RESPONSE id 1 len 59 from "alice"
                *Mar  1 00:00:01.500: Vi1 MS-CHAP-V2: O SUCCESS id 1 len 46 msg is "S=0000000000000000000000000000000000000000"
                *Mar  1 00:00:01.600: Vi1 CCP: I CONFREQ [Not negotiated] id 4 len 10
                *Mar  1 00:00:01.600: Vi1 CCP:    MS-PPC supported bits 0x01000040 (0x120601000040)
                *Mar  1 00:00:01.600: Vi1 LCP: O PROTREJ [Open] id 2 len 16 protocol CCP (0x80FD0104000A120601000040)
                *Mar  1 00:00:01.700: Vi1 LCP: I TERMREQ [Open] id 3 len 4
                """);
        assertThat(call.vendor()).isEqualTo("Cisco IOS");
        assertThat(call.verdict().failure()).isNotNull();
        assertThat(call.verdict().failure().reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(call.verdict().sentence()).contains("the peer rejects CCP, encryption is switched off there");
        assertThat(call.vendorRemedy()).contains("ppp encrypt mppe 128");
    }

    @Test
    void windowsShowsThePacketsThemselves() throws IOException {
        Explained call = one("""
                [1234] 10:00:01:100: <PPP packet sent at 01/05/2020 10:00:01:100
                [1234] 10:00:01:100: <Protocol = LCP, Type = Configure-Req, Length = 0x10, Id = 0x0, Port = 1
                [1234] 10:00:01:100: <C0 21 01 00 00 0A 05 06 11 11 11 11             |.!..........|
                [1234] 10:00:01:200: >PPP packet received at 01/05/2020 10:00:01:200
                [1234] 10:00:01:200: >Protocol = LCP, Type = Configure-Req, Length = 0x15, Id = 0x1, Port = 1
                [1234] 10:00:01:200: >C0 21 01 01 00 0F 03 05 C2 23 81 05 06 22 22 22 |.!.......#...""" + "\"\"\"" + """
                |
                [1234] 10:00:01:200: >22                                              |"               |
                """);
        assertThat(call.vendor()).isEqualTo("Windows");
        assertThat(call.ladder())
                .extracting(rung -> rung.text())
                .containsExactly(
                        "LCP ConfReq id=0x0 <magic 0x11111111>",
                        "LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x22222222>");
    }

    @Test
    void whatIsNoLogIsSaidToBeNone() throws IOException {
        for (String text : List.of("Dear all,\nnothing works.\n", "\u0000\u0001\u0002", "\n\n\n")) {
            Explanation explanation = explain(text);
            assertThat(explanation.unusable()).isNotNull();
            assertThat(explanation.unusable().reason()).isEqualTo(FailureReason.NOTHING_TO_EXPLAIN);
        }
    }
}
