package org.jpptp.lab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.FrameFilter;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.Personality;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EAP leaves its method open: whether a server and we have one in common shows only when the link is lost over it. */
class AnotherCallTest {
    private static final int EAP_TLS = 13;
    private static final int PEAP = 25;
    private static final Personality.Client UNENCRYPTED = new Personality.Client(
            "",
            new PolicySettings(
                    EnumSet.of(AuthMethod.MSCHAPV2, AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5), MppePolicy.NONE));

    private static ServerConfig server(FrameFilter filter, AuthMethod... methods) {
        return MemoryTunnel.config()
                .with(Personalities.WINDOWS_RRAS
                        .but("rras-eap", "a server with methods of EAP of its own")
                        .authenticatesBy(methods)
                        .build())
                .with(filter);
    }

    private static List<String> warnings(MemoryTunnel tunnel) {
        return tunnel.events.stream()
                .filter(TunnelEvent.Warning.class::isInstance)
                .map(event -> ((TunnelEvent.Warning) event).text())
                .toList();
    }

    private static String identity(MemoryTunnel tunnel) {
        return tunnel.events.stream()
                .filter(TunnelEvent.IdentityProven.class::isInstance)
                .map(event -> ((TunnelEvent.IdentityProven) event).method())
                .findFirst()
                .orElseThrow();
    }

    private static void ends(MemoryTunnel tunnel) {
        tunnel.disconnect();
        assertThat(tunnel.end().failure()).isNull();
    }

    /** RRAS with EAP for smart cards, and MS-CHAPv2 besides: it came up by that before we took its EAP. */
    @ParameterizedTest
    @ValueSource(ints = {EAP_TLS, PEAP, 4, 99})
    void aServerWithOtherMethodsOfEapComesUpWithoutEap(int type) {
        MemoryTunnel tunnel = new MemoryTunnel(
                        server(FrameFaults.proposingEap(type), AuthMethod.EAP_MD5, AuthMethod.MSCHAPV2))
                .connect();
        assertThat(identity(tunnel)).isEqualTo("MS-CHAPv2");
        assertThat(warnings(tunnel))
                .containsExactly("The server's EAP came to no method that is allowed: calling once more, without EAP.");
        ends(tunnel);
    }

    /** RRAS whose policy has no EAP, though it offers it: the name is all that it asks for. */
    @Test
    void aServerThatEndsEapWithoutAQuestionComesUpWithoutEap() {
        MemoryTunnel tunnel = new MemoryTunnel(
                        server(FrameFaults.endingEap(), AuthMethod.EAP_MSCHAPV2, AuthMethod.MSCHAPV2))
                .connect();
        assertThat(identity(tunnel)).isEqualTo("MS-CHAPv2");
        ends(tunnel);
    }

    @Test
    void aServerOfEapOnlyComesUpAtOnce() {
        MemoryTunnel tunnel = new MemoryTunnel(MemoryTunnel.config().with(Personalities.PPPD_EAP)).connect();
        assertThat(identity(tunnel)).isEqualTo("EAP-MS-CHAPv2");
        assertThat(warnings(tunnel)).isEmpty();
        ends(tunnel);
    }

    /** Where EAP may come to MD5 it is Naked first; a server that gives up then is called once more. */
    @Test
    void aServerThatGivesUpOverEapIsCalledOnceMoreWithEap() {
        MemoryTunnel tunnel = new MemoryTunnel(
                        MemoryTunnel.config()
                                .with(Personalities.PPPD_EAP
                                        .but()
                                        .encryptsBy(MppePolicy.NONE)
                                        .build()),
                        UNENCRYPTED,
                        MemoryTunnel.PASSWORD)
                .connect();
        assertThat(identity(tunnel)).isEqualTo("EAP-MD5");
        ends(tunnel);
    }

    /** It is named with its number, and what the second call came to says less. */
    @Test
    void aServerThatDemandsAnotherMethodOfEapIsQuoted() {
        MemoryTunnel tunnel = new MemoryTunnel(server(FrameFaults.proposingEap(EAP_TLS), AuthMethod.EAP_MD5));
        Failure failure = tunnel.start().failure();
        assertThat(failure.reason()).isEqualTo(FailureReason.AUTH_METHOD_REFUSED);
        assertThat(failure.sentence())
                .isEqualTo("The server's way of authentication is not allowed: inside EAP the server proposes"
                        + " EAP-TLS (type 13); allowed is EAP-MS-CHAPv2.");
        assertThat(warnings(tunnel)).hasSize(1);
    }

    /** The second call has a verdict of its own. */
    @Test
    void aWrongPasswordIsOneAfterEapToo() {
        MemoryTunnel tunnel = new MemoryTunnel(
                server(FrameFaults.endingEap(), AuthMethod.EAP_MSCHAPV2, AuthMethod.MSCHAPV2),
                Personality.Client.DEFAULT,
                "wrong");
        assertThat(tunnel.start().failure().sentence()).contains("E=691");
    }

    /** What a server says inside EAP has the verdicts that it has outside. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | wrong  | 19 | 691 | rejected the name or the password
            647 | secret | 20 | 647 | is disabled
            648 | secret | 20 | 648 | has a password that has expired
            812 | secret | 20 | 812 | is refused by a policy of the server
            930 | secret | 17 | 930 | could not check the password
            """)
    void verdictsInsideEap(int error, String password, int code, int windows, String says) {
        for (Personality server : List.of(Personalities.PPPD_EAP, Personalities.OURS)) {
            Failure failure = new MemoryTunnel(
                            MemoryTunnel.config(error).with(server), Personality.Client.DEFAULT, password)
                    .start()
                    .failure();
            assertThat(failure.sentence()).contains(says);
            assertThat(failure.reason().exitCode()).isEqualTo(code);
            assertThat(failure.windowsError()).isEqualTo(windows);
        }
    }

    @Test
    void whoStopsMeanwhileIsNotCalledAgain() {
        MemoryTunnel tunnel =
                new MemoryTunnel(server(FrameFaults.proposingEap(PEAP), AuthMethod.EAP_MD5, AuthMethod.MSCHAPV2));
        tunnel.on(TunnelEvent.Warning.class, tunnel::disconnect);
        assertThat(tunnel.start().failure().reason()).isEqualTo(FailureReason.INTERRUPTED);
        assertThat(tunnel.events)
                .filteredOn(TunnelEvent.ServerAnswered.class::isInstance)
                .hasSize(1);
    }
}
