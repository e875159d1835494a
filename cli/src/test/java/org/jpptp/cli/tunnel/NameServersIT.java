package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server whose name nobody knows, and one whose name nobody could be asked for: by the C library's own resolver. */
@RequiresRoot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NameServersIT {
    private static final String NAME = "vpn.example.com";
    /** What lockdown keeps for the next boot goes nowhere. */
    private static final List<String> FORGETTING =
            List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /var/lib && exec \"$@\"", "sh");

    private TwoHosts hosts;
    private Path resolver;

    @BeforeAll
    void make() throws IOException {
        hosts = new TwoHosts();
        // Who runs in the namespace has it in the place of /etc/resolv.conf.
        resolver = hosts.client().resolvConf();
        Files.createDirectories(resolver.resolveSibling(""));
        Files.writeString(resolver, "nameserver " + TwoHosts.SERVER + "\noptions attempts:1\n");
    }

    @AfterAll
    void remove() throws IOException {
        hosts.close();
        Files.deleteIfExists(resolver);
        Files.deleteIfExists(resolver.resolveSibling(""));
    }

    private void fails(int code, String sentence) {
        for (List<String> command : List.of(Connect.arguments(NAME), List.of("probe", NAME, "--no-color"))) {
            fails(List.of("env"), command, code, sentence);
        }
        List<String> up = List.of("up", NAME, "-u", "alice", "--password-fd", "0");
        fails(List.of("env"), up, code, sentence);
    }

    private void fails(List<String> under, List<String> command, int code, String sentence) {
        try (JpptpProcess jpptp = JpptpProcess.startUnder(hosts.client(), under, "secret\n", command)) {
            assertThat(jpptp.awaitExit(Connect.LONG)).as(jpptp.err().text()).isEqualTo(code);
            assertThat(jpptp.err().text()).contains(sentence).contains("(exit code " + code + ";");
        }
    }

    private String doctor() {
        try (JpptpProcess jpptp = JpptpProcess.start(hosts.client(), "doctor", "--no-color")) {
            jpptp.awaitExit(Connect.LONG);
            return jpptp.out().text();
        }
    }

    @Test
    void aNameThatIsNotThere() {
        try (NameServer server = NameServer.knowingNothing(hosts.server(), TwoHosts.SERVER)) {
            assertThat(server).isNotNull();
            fails(10, "The name \"" + NAME + "\" has no IPv4 address: the resolver does not know it.");
            assertThat(doctor()).contains(", and a name server answers.");
        }
    }

    @Test
    void nobodyToAsk() {
        fails(28, "could not be looked up: no name server had an answer for the resolver (EAI_AGAIN). Check this");
        assertThat(doctor()).contains("No name server that ", " answers here: check the network");
    }

    @Test
    void lockdownLetsNobodyAsk() {
        try (NameServer server = NameServer.start(hosts.server(), TwoHosts.SERVER, TwoHosts.SERVER);
                JpptpProcess on = JpptpProcess.startUnder(hosts.client(), FORGETTING, "", List.of("lockdown", "on"))) {
            assertThat(server).isNotNull();
            assertThat(on.awaitExit(Connect.LONG)).isZero();
            fails(28, "(EAI_AGAIN). Lockdown is on, and lets no question to a name server out past a tunnel.");
        } finally {
            hosts.client().nft("delete table inet jpptp_lockdown");
        }
    }
}
