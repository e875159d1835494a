package org.jpptp.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.control.ServerTraits;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.UnreadException;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.FrameFilter.Direction;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppTiming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that mean one thing and look like another: the verdict is what was meant, and what it advises helps. */
class VerdictsTest {
    private static final int LCP = 0xC021;
    private static final int IPCP = 0x8021;
    private static final int IPV6CP = 0x8057;
    private static final int CCP = 0x80FD;
    private static final int PROTOCOL_REJECT = 8;
    private static final int ECHO_REPLY = 10;

    private static final ServerConfig GOOD = SimulatedTunnel.serverConfig();
    private static final UnaryOperator<ClientConfig> USUAL = UnaryOperator.identity();

    private static UnaryOperator<ClientConfig> with(MppePolicy mppe) {
        return client -> client.with(client.policy().with(mppe));
    }

    private static MppePolicy requires(MppeStrength strength, MppeMode mode) {
        return MppePolicy.require(EnumSet.of(strength), EnumSet.of(mode));
    }

    private static MppePolicy optional() {
        return MppePolicy.permit(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(MppeMode.STATELESS));
    }

    private static Failure failure(SimulatedTunnel tunnel) {
        tunnel.runUntil(() -> tunnel.end != null, Duration.ofMinutes(5));
        assertThat(tunnel.end).as(String.join("\n", tunnel.log)).isNotNull();
        assertThat(tunnel.end.failure()).as(String.join("\n", tunnel.log)).isNotNull();
        Agreement.holds(tunnel, tunnel.end.failure());
        return tunnel.end.failure();
    }

    private static Failure failure(ServerConfig server, UnaryOperator<ClientConfig> client) {
        return failure(SimulatedTunnel.of(server, client).connect());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BITS_40  | STATELESS | Accept what it offers with MPPE=128, which is no weaker.
            BITS_128 | STATEFUL  | Accept what it offers with MPPE_MODE=stateless, which is no weaker.
            """)
    void aServerThatOffersBetterIsNotCalledWeaker(MppeStrength strength, MppeMode mode, String remedy) {
        Failure failure = failure(GOOD, with(requires(strength, mode)));
        assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.remedy()).hasToString(remedy);
    }

    /** Some say so in words, others end the link without one. */
    @Test
    void aServerThatRequiresEncryptionSaysSo() {
        for (ServerConfig server : List.of(GOOD, GOOD.with(FrameFaults.endingWithoutAWord()))) {
            Failure failure = failure(server, with(MppePolicy.NONE));
            assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
            assertThat(failure.sentence())
                    .startsWith(
                            "The server requires encryption: the peer asked for 128-bit stateless, then the peer sent"
                                    + " a Terminate-Request");
            assertThat(failure.remedy()).hasToString("Allow encryption with MPPE=128.");
            assertThat(failure.windowsError()).isEqualTo(741);
        }
    }

    @Test
    void oneThatRequiresOtherEncryptionThanIsOptionalNamesIt() {
        ServerConfig forty = GOOD.with(requires(MppeStrength.BITS_40, MppeMode.STATEFUL));
        Failure failure = failure(forty, with(optional()));
        assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence()).startsWith("The server requires encryption other than is allowed");
        assertThat(failure.remedy()).hasToString("Allow encryption with MPPE=40 MPPE_MODE=any.");
    }

    @Test
    void oneThatRequiresEncryptionAfterAMethodWithoutKeysWantsAnotherMethod() {
        ServerConfig pap = GOOD.with(GOOD.personality()
                .but()
                .authenticatesBy(AuthMethod.PAP, AuthMethod.MSCHAPV2)
                .build());
        Failure failure =
                failure(pap, client -> client.with(new PolicySettings(EnumSet.of(AuthMethod.PAP), MppePolicy.NONE)));
        assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence()).startsWith("The server requires encryption");
        assertThat(failure.remedy().toString()).contains("AUTH=mschapv2 MPPE=128");
    }

    /** It offers encryption, does without, and ends the link for a reason of its own. */
    @Test
    void oneThatOnlyPermitsEncryptionIsNotSaidToRequireIt() {
        SimulatedTunnel tunnel =
                SimulatedTunnel.of(GOOD.with(optional()), with(MppePolicy.NONE)).connect();
        assertThat(tunnel.up()).isTrue();
        tunnel.server.terminateLink("", tunnel.network.now());
        assertThat(failure(tunnel).reason()).isEqualTo(FailureReason.ENDED_BY_SERVER);
    }

    @Test
    void aServerWithoutAnAddressLeftSaysWhatItMeans() {
        Failure failure = failure(GOOD.with(Personalities.ACCEL_PPP_FULL), USUAL);
        assertThat(failure.reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
        assertThat(failure.windowsError()).isEqualTo(720);
        assertThat(failure.sentence())
                .isEqualTo(
                        "The server 192.0.2.1 took the password, then ended the link while addresses were negotiated:"
                                + " the peer sent a Terminate-Request.");
        assertThat(failure.remedy().toString()).contains("address pool may be empty", "limit on connections");
    }

    @Test
    void aServerThatInsistsOnIpv6IsFoundOut() {
        AtomicBoolean rejected = new AtomicBoolean();
        ServerConfig server = GOOD.with(GOOD.personality().but().speaksIpv6().build())
                .with((direction, frame) -> {
                    rejected.compareAndSet(false, rejects(frame, IPV6CP));
                    return protocol(frame) != IPCP; // else the tunnel would be up before the link ends
                });
        SimulatedTunnel tunnel = SimulatedTunnel.of(server, USUAL);
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(rejected::get, Duration.ofMinutes(1));
        tunnel.server.terminateLink("", tunnel.network.now());
        Failure failure = failure(tunnel);
        assertThat(failure.reason()).isEqualTo(FailureReason.ADDRESSES_REFUSED);
        assertThat(failure.sentence()).endsWith("ust before, we rejected IPV6CP of it.");
        assertThat(failure.remedy())
                .hasToString("It may insist on IPv6: allow that with IPV6. Else its log has the reason.");
    }

    /** OpenWrt 24.10: pppd does not know the option mppe. */
    @Test
    void aCallWithoutOneOctetOfPppIsThatOfADeadDaemon() {
        Failure failure = failure(GOOD.with(Personalities.OPENWRT), USUAL);
        assertThat(failure.reason()).isEqualTo(FailureReason.ENDED_BY_SERVER);
        assertThat(failure.sentence())
                .isEqualTo("The server 192.0.2.1 accepted the call, and ended it after 0.3 s without one octet of PPP:"
                        + " Call-Disconnect-Notify with result 1 (lost carrier).");
        assertThat(failure.remedy().toString()).contains("pppd", "server's log");
    }

    @Test
    void soIsOneWhoseConnectionEnds() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD.with(Personalities.OPENWRT), USUAL);
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runFor(Duration.ofMillis(200));
        tunnel.serverCloses(TransportEnd.CLOSED);
        assertThat(failure(tunnel).remedy().toString()).contains("pppd");
    }

    @Test
    void aLateAnswerToTheCallIsWaitedFor() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD, USUAL);
        tunnel.callReplyDelay = Duration.ofSeconds(25);
        tunnel.connect();
        assertThat(tunnel.up()).as(String.join("\n", tunnel.log)).isTrue();
        assertThat(warnings(tunnel))
                .contains("The server has not answered the call request for 10 s, though it sends GRE already; waiting"
                        + " for up to 50 s.");
    }

    @Test
    void greThatArrivesSpeaksAgainstARefusedCall() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD.with(ServerTraits.ACCEPTING.withoutCallReply()), USUAL);
        for (int second = 1; second <= 20; second++) {
            tunnel.network.at(tunnel.network.now() + second * 1_000_000_000L, tunnel.gre::beforeTheCall);
        }
        Failure failure = failure(tunnel.connect());
        assertThat(failure.reason()).isEqualTo(FailureReason.CALL_REFUSED);
        assertThat(failure.sentence())
                .isEqualTo("The server 192.0.2.1 took the control connection, but never answered the call request: no"
                        + " answer to Outgoing-Call-Request within 50 s. Yet GRE packets for the call came from it, 20 in"
                        + " all.");
        assertThat(warnings(tunnel))
                .contains("The server has not answered the call request for 10 s, though it sends GRE already; waiting"
                        + " for up to 50 s.");
    }

    /** The keepalive of the control connection is answered all the time. */
    @Test
    void aServerThatAnswersNoEchoIsWarnedOfAndNamesTheSwitch() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD.with(FrameFaults.answeringNoEcho()), USUAL)
                .connect();
        long up = tunnel.network.now();
        Failure failure = failure(tunnel);
        assertThat(Duration.ofNanos(tunnel.network.now() - up).toSeconds()).isBetween(70L, 95L);
        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(failure.sentence())
                .contains("4 LCP Echo-Requests in a row were not answered")
                .containsIgnoringCase("none was ever answered on this link")
                .containsIgnoringCase("the control connection still answers");
        assertThat(failure.remedy().toString()).contains("ECHO_FAILURES=0");
        assertThat(warnings(tunnel))
                .containsOnlyOnce("The server 192.0.2.1 has not answered 2 LCP Echo-Requests in a row; after 4 the link"
                        + " counts as lost.");
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "15, 0"})
    void withTheSwitchItStays(int seconds, int failures) {
        PppTiming timing = PppTiming.DEFAULT.withEcho(Duration.ofSeconds(seconds), failures);
        SimulatedTunnel tunnel = SimulatedTunnel.of(
                        GOOD.with(FrameFaults.answeringNoEcho()),
                        client -> client.with(client.timing().with(timing)))
                .connect();
        tunnel.runFor(Duration.ofMinutes(10));
        assertThat(tunnel.end).isNull();
        assertThat(warnings(tunnel)).doesNotContain("Echo");
    }

    @Test
    void aLinkThatGoesSilentIsNoReasonToSwitchEchoesOff() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD, USUAL).connect();
        tunnel.runFor(Duration.ofSeconds(40));
        tunnel.gre.blocked = true;
        Failure failure = failure(tunnel);
        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(failure.sentence()).containsIgnoringCase("earlier ones were answered");
        assertThat(failure.remedy().toString()).doesNotContain("ECHO");
    }

    /** A frame that says that the server has no CCP, in the clear as all control frames are. */
    private static FrameFilter losingEncryption(AtomicBoolean now) {
        return (direction, frame) -> {
            int packet = packet(frame);
            if (now.get()
                    && direction == Direction.TO_CLIENT
                    && protocol(frame) == LCP
                    && frame.getByte(packet) == ECHO_REPLY) {
                frame.setByte(packet, PROTOCOL_REJECT).setShort(packet + 4, CCP);
            }
            return true;
        };
    }

    @Test
    void lessEncryptionIsNeverAdvisedOnceThereWasSome() {
        AtomicBoolean losing = new AtomicBoolean();
        SimulatedTunnel tunnel =
                SimulatedTunnel.of(GOOD.with(losingEncryption(losing)), USUAL).connect();
        tunnel.runFor(Duration.ofMinutes(2));
        losing.set(true);
        Failure failure = failure(tunnel);
        assertThat(failure.reason()).isEqualTo(FailureReason.ENCRYPTION_REFUSED);
        assertThat(failure.sentence())
                .startsWith("Encryption was agreed on, then ended by the server or by somebody in between");
        assertThat(failure.remedy().toString())
                .contains("allow nothing weaker", "who interferes")
                .doesNotContain("MPPE");
    }

    /** Our Terminate-Request is not yet acknowledged, and the user has seen enough. */
    @Test
    void theCauseThatCameFirstIsTold() {
        SimulatedTunnel tunnel = new SimulatedTunnel(1, SimulatedNetwork.Weather.FINE, GOOD, "alice", "wrong");
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.runUntil(
                () -> tunnel.log.stream().anyMatch(line -> line.contains("the link ends")), Duration.ofMinutes(1));
        assertThat(tunnel.end).isNull();
        tunnel.client.disconnect(tunnel.network.now());
        assertThat(failure(tunnel).reason()).isEqualTo(FailureReason.CREDENTIALS_REJECTED);
    }

    @Test
    void noTextOfTheServersEndsItsOwnQuotes() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD, USUAL).connect();
        tunnel.server.terminateLink("bye\". Add --mppe none to connect. \"", tunnel.network.now());
        Failure failure = failure(tunnel);
        assertThat(failure.sentence()).contains("\"bye\\x22. Add --mppe none to connect. \\x22\".");
        assertThat(failure.sentence().chars().filter(c -> c == '"').count()).isEqualTo(2);
    }

    @Test
    void aServerThatDoesNotReadIsToldFromOneThatIsGone() {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD, USUAL).connect();
        tunnel.client.controlClosed(
                TransportEnd.of(new UnreadException("the peer has read nothing for 30 s")), tunnel.network.now());
        Failure failure = failure(tunnel);
        assertThat(failure.reason()).isEqualTo(FailureReason.LINK_LOST);
        assertThat(failure.sentence())
                .isEqualTo("The control connection to 192.0.2.1 was lost: we closed TCP, since the peer has read"
                        + " nothing for 30 s.");
        assertThat(failure.remedy().toString()).contains("without reading the answers");
    }

    /** As accel-ppp and pptpd do with clients beyond their limits. */
    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "BROKEN"})
    void aConnectionThatIsClosedAtOnceMayBeOneTooMany(TransportEnd.Kind kind) {
        SimulatedTunnel tunnel = SimulatedTunnel.of(GOOD.with(ServerTraits.ACCEPTING.withoutStartReply()), USUAL);
        tunnel.client.start(tunnel.network.now(), tunnel.network.now());
        tunnel.serverCloses(new TransportEnd(kind, kind == TransportEnd.Kind.BROKEN ? "connection reset by peer" : ""));
        Failure failure = failure(tunnel);
        assertThat(failure.reason()).isEqualTo(FailureReason.CONTROL_REFUSED);
        assertThat(failure.remedy().toString()).contains("limit on connections");
    }

    private static String warnings(SimulatedTunnel tunnel) {
        return String.join(
                "\n",
                tunnel.log.stream()
                        .filter(line -> line.contains(TunnelEvent.Warning.class.getSimpleName()))
                        .toList());
    }

    private static int packet(ByteBuf frame) {
        int start = frame.readerIndex();
        return start + (frame.getUnsignedShort(start) == 0xFF03 ? 4 : 2);
    }

    private static int protocol(ByteBuf frame) {
        return frame.getUnsignedShort(packet(frame) - 2);
    }

    private static boolean rejects(ByteBuf frame, int protocol) {
        int packet = packet(frame);
        return protocol(frame) == LCP
                && frame.getUnsignedByte(packet) == PROTOCOL_REJECT
                && frame.getUnsignedShort(packet + 4) == protocol;
    }
}
