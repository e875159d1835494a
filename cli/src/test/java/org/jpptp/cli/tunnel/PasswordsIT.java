package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.SingleUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command meets a server whose user's password has expired. */
@RequiresRoot
class PasswordsIT {
    private static final String UP = "^Tunnel \\S+ is up after";

    private TwoHosts hosts;

    @BeforeEach
    void make() {
        hosts = new TwoHosts();
    }

    @AfterEach
    void remove() {
        hosts.close();
    }

    private JpptpProcess connect(String password, String... more) {
        return Connect.to(TwoHosts.SERVER, hosts.client(), password, more);
    }

    @Test
    void anExpiredPasswordNamesTheOptionAndIsThenChanged(@TempDir Path directory) throws IOException {
        Path secret = Files.createFile(
                directory.resolve("new"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "n\u00e9w secret\n", StandardCharsets.UTF_8);
        SingleUser alice = new SingleUser("alice", "secret", 648);
        try (EmbeddedServer server = hosts.serve(TwoHosts.config().with(alice, 0))) {
            assertThat(server.port()).isEqualTo(1723);
            try (JpptpProcess expired = connect("secret")) {
                assertThat(expired.awaitExit(Connect.LONG)).isEqualTo(20);
                assertThat(expired.err().text())
                        .contains("has a password that has expired")
                        .contains("--change-password")
                        .contains("Windows error 648");
            }
            try (JpptpProcess changing =
                    connect("secret", "--change-password", "--new-password-file", secret.toString())) {
                changing.out().await(UP, Connect.LONG);
                assertThat(changing.out().text() + changing.err().text())
                        .contains("password of alice was changed")
                        .doesNotContain("n\u00e9w secret");
                changing.signal("INT");
                assertThat(changing.awaitExit(Connect.LONG)).isZero();
            }
            try (JpptpProcess old = connect("secret")) {
                assertThat(old.awaitExit(Connect.LONG)).isEqualTo(19);
            }
            try (JpptpProcess changed = connect("n\u00e9w secret")) {
                changed.out().await(UP, Connect.LONG);
                changed.signal("INT");
                assertThat(changed.awaitExit(Connect.LONG)).isZero();
            }
        }
    }
}
