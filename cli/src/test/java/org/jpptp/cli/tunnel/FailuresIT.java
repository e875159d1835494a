package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jpptp.control.ServerTraits;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.FrameFaults;
import org.jpptp.lab.server.ServerConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Failures of the command as a process of its own: its exit code, its sentence, and that nothing is left. {@code CausesIT} has the
 * other ones.
 */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresIT {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    private static final String UP = "^Tunnel \\S+ is up after";

    private TwoHosts hosts;
    private String before;

    @BeforeAll
    void make() {
        hosts = new TwoHosts();
        before = hosts.client().hostState();
    }

    @AfterAll
    void remove() {
        hosts.close();
    }

    @Test
    void controlRefused() {
        against(
                TwoHosts.config().with(ServerTraits.ACCEPTING.withStartResult(4)),
                13,
                "refused the control connection");
    }

    @Test
    void serverProofWrong() {
        against(TwoHosts.config().with(FrameFaults.spoilingProof()), 21, "did not prove that it knows the password");
    }

    /** How long it takes to come so far is the machine's affair: where it stood earlier in the end, it gets more time. */
    @Test
    void notUpInTime() {
        try (EmbeddedServer server = hosts.serve(TwoHosts.config().with(FrameFaults.dropping(0x8021)))) {
            assertThat(server.port()).isEqualTo(1723);
            int seconds = 5;
            while (!stoodAtAddressesAfter(seconds)) {
                seconds *= 2;
                assertThat(seconds).isLessThan(600);
            }
        }
    }

    private boolean stoodAtAddressesAfter(int seconds) {
        JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, hosts.client(), "secret", "--timeout", "" + seconds);
        expect(jpptp, 27, "was not up within " + seconds);
        return jpptp.err().text().contains("negotiating addresses");
    }

    @Test
    void endedByTheServer() throws Exception {
        afterUp(EmbeddedServer::disconnectCalls, 25, "ended the tunnel");
    }

    @Test
    void linkTerminatedByTheServer() throws Exception {
        afterUp(server -> server.terminateLinks("maintenance"), 25, "maintenance");
    }

    @Test
    void linkLost() throws Exception {
        afterUp(EmbeddedServer::close, 26, "was lost");
    }

    @Test
    void noPrivilege() {
        try (JpptpProcess jpptp =
                JpptpProcess.startUnder(hosts.client(), AS_NOBODY, "secret\n", Connect.arguments(TwoHosts.SERVER))) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(3);
            assertThat(jpptp.err().text()).contains("CAP_NET_").contains("sudo").contains("(exit code 3)");
        }
    }

    @Test
    void noTun() {
        List<String> withoutTun =
                List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /dev/net && exec \"$@\"", "sh");
        try (JpptpProcess jpptp =
                JpptpProcess.startUnder(hosts.client(), withoutTun, "secret\n", Connect.arguments(TwoHosts.SERVER))) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(4);
            assertThat(jpptp.err().text())
                    .contains("/dev/net/tun")
                    .contains("modprobe tun")
                    .contains("(exit code 4)");
        }
    }

    @Test
    void badArguments() {
        fails(TwoHosts.SERVER, 2, "--mtu", "--mtu", "9000");
    }

    @Test
    void interruptedBeforeItIsUp() throws Exception {
        try (EmbeddedServer server = hosts.serve(TwoHosts.config().with(FrameFaults.dropping(0xC021)));
                JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, hosts.client(), "secret")) {
            assertThat(server.port()).isEqualTo(1723);
            jpptp.out().await("call \\d+", Connect.LONG);
            jpptp.signal("TERM");
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(130);
        }
        assertThat(hosts.client().hostState()).isEqualTo(before);
    }

    private interface Act {
        void on(EmbeddedServer server);
    }

    private void afterUp(Act act, int code, String sentence) throws Exception {
        try (EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, hosts.client(), "secret", "--route", "10.0.0.0/8")) {
            jpptp.out().await(UP, Connect.LONG);
            act.on(server);
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(code);
            assertThat(jpptp.err().text()).contains(sentence).contains("(exit code " + code);
        }
        assertThat(hosts.client().hostState()).isEqualTo(before);
    }

    private void against(ServerConfig config, int code, String... sentences) {
        try (EmbeddedServer server = hosts.serve(config)) {
            assertThat(server.port()).isEqualTo(1723);
            expect(Connect.to(TwoHosts.SERVER, hosts.client(), "secret"), code, sentences);
        }
    }

    private void fails(String server, int code, String sentence, String... options) {
        boolean extra = options.length > 0 && options[0].startsWith("--");
        expect(
                Connect.to(server, hosts.client(), "secret", extra ? options : new String[0]),
                code,
                sentence,
                extra || options.length == 0 ? "" : options[0]);
    }

    /** One line on standard error besides the banner, with its exit code; and nothing is left on the host. */
    private void expect(JpptpProcess started, int code, String... sentences) {
        try (JpptpProcess jpptp = started) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(code);
            assertThat(jpptp.err().text()).contains(sentences).doesNotContain("\tat ");
            assertThat(jpptp.err().all())
                    .filteredOn(line -> line.startsWith("jpptp: "))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("(exit code " + code);
        }
        assertThat(hosts.client().hostState()).isEqualTo(before);
    }
}
