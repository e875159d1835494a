package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A tunnel whose process is killed: whatever the next start is, it leaves this machine as it was before. The moments are the same
 * each time by what has been told, and as far behind that as chance wants. {@code lab/kills/run} does it more often, with the
 * real server.
 */
@RequiresRoot
class KillsIT {
    private static final long SEED = 13;
    private static final int MOST_MILLIS = 200;

    private TwoHosts hosts;

    @BeforeEach
    void make() throws IOException {
        hosts = new TwoHosts();
        Path names = hosts.client().resolvConf();
        Files.createDirectories(names.resolveSibling(""));
        Files.writeString(names, "nameserver 127.0.0.1\n");
    }

    @AfterEach
    void remove() throws IOException {
        hosts.close();
        Files.deleteIfExists(hosts.client().resolvConf());
        Files.deleteIfExists(hosts.client().resolvConf().resolveSibling(""));
    }

    @ParameterizedTest
    @CsvSource({
        "✓ server, --route=192.168.78.0/24, REFUSED",
        "✓ addresses, --route=192.168.78.0/24, REFUSED",
        "✓ addresses, --full-tunnel, DOWN",
        "✓ addresses, --full-tunnel, UP",
        "is up after, --route=192.168.78.0/24, DOWN",
        "is up after, --full-tunnel, REFUSED",
    })
    void theNextStartPutsTheMachineRight(String told, String routing, Next next) throws InterruptedException {
        TestNamespace here = hosts.client();
        String before = here.hostState();
        String name = "k" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        String[] options = {"--interface", name, routing, "--dns=192.168.77.53,example.test"};
        try (EmbeddedServer server = hosts.serve(TwoHosts.config())) {
            assertThat(server.port()).isEqualTo(1723);
            try (JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, here, "secret", options)) {
                jpptp.out().await(told, Connect.LONG);
                Thread.sleep(new Random(SEED * told.hashCode() + routing.hashCode()).nextInt(MOST_MILLIS));
                jpptp.signal("KILL");
                jpptp.awaitExit(Connect.LONG);
            }
            next.start(here, name, options);
        }
        assertThat(here.hostState()).isEqualTo(before);
        assertThat(Journals.left(here)).isEmpty();
    }

    private enum Next {
        /** One that does not come up. */
        REFUSED {
            @Override
            void start(TestNamespace here, String name, String... options) {
                try (JpptpProcess jpptp = Connect.to(TwoHosts.SERVER + ":9", here, "secret")) {
                    assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(11);
                }
            }
        },
        /** Who takes down what is dead. */
        DOWN {
            @Override
            void start(TestNamespace here, String name, String... options) {
                try (JpptpProcess jpptp = JpptpProcess.start(here, "down", name)) {
                    assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
                    assertThat(jpptp.out().text()).contains("had died");
                }
            }
        },
        /** The same once more, which carries and ends. */
        UP {
            @Override
            void start(TestNamespace here, String name, String... options) {
                try (JpptpProcess jpptp = Connect.to(TwoHosts.SERVER, here, "secret", options)) {
                    Connect.awaitUp(jpptp);
                    here.exec(Connect.LONG, "ping", "-c", "1", "-w", "60", TwoHosts.INNER_SERVER)
                            .orThrow();
                    jpptp.signal("TERM");
                    assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
                }
            }
        };

        abstract void start(TestNamespace here, String name, String... options);
    }
}
