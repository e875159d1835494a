package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.cli.json.Json;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose name has another address when it is gone: the tunnel comes back there, on another host. */
@RequiresRoot
class MovedServerIT {
    private static final String NAME = "vpn.example.com";
    private static final String NEW = "198.51.100.1";

    private TwoHosts hosts;
    private TestNamespace another;
    private Path names;

    @BeforeEach
    void make() throws IOException {
        hosts = new TwoHosts();
        another = TestNamespace.create();
        hosts.client().link("eth1", another, "eth0");
        hosts.client().address("eth1", "198.51.100.2/30");
        another.address("eth0", NEW + "/30");
        // Who runs in the namespace has it in the place of /etc/hosts.
        names = hosts.client().resolvConf().resolveSibling("hosts");
        Files.createDirectories(names.resolveSibling(""));
        call(TwoHosts.SERVER);
    }

    @AfterEach
    void remove() throws IOException {
        hosts.close();
        another.close();
        Files.deleteIfExists(names);
        Files.deleteIfExists(names.resolveSibling(""));
    }

    private void call(String address) throws IOException {
        Files.writeString(names, "127.0.0.1 localhost\n" + address + " " + NAME + "\n");
    }

    @Test
    void theTunnelComesBackToTheNewAddress() throws Exception {
        TestNamespace here = hosts.client();
        String before = here.hostState();
        EmbeddedServer old = hosts.serve(TwoHosts.config());
        try (EmbeddedServer moved = NetworkNamespace.call(
                        another.name(),
                        () -> EmbeddedServer.start(TwoHosts.config(), new InetSocketAddress(NEW, 1723), line -> {}));
                JpptpProcess jpptp = Connect.to(
                        NAME, here, "secret", "--reconnect", "--interface=moved0", "--route=192.168.77.0/24")) {
            assertThat(moved.port()).isEqualTo(old.port());
            Connect.awaitUp(jpptp);
            assertThat(serverOf(here)).isEqualTo(TwoHosts.SERVER);

            call(NEW);
            old.close();
            jpptp.out().await("^Tunnel moved0 is up again after", Connect.LONG);
            assertThat(serverOf(here)).isEqualTo(NEW);
            here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", TwoHosts.INNER_SERVER)
                    .orThrow();
            // What keeps the way to the old one free is gone with it.
            assertThat(here.exec("ip", "route").out()).contains(NEW).doesNotContain(TwoHosts.SERVER + " ");

            jpptp.signal("TERM");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        } finally {
            old.close();
        }
        assertThat(here.hostState()).isEqualTo(before);
    }

    private static String serverOf(TestNamespace here) {
        try (JpptpProcess status = JpptpProcess.start(here, "status", "moved0", "--json")) {
            assertThat(status.awaitExit(Connect.LONG)).isZero();
            return Json.read(status.out().text().strip())
                    .orElseThrow()
                    .object("server")
                    .text("address", "");
        }
    }
}
