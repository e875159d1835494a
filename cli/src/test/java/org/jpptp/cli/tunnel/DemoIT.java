package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresRoot
class DemoIT {
    private TestNamespace here;

    @BeforeEach
    void make() {
        here = TestNamespace.create();
    }

    @AfterEach
    void remove() {
        here.close();
    }

    @Test
    void rootSeesATunnelComeUpAndTrafficPass() {
        String before = here.hostState();
        Path ofACrash = Journals.leaveOne(here);
        Command.run("ip", "netns", "add", "jpptp-demo-client-4194305").orThrow(); // of a process beyond any
        try (JpptpProcess demo = JpptpProcess.start(here, "demo", "--size", "4")) {
            assertThat(demo.awaitExit(Connect.LONG)).as(demo.err().text()).isZero();
            worked(demo);
        }
        assertThat(here.hostState()).isEqualTo(before);
        assertThat(Command.run("ip", "netns", "list").orThrow()).doesNotContain("jpptp-demo-");
        assertThat(ofACrash).doesNotExist();
        assertThat(Journals.left(here)).isEmpty();
    }

    @Test
    void theServerOfTheThreadComesUpWithTheOptionsItNeeds() {
        try (JpptpProcess demo = JpptpProcess.start(here, "demo", "--server", "nortel", "--size", "1")) {
            assertThat(demo.awaitExit(Connect.LONG)).as(demo.err().text()).isZero();
            assertThat(demo.out().text())
                    .contains("in the ways of Nortel Contivity")
                    .contains("--mppe 40 --mppe-mode any --route")
                    .contains("MPPE 40-bit stateful, both directions")
                    .contains("It works.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nt4-radius, 23, no MPPE keys",
        "openwrt, 25, without one octet of PPP",
        "accel-full, 24, took the password"
    })
    void aServerThatLetsNobodyInIsShownFailing(String kind, int code, String said) {
        try (JpptpProcess demo = JpptpProcess.start(here, "demo", "--server", kind)) {
            assertThat(demo.awaitExit(Connect.LONG)).as(demo.err().text()).isEqualTo(code);
            assertThat(demo.err().text().replaceAll("\\s+", " ")).contains(said);
        }
    }

    @Test
    void aServerThatNobodyKnowsIsAnsweredWithThoseThatAreKnown() {
        try (JpptpProcess demo = JpptpProcess.start(here, "demo", "--server", "netware")) {
            assertThat(demo.awaitExit(Connect.LONG)).isEqualTo(2);
            assertThat(demo.err().text()).contains("nortel").contains("'netware'");
        }
    }

    @Test
    void anOrdinaryUserSeesTheSameWhereTheSystemAllowsIt() {
        // A device that is open to all, as many distributions have it, in a mount namespace of the test's own.
        List<String> openDevice = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /dev/net && mknod -m 666 /dev/net/tun c 10 200"
                        + " && exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \"$@\"",
                "sh");
        try (JpptpProcess demo = JpptpProcess.startUnder(here, openDevice, "", List.of("demo", "--size", "4"))) {
            int code = demo.awaitExit(Connect.LONG);
            if (code == 3) { // user namespaces are switched off on this system
                assertThat(demo.err().text())
                        .contains("gives them no namespaces")
                        .contains("sudo ./jpptp demo");
            } else {
                assertThat(code).as(demo.err().text()).isZero();
                worked(demo);
            }
        }
    }

    @Test
    void anOrdinaryUserIsToldWhatIsMissing() {
        List<String> closedDevice = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /dev/net && mknod -m 600 /dev/net/tun c 10 200"
                        + " && exec setpriv --reuid=65534 --regid=65534 --clear-groups -- \"$@\"",
                "sh");
        try (JpptpProcess demo = JpptpProcess.startUnder(here, closedDevice, "", List.of("demo"))) {
            assertThat(demo.awaitExit(Connect.LONG)).isEqualTo(3);
            assertThat(demo.err().all())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("opens /dev/net/tun to root only (rw-------)")
                    .contains("sudo ./jpptp demo");
        }
    }

    private static void worked(JpptpProcess demo) {
        assertThat(demo.out().text())
                .contains("MPPE 128-bit stateless, both directions")
                .contains("5 of 5 answered")
                .containsPattern("up +4 MiB over TCP in .* equal at both ends")
                .containsPattern("down +4 MiB over TCP in .* equal at both ends")
                .contains("It works.");
    }
}
