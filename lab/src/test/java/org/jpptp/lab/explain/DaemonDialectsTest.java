package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.lab.explain.LoggedText.explain;
import static org.jpptp.lab.explain.LoggedText.failsFor;
import static org.jpptp.lab.explain.LoggedText.one;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pptp of Linux and mpd of FreeBSD say; docs/explain-logs.md has logs of people. */
class DaemonDialectsTest {
    static Stream<Arguments> ofPptp() {
        return Stream.of(
                arguments(FailureReason.TIMED_OUT, "got no answer", """
                        host pppd[2]: Connect: ppp0 <--> /dev/pts/3
                        host pppd[2]: LCP: timeout sending Config-Requests
                        host pppd[2]: Connection terminated.
                        host pppd[2]: Exit.
                        host pptp[4]: nm-pptp-service-1 warn[open_inetsock:pptp_callmgr.c:329]: connect: Connection timed out
                        """),
                arguments(FailureReason.TIMED_OUT, "got no answer", """
                        host pppd[2]: Connect: ppp0 <--> /dev/pts/0
                        host pptp[4]: anon warn[open-inetsock:pptp_callmgr.c:329]: connect: NO route to host
                        """),
                arguments(
                        FailureReason.CONTROL_REFUSED,
                        "no answer to Start-Control-Connection-Request within 60 s",
                        """
                        Jun  4 15:22:46 host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 1 'S'
                        Jun  4 15:23:46 host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 3 'S'
                        Jun  4 15:24:46 host pptp[4]: anon log[x]: closing control connection due to missing echo reply
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "ended the control connection. The log does not", """
                        host pptp[4]: anon log[ctrlp_disp:pptp_ctrl.c:788]: Received Stop Control Connection Request.
                        host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 12 'Call-Clear-Request'
                        host pppd[2]: Modem hangup
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "administrative", """
                        host pptp[4]: anon log[ctrlp_disp:pptp_ctrl.c:929]: Call disconnect notification received (call id 0)
                        host pptp[4]: anon log[ctrlp_error:pptp_ctrl.c:199]: Result code is 3 'Administrative Shutdown'. \
                        Error code is 0, Cause code is 0
                        """),
                arguments(FailureReason.LINK_LOST, "did not answer an Echo-Request", """
                        host pptp[4]: anon log[x:pptp_ctrl.c:1049]: closing control connection due to missing echo reply
                        host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 12 'Call-Clear-Request'
                        """),
                arguments(FailureReason.LINK_LOST, "was lost while negotiating the link", """
                        host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:259]: Sent control packet type is 7 'Outgoing-Call-Request'
                        host pptp[4]: anon log[ctrlp_disp:pptp_ctrl.c:939]: Outgoing call established (call ID 1, peer's 2).
                        host pptp[4]: anon log[pptp_read_some:pptp_ctrl.c:586]: read returned zero, peer has closed
                        """),
                arguments(FailureReason.NO_PRIVILEGE, "may not open a raw socket", """
                        anon warn[pptp_gre_bind:pptp_gre.c:82]: socket: Operation not permitted
                        anon fatal[main:pptp.c:275]: Cannot bind GRE socket, aborting.
                        """));
    }

    static Stream<Arguments> ofMpd() {
        return Stream.of(
                arguments(FailureReason.LINK_LOST, "2 LCP Echo-Requests in a row were not answered", """
                        10:50:38 host ppp: [link1] LCP: no reply to 1 echo request(s)
                        10:50:48 host ppp: [link1] LCP: no reply to 2 echo request(s)
                        10:50:48 host ppp: [link1] LCP: peer not responding to echo requests
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "ended the link during authentication", """
                        [L1] LCP: auth: peer wants EAP, I want CHAP
                        [L1] CHAP: sending CHALLENGE #1 len: 30
                        [L1] EAP: rec'd REQUEST #171 len: 5, type: Identity
                        [L1] EAP: sending RESPONSE #171 len: 14, type: Identity
                        [L1] LCP: rec'd Terminate Request #3 (Opened)
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "\"alice\"", """
                        ppp[4]: [L1] CHAP: rec'd CHALLENGE #1 len: 28
                        ppp[4]: [L1]   Name: "server"
                        ppp[4]: [L1] CHAP: Using authname "alice"
                        ppp[4]: [L1] CHAP: sending RESPONSE #1 len: 61
                        ppp[4]: [L1] CHAP: rec'd FAILURE #1 len: 24
                        ppp[4]: [L1]   MESG: E=691 R=0 M=Access denied
                        """));
    }

    @ParameterizedTest
    @MethodSource({"ofPptp", "ofMpd"})
    void wordsAreAVerdict(FailureReason reason, String sentence, String log) throws IOException {
        failsFor(reason, sentence, log);
    }

    /** Which of two processes of pptp says something is told by its number. */
    @Test
    void eachControlConnectionIsOfACallOfItsOwn() throws IOException {
        Explanation explanation = explain("""
                host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 1 'S'
                host pptp[6]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 1 'S'
                host pptp[6]: anon log[ctrlp_disp:pptp_ctrl.c:738]: Received Start Control Connection Reply
                host pppd[2]: Connect: ppp0 <--> /dev/pts/0
                host pptp[6]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 7 'O'
                host pptp[6]: anon log[ctrlp_disp:pptp_ctrl.c:857]: Received Outgoing Call Reply.
                host pptp[4]: anon log[ctrlp_rep:pptp_ctrl.c:251]: Sent control packet type is 3 'S'
                """);
        assertThat(explanation.calls()).hasSize(2);
        assertThat(explanation.calls().get(0).verdict().sentence()).contains("answer to our start request");
        assertThat(explanation.calls().get(1).verdict().sentence()).contains("while negotiating the link (LCP)");
    }

    @Test
    void mpdPutsOptionsBelow() throws IOException {
        Explained call = one("""
                Feb 4 13:56:38 l2tps: [l2tp0] LCP: Up event
                Feb 4 13:56:38 l2tps: [l2tp0] LCP: SendConfigReq #1
                Feb 4 13:56:38 l2tps: MRU 1500
                Feb 4 13:56:38 l2tps: MAGICNUM 2ded8fa2
                Feb 4 13:56:38 l2tps: AUTHPROTO CHAP MSOFTv2
                Feb 4 13:56:39 l2tps: [l2tp0] CHAP: sending CHALLENGE len:20
                Feb 4 13:56:40 l2tps: [l2tp0] CCP: SendConfigReq #1
                Feb 4 13:56:40 l2tps: MPPC
                Feb 4 13:56:40 l2tps: 0x01000040:MPPE(128 bits), stateless
                Feb 4 13:56:40 l2tps: [l2tp0] LCP: rec'd Protocol Reject #7 (Opened)
                Feb 4 13:56:40 l2tps: [l2tp0] LCP: protocol CCP was rejected
                Feb 4 13:56:40 l2tps: [l2tp0] IPCP: rec'd Configure Request #9 (Ack-Rcvd)
                Feb 4 13:56:40 l2tps: IPADDR 10.0.0.2
                Feb 4 13:56:40 l2tps: 10.0.0.2 is OK
                """);
        assertThat(call.ladder().get(0).text())
                .isEqualTo("LCP ConfReq id=0x1 <mru 1500> <magic 0x2ded8fa2> <auth chap MS-v2>");
        assertThat(call.ladder().get(0).from().name()).isEqualTo("SERVER");
        assertThat(call.ladder())
                .extracting(rung -> rung.text())
                .contains("CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>", "IPCP ConfReq id=0x9 <addr 10.0.0.2>");
    }

    /** What it says of the link stands in brackets, or nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"ppp[4]: [wan_link0] ", "    "})
    void mpdTellsOfTunnelsThatAreUp(String head) throws IOException {
        Explained call = one("""
                LCP: SendConfigReq #1
                LCP: rec'd Configure Request #43 (Req-Sent)
                  AUTHPROTO PAP
                LCP: SendConfigAck #43
                  AUTHPROTO PAP
                LCP: rec'd Configure Ack #1 (Ack-Sent)
                LCP: auth: peer wants PAP, I want nothing
                PAP: using authname "alice"
                LCP: authorization successful
                IPCP: SendConfigReq #1
                  IPADDR 10.0.0.2
                IPCP: rec'd Configure Request #1 (Req-Sent)
                  IPADDR 10.0.0.1
                IPCP: SendConfigAck #1
                  IPADDR 10.0.0.1
                IPCP: rec'd Configure Ack #1 (Ack-Sent)
                  IPADDR 10.0.0.2
                IPCP: LayerUp
                LCP: Down event
                """.replaceAll("(?m)^(?=.)", head));
        assertThat(call.verdict().failure()).isNull();
        assertThat(call.verdict().sentence()).contains("still is where the record ends");
    }
}
