package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs had to say of the real server becomes a profile, and the profile a tunnel. */
@RequiresRealPeer
class ImportedIT {
    @TempDir
    Path config;

    private JpptpProcess run(TestNamespace here, String input, String... arguments) {
        List<String> environment = List.of("env", "CONFIGURATION_DIRECTORY=" + config.resolve("machine"));
        return JpptpProcess.startUnder(here, environment, input, new ArrayList<>(List.of(arguments)));
    }

    private void connects(TestNamespace here, String name, String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("connect", name, "--no-color"));
        arguments.addAll(List.of(more));
        try (JpptpProcess jpptp = run(here, input, arguments.toArray(String[]::new))) {
            Connect.awaitUp(jpptp);
            assertThat(jpptp.out().text()).contains("Profile " + name + " (", "MPPE 128-bit stateless");
            assertThat(here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", RealPeer.INNER_ADDRESS)
                            .out())
                    .contains("1 received");
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
    }

    private void imports(TestNamespace here, String... arguments) {
        List<String> line = new ArrayList<>(List.of("import"));
        line.addAll(List.of(arguments));
        try (JpptpProcess jpptp = run(here, "", line.toArray(String[]::new))) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isZero();
        }
    }

    @Test
    void oneOfEachKind() throws IOException {
        try (RealPeer peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .start()) {
            TestNamespace here = peer.namespace();
            String server = peer.serverAddress();
            Path peers = Files.writeString(
                    config.resolve("lab"),
                    "pty \"pptp " + server
                            + " --nolaunchpppd\"\nnoauth\nname alice\nremotename lab\nrequire-mppe-128\n");
            Path secrets = Files.writeString(config.resolve("chap-secrets"), "alice lab \"secret\" *\n");
            imports(here, peers.toString(), "--secrets", secrets.toString(), "--name", "pppd");
            connects(here, "pppd", "");

            Path keyfile = Files.writeString(
                    config.resolve("lab.nmconnection"),
                    "[connection]\nid=manager\ntype=vpn\n[vpn]\ngateway=" + server
                            + "\nuser=alice\nrequire-mppe-128=yes\n"
                            + "service-type=org.freedesktop.NetworkManager.pptp\n[vpn-secrets]\npassword=secret\n"
                            + "[ipv4]\nnever-default=true\nignore-auto-dns=true\n");
            imports(here, keyfile.toString());
            connects(here, "manager", "");

            Path book = Files.writeString(
                    config.resolve("lab.pbk"),
                    "[windows]\r\nType=2\r\nVpnStrategy=1\r\nDataEncryption=512\r\nAuthRestrictions=512\r\nPhoneNumber="
                            + server + "\r\n");
            imports(here, book.toString());
            connects(here, "windows", "secret\n", "-u", "alice", "--password-fd", "0");
        }
    }
}
