package org.jpptp.lab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jpptp.lab.explain.LoggedText.explain;
import static org.jpptp.lab.explain.LoggedText.failsFor;
import static org.jpptp.lab.explain.LoggedText.one;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs say without packets, and where their logs begin; docs/explain-logs.md has logs of people. */
class DialectsTest {
    private static Failure failure(Explained call) {
        return Objects.requireNonNull(call.verdict().failure(), call.verdict().sentence());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(FailureReason.CREDENTIALS_REJECTED, "rejected its name or its password", """
                        10:00:00 pptp,ppp,info pptp-out1: initializing...
                        10:00:01 pptp,ppp,info pptp-out1: terminating... - failed to authenticate ourselves to peer
                        10:00:01 pptp,ppp,info pptp-out1: disconnected
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "rejected its name or its password", """
                        2026.06.01-10:00:00 <192.0.2.10>: Service ping on core is now up (ok)
                        2026.06.01-10:00:00 <192.0.2.10>: pptp,ppp,info edge: alice-out: initializing...
                        2026.06.01-10:00:01 <192.0.2.10>: pptp,ppp,info edge: alice-out: terminating... - failed to authenticate ourselves to peer
                        2026.06.01-10:00:01 <192.0.2.10>: ipsec,info edge: respond new phase 1 (Identity Protection)
                        """),
                arguments(FailureReason.LINK_LOST, "the other side does not respond", """
                        10:00:00 pptp,info TCP connection established from 192.0.2.2
                        10:00:01 pptp,ppp,info <pptp-alice>: connected
                        10:05:00 pptp,ppp,info <pptp-alice>: terminating... - peer is not responding
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "The server rejected", """
                        10:00:00 pptp,info TCP connection established from 192.0.2.2
                        10:00:01 pptp,ppp,error <192.0.2.2>: user alice authentication failed
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "The server rejected", """
                        10:00:01 pptp,ppp,error <31292>: user alice authentication failed - wrong password
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "The server rejected", """
                        <31292>: user alice authentication failed
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "RADIUS server did not answer", """
                        10:00:01 pptp,ppp,error <31292>: user alice authentication failed - radius timeout
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "RADIUS server did not answer", """
                        <31292>: user alice authentication failed - radius timeout\s
                        """),
                arguments(
                        FailureReason.ENDED_BY_SERVER,
                        "ended the link: the peer sent a Terminate-Request: \"Peer not",
                        """
                        10:00:00 pptp,ppp,debug,packet  pptp-out1: rcvd LCP TermReq id=0x4
                        10:00:00 pptp,ppp,debug,packet     Peer not responding
                        """),
                arguments(FailureReason.ENDED_BY_SERVER, "AAA server, mostly RADIUS, did not answer", """
                        Vi1 CHAP: O CHALLENGE id 1 len 27 from "router"
                        Vi1 CHAP: I RESPONSE id 1 len 26 from "alice"
                        Vi1 CHAP: O FAILURE id 1 len 25 msg is "Authentication failed"
                        Vi1 PPP DISC: AAA Server did not respond
                        Vi1 LCP: O TERMREQ [Open] id 3 len 4
                        """),
                arguments(
                        FailureReason.GRE_BLOCKED,
                        "The 5 LCP Configure-Requests were not answered",
                        """
                        *Mar 1 04:00:00.000: Vi1 PPP: Treating connection as a callout
                        *Mar 1 04:00:00.000: Vi1 LCP: O CONFREQ [Closed] id 1 Len 10
                        *Mar 1 04:00:00.000: Vi1 LCP: MagicNumber 0x01020304 (0x050601020304)
                        """ + """
                        *Mar 1 04:00:02.000: Vi1 LCP: TIMEout: State REQsent
                        *Mar 1 04:00:02.000: Vi1 LCP: O CONFREQ [REQsent] id 2 Len 10
                        *Mar 1 04:00:02.000: Vi1 LCP: MagicNumber 0x01020304 (0x050601020304)
                        """.repeat(4) + "*Mar 1 04:00:08.000: Vi1 LCP: TIMEout: State REQsent\n"),
                arguments(FailureReason.AUTH_METHOD_REFUSED, "has no name and password for the way", """
                        Vi2 LCP: I CONFREQ [ACKrcvd] id 2 len 19
                        Vi2 LCP:    AuthProto CHAP (0x0305C22305)
                        Vi2 PPP: Received SENDAUTH Response FAIL
                        Vi2 CHAP: Unable to authenticate for peer
                        Vi2 PPP DISC: User failed CHAP authentication
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "name or the password of \"alice\"", """
                        Vi1 LCP: I CONFREQ [ACKrcvd] id 203 Len 14
                        Vi1 LCP: AuthProto PAP (0x0304C023)
                        Vi1 LCP: O CONFACK [ACKrcvd] id 203 Len 14
                        Vi1 LCP: AuthProto PAP (0x0304C023)
                        Vi1 PAP: O AUTH−REQ id 9 Len 14 from "alice"
                        Vi1 PAP: I AUTH−NAK id 9 Len 27 msg is "Authentication failure"
                        Vi1 LCP: I TERMREQ [Open] id 204 Len 4
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "it says \"Authentication failure\"", """
                        Vi1 CHAP: I CHALLENGE id 1 Len 25 from "isp"
                        Vi1 CHAP: O RESPONSE id 1 Len 26 from "alice"
                        Vi1 CHAP: I FAILURE id 1 Len 26 MSG is "Authentication failure"
                        """),
                arguments(FailureReason.LINK_LOST, "5 LCP Echo-Requests in a row were not answered", """
                        Jan  5 09:00:01 host pppd[1]: local  IP address 10.0.0.2
                        Jan  5 10:00:01 host pppd[1]: No response to 5 echo-requests
                        Jan  5 10:00:01 host pppd[1]: Serial link appears to be disconnected.
                        Jan  5 10:00:04 host pppd[1]: Modem hangup
                        Jan  5 10:00:04 host pppd[1]: Connection terminated.
                        """),
                arguments(FailureReason.CREDENTIALS_REJECTED, "The server rejected", """
                        Jan  5 10:00:01 host pppd[1]: Connect: ppp0 <--> pptp (192.0.2.2)
                        Jan  5 10:00:01 host pppd[1]: Peer alice failed CHAP authentication
                        Jan  5 10:00:02 host pppd[1]: Connection terminated.
                        """),
                arguments(FailureReason.LINK_LOST, "ended while it was up, without a word of PPP", """
                        host pppd[2]: Connect: ppp0 <--> /dev/pts/2
                        host pppd[2]: local  IP address 10.0.0.2
                        host pppd[2]: Modem hangup
                        host pppd[2]: sent [LCP TermReq id=0x2 "MPPE disabled"]
                        host pppd[2]: Connection terminated.
                        """),
                arguments(FailureReason.LINK_LOST, "ended while it was up, without a word of PPP", """
                        sent [LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x1a2b3c4d>]
                        rcvd [LCP ConfReq id=0x1 <mru 1400> <magic 0x11223344>]
                        sent [LCP ConfAck id=0x1 <mru 1400> <magic 0x11223344>]
                        rcvd [LCP ConfAck id=0x1 <auth chap MS-v2> <magic 0x1a2b3c4d>]
                        local  IP address 192.168.77.1
                        Modem hangup
                        sent [LCP TermReq id=0x2 "MPPE disabled"]
                        Connection terminated.
                        """),
                arguments(FailureReason.GRE_BLOCKED, "were not answered, and nothing else came", """
                        Connect: ppp0 <--> /dev/pts/0
                        sent [LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x1a2b3c4d>]
                        sent [LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x1a2b3c4d>]
                        sent [LCP ConfReq id=0x1 <auth chap MS-v2> <magic 0x1a2b3c4d>]
                        Modem hangup
                        Connection terminated.
                        """),
                arguments(FailureReason.KEYS_WRONG, "protocols that we never sent (0xb4a6, 0x73, 0xad)", """
                        sent [LCP ConfReq id=0x1 <mru 1400>]
                        rcvd [LCP ConfReq id=0x1 <auth chap MS-v2>]
                        sent [LCP ConfAck id=0x1 <auth chap MS-v2>]
                        rcvd [LCP ConfAck id=0x1 <mru 1400>]
                        rcvd [CHAP Success id=0x1 "S=00"]
                        sent [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                        rcvd [CCP ConfReq id=0x1 <mppe +H -M +S -L -D -C>]
                        sent [CCP ConfAck id=0x1 <mppe +H -M +S -L -D -C>]
                        rcvd [CCP ConfAck id=0x1 <mppe +H -M +S -L -D -C>]
                        rcvd [LCP ProtRej id=0x2 b4 a6 45 00]
                        rcvd [LCP ProtRej id=0x3 00 73 45 00]
                        rcvd [LCP ProtRej id=0x4 00 ad 45 00]
                        sent [LCP TermReq id=0x2 "keys differ"]
                        """),
                arguments(FailureReason.ENCRYPTION_REFUSED, "The client ended the link: it requires MPPE", """
                        host pptpd[1]: CTRL: Client 192.0.2.2 control connection started
                        host pppd[2]: Connect: ppp1 <--> /dev/pts/2
                        host pppd[2]: LCP terminated by peer (MPPE required but not available)
                        host pppd[2]: Connection terminated.
                        """),
                arguments(FailureReason.INTERRUPTED, "The client ended the link before the tunnel was up", """
                        pptpd[1]: CTRL: Client 192.0.2.2 control connection started
                        pppd[2]: Connect: ppp10 <--> pptp (192.0.2.2)
                        pppd[2]: MPPE 128-bit stateless compression enabled
                        pppd[2]: LCP terminated by peer (2znd^@<M-Mt^@^@^@^@)
                        pppd[2]: Terminating on signal 15
                        """),
                arguments(FailureReason.ADDRESSES_REFUSED, "while addresses were negotiated", """
                        pppd[2]: Connect: ppp10 <--> pptp (192.0.2.2)
                        pppd[2]: MPPE 128-bit stateless compression enabled
                        pppd[2]: LCP terminated by peer
                        """),
                arguments(FailureReason.ADDRESSES_REFUSED, "the peer ended IPCP: \"Could not", """
                        Jan  5 10:00:01 host pppd[1]: Connect: ppp0 <--> pptp (192.0.2.2)
                        Jan  5 10:00:01 host pppd[1]: IPCP terminated by peer (Could not determine local IP address)
                        """),
                arguments(FailureReason.NAME_NOT_FOUND, "name does not resolve", """
                        Connect: ppp0 <--> /dev/pts/0
                        pptp[7]: anon fatal[get_ip_address:pptp.c:437]: getaddrinfo(): Name or service not known
                        Connection terminated.
                        """),
                arguments(FailureReason.NAME_UNANSWERED, "no name server answered", """
                        Connect: ppp0 <--> /dev/pts/0
                        pptp[7]: anon fatal[get_ip_address:pptp.c:437]: getaddrinfo(): Temporary failure in name resolution
                        Connection terminated.
                        """));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void wordsAreAVerdict(FailureReason reason, String sentence, String log) throws IOException {
        failsFor(reason, sentence, log);
    }

    @ParameterizedTest
    @CsvSource({
        "619, ENDED_BY_SERVER",
        "628, ENDED_BY_SERVER",
        "647, ACCOUNT_RESTRICTED",
        "691, CREDENTIALS_REJECTED",
        "718, NOT_UP_IN_TIME",
        "720, ADDRESSES_REFUSED",
        "721, GRE_BLOCKED",
        "734, LINK_NEGOTIATION_FAILED",
        "741, ENCRYPTION_REFUSED",
        "742, ENCRYPTION_REFUSED",
        "778, SERVER_PROOF_WRONG",
        "800, TIMED_OUT",
        "806, GRE_BLOCKED",
        "807, LINK_LOST",
        "809, TIMED_OUT",
        "812, AUTH_METHOD_REFUSED",
        "868, NAME_NOT_FOUND"
    })
    void theClientOfWindowsTellsANumber(int error, FailureReason reason) throws IOException {
        String log = """
                Source:        RasClient
                Event ID:      20227
                Description:
                CoId={01234567-89AB-CDEF-0123-456789ABCDEF}: The user HOST\\alice dialed a connection named office
                which has failed. The error code returned on failure is %d.
                """.formatted(error);
        failsFor(reason, "Windows says that", log);
        assertThat(failure(one(log)).windowsError()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module on port VPN1. The account is disabled. | ACCOUNT_RESTRICTED | 647",
                "module on port VPN1. The remote computer does not support the required encryption type. |"
                        + " ENCRYPTION_REFUSED | 742",
                "module on port VPN1. There are no authentication protocols available for use. |"
                        + " AUTH_METHOD_REFUSED | 0",
                "module on port VPN1. The parameter is incorrect. | KEYS_WRONG | 0",
                "module on port VPN1. The PPP negotiation is not converging. | LINK_NEGOTIATION_FAILED | 732",
                "module on port VPN1. The PPTP negotiation is not converging. | GRE_BLOCKED | 721"
            })
    void theServerOfWindowsTellsASentence(String sentence, FailureReason reason, int error) throws IOException {
        String log = "Event ID: 20073\nSource: Router\n\nThe following error occurred in the Point to Point Protocol\n"
                + sentence.replace(" is ", " is\n");
        failsFor(reason, "Windows says that", log);
        assertThat(failure(one(log)).windowsError()).isEqualTo(error);
    }

    @Test
    void anEventOfWindowsMayBeXml() throws IOException {
        failsFor(FailureReason.CREDENTIALS_REJECTED, "Windows says that", """
                <Provider Name="RemoteAccess" />
                <EventID Qualifiers="0">20271</EventID>
                <TimeCreated SystemTime="2020-01-05T10:00:00.000000000Z" />
                <Data>alice</Data>
                <Data>The remote connection was denied because the user name and password combination you provided
                is not recognized, or the selected authentication protocol is not permitted.</Data>
                """);
    }

    /** What failed there is not PPTP; the newest event is on top. */
    @ParameterizedTest
    @ValueSource(strings = {"VpnStrategy = IKEv2", "Device Name = WAN Miniport (L2TP)"})
    void otherTunnelsOfWindowsAreNotExplained(String kind) throws IOException {
        Explanation explanation = explain("""
                CoId={0-1}: The user alice dialed a connection named a which has failed.
                The error code returned on failure is 809.
                CoId={0-1}: The user alice has started dialing a VPN connection. The connection settings are: %s
                """.formatted(kind));
        assertThat(explanation.calls()).isEmpty();
        assertThat(explanation.unusable()).isNotNull();
    }

    @Test
    void wordsOfALetterAreNoEvent() throws IOException {
        assertThat(explain("Dear all,\nmy account is disabled, and the parameter is incorrect.\n")
                        .calls())
                .isEmpty();
    }

    @Test
    void routerOsTellsOfTunnelsThatAreUp() throws IOException {
        Explained call = one("""
                10:00:00 pptp,info TCP connection established from 192.0.2.2
                10:00:01 pptp,ppp,info,account alice logged in, 10.0.0.2
                10:00:01 pptp,ppp,info <pptp-alice>: authenticated
                10:00:01 pptp,ppp,info <pptp-alice>: using encoding - MPPE128 stateless
                10:00:02 pptp,ppp,info <pptp-alice>: connected
                10:01:02 pptp,ppp,info <pptp-alice>: terminating...
                10:01:02 pptp,ppp,info <pptp-alice>: disconnected
                10:02:00 pptp,info TCP connection established from 198.51.100.2
                """);
        assertThat(call.verdict().failure()).isNull();
        assertThat(call.verdict().sentence()).contains("up for 60.0 s, until the client ended it in order");
    }

    @Test
    void routerOsTellsOfNobodyByName() throws IOException {
        Explained call = one("""
                10:00:00 pptp,info TCP connection established from 192.0.2.2
                10:00:01 pptp,ppp,info <pptp-alice>: authenticated
                10:00:01 pptp,ppp,info <pptp-alice>: terminating...
                10:00:01 pptp,ppp,info <pptp-alice>: disconnected
                """);
        assertThat(call.verdict().sentence())
                .isEqualTo("The server accepted the name and the password. More is not recorded.");
    }

    @Test
    void routerOsPutsFieldsBelow() throws IOException {
        Explained call = one("""
                10:00:00 pptp,info TCP connection established from 192.0.2.2
                10:00:00 pptp,debug,packet rcvd Start-Control-Connection-Request from 192.0.2.2
                10:00:00 pptp,debug,packet     protocol-version=0x0100
                10:00:00 pptp,debug,packet     host-name=
                10:00:00 pptp,debug,packet     vendor-name=Microsoft Windows NT
                10:00:00 pptp,debug,packet sent Start-Control-Connection-Reply to 192.0.2.2
                10:00:00 pptp,debug,packet     result-code=1
                10:00:00 pptp,debug,packet     vendor-name=MikroTik
                10:00:01 pptp,ppp,info <pptp-alice>: authenticated
                """);
        assertThat(call.vendor()).isEqualTo("MikroTik");
        assertThat(call.ladder().get(0).text())
                .contains("Start-Control-Connection-Request")
                .contains("vendor=\"Microsoft Windows NT\"");
        assertThat(call.ladder().get(0).from().name()).isEqualTo("CLIENT");
        assertThat(call.ladder().get(2).from().name()).isEqualTo("SERVER");
    }

    @Test
    void ciscoEndsACallBeforeAnotherBegins() throws IOException {
        Explanation explanation = explain("""
                Vi1 LCP: O TERMREQ [Open] id 3 len 4
                Vi1 PPP: Phase is DOWN
                Vi1 LCP: I CONFREQ [Stopped] id 1 len 10
                Vi1 LCP:    MagicNumber 0x01020304 (0x050601020304)
                """);
        assertThat(explanation.calls()).hasSize(2);
        assertThat(failure(explanation.calls().get(0)).reason()).isEqualTo(FailureReason.ENDED_BY_SERVER);
        assertThat(explanation.calls().get(1).verdict().failure()).isNull();
    }

    /** A router that calls is the client also where nobody asks for a proof; one space may be missing. */
    @Test
    void ciscoTellsWhoCalls() throws IOException {
        String log = """
                Vi1 PPP: %s
                Vi1 LCP:OCONFREQ [REQsent] id 53 Len 10
                Vi1 LCP: MagicNumber 0x01020304 (0x050601020304)
                """;
        assertThat(one(log.formatted("Treating connection as a callout"))
                        .ladder()
                        .get(0)
                        .text())
                .isEqualTo("LCP ConfReq id=0x35 <magic 0x1020304>");
        assertThat(one(log.formatted("No remote authentication for call\u2212out"))
                        .ladder()
                        .get(0)
                        .from()
                        .name())
                .isEqualTo("CLIENT");
        assertThat(one(log.formatted("Treating connection as a callin"))
                        .ladder()
                        .get(0)
                        .from()
                        .name())
                .isEqualTo("SERVER");
    }

    @Test
    void aClientMayLeaveAServerInOrder() throws IOException {
        Explained call = one("""
                10:00:00 host pptpd[1]: CTRL: Client 192.0.2.2 control connection started
                10:00:00 host pppd[2]: Connect: ppp0 <--> pptp (192.0.2.2)
                10:00:01 host pppd[2]: local  IP address 10.0.0.1
                10:00:11 host pppd[2]: LCP terminated by peer (User request)
                10:00:11 host pppd[2]: Connection terminated.
                """);
        assertThat(call.verdict().sentence()).contains("up for 10.0 s, until the client ended it in order");
    }

    /** The rest of LCP was left out by who has shown the log. */
    @Test
    void whatIsProvedHasAgreedOnTheLinkBefore() throws IOException {
        Explained call = one("""
                Vi1 LCP: I CONFREQ [REQsent] id 1 len 9
                Vi1 LCP:    AuthProto CHAP (0x0305C22305)
                Vi1 CHAP: I CHALLENGE id 1 len 24 from "isp"
                Vi1 CHAP: O RESPONSE id 1 len 26 from "alice"
                Vi1 CHAP: I SUCCESS id 1 len 4
                """);
        assertThat(call.verdict().sentence()).contains("while negotiating encryption");
    }
}
