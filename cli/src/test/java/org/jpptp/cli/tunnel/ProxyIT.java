package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.TestNamespace;
import org.junit.jupiter.api.Test;

/** A tunnel to the real server that only a proxy leads into, and programs that are run in it. */
@RequiresRealPeer
class ProxyIT {
    private static final int CLIENTS = 500;
    private static final int WHO_NEVER_READ = 20;
    private static final Pattern PID = Pattern.compile("\"proxy\":\\{[^}]*\"pid\":(\\d+)");
    /** What a tunnel without a profile is called after. */
    private static final String NAME = "10.99.0.2";

    private static final String INNER = RealPeer.INNER_ADDRESS;

    private static String status(TestNamespace here) {
        try (JpptpProcess status = JpptpProcess.start(here, "status", NAME, "--json")) {
            status.awaitExit(Connect.LONG);
            return status.out().text();
        }
    }

    private static long inner(TestNamespace here) {
        Matcher pid = PID.matcher(status(here));
        assertThat(pid.find()).isTrue();
        return Long.parseLong(pid.group(1));
    }

    private static void awaitEnd(long pid) throws Exception {
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        assertThat(Files.exists(Path.of("/proc", Long.toString(pid)))).isFalse();
    }

    @Test
    void programsAreLetInByAProxyAndNothingOfTheHostIsOtherThanBefore() throws Exception {
        List<String> options = new ArrayList<>(RealPeer.MPPE_128);
        options.add("ms-dns " + INNER);
        try (RealPeer peer =
                RealPeer.builder().options(options).user("alice", "secret").start()) {
            peer.exec("perl /run/peer/inner-services " + INNER + " >/tmp/services 2>&1 </dev/null &\n"
                    + "until grep -q ready /tmp/services; do sleep 0.1; done");
            TestNamespace here = peer.namespace();
            String before = here.hostState();
            Inside inside = new Inside(here, INNER);
            long pid;
            try (JpptpProcess jpptp =
                    Connect.to(peer.serverAddress(), here, "secret", "--reconnect", "--proxy", Inside.PORT)) {
                Connect.awaitUp(jpptp);
                assertThat(jpptp.out().text())
                        .contains("Proxy (SOCKS5, HTTP): 127.0.0.1:1080.")
                        .contains("DNS " + INNER + " for all names (the proxy).");
                assertThat(here.hostState()).isEqualTo(before);
                pid = inner(here);

                inside.namesAreLookedUp();
                inside.failuresHaveTheirCodes();
                inside.datagramsCarryAQuestion();
                inside.transfersAreWhole();
                inside.serveAtOnce(CLIENTS);
                inside.whoNeverReadsIsInNobodysWay(WHO_NEVER_READ);

                runs(here);
                assertThat(here.hostState()).isEqualTo(before);

                here.exec("nsenter", "--target", Long.toString(pid), "--net", "ip", "link", "del", "pptp0")
                        .orThrow();
                jpptp.err().await("it was made anew", Connect.LONG);
                inside.namesAreLookedUp();
                jpptp.signal("INT");
                assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
            }
            awaitEnd(pid);
            assertThat(here.hostState()).isEqualTo(before);

            try (JpptpProcess killed = Connect.to(peer.serverAddress(), here, "secret", "--proxy", Inside.PORT)) {
                Connect.awaitUp(killed);
                pid = inner(here);
                killed.signal("KILL");
                killed.awaitExit(Connect.LONG);
            }
            awaitEnd(pid);
            assertThat(here.hostState()).isEqualTo(before);
        }
    }

    /** The program is this process, with another network and other name servers. */
    private static void runs(TestNamespace here) {
        String script = "ip -o -4 addr show pptp0; grep nameserver /etc/resolv.conf;"
                + " curl -sS --max-time 60 http://www.corp.example:8080/exec; exit 7";
        try (JpptpProcess exec = JpptpProcess.start(here, "exec", NAME, "--", "sh", "-c", script)) {
            assertThat(exec.awaitExit(Connect.LONG)).as(exec.err().text()).isEqualTo(7);
            assertThat(exec.out().text())
                    .contains("peer " + INNER)
                    .contains("nameserver " + INNER + "\n")
                    .endsWith("this is /exec");
        }
        runsNothing(here, "/etc/passwd", 126, "\"/etc/passwd\" cannot be run: it is no program");
        runsNothing(
                here, "no-such-program", 127, "There is no program \"no-such-program\" in the directories of PATH.");
    }

    private static void runsNothing(TestNamespace here, String program, int code, String sentence) {
        try (JpptpProcess exec = JpptpProcess.start(here, "exec", NAME, "--", program)) {
            assertThat(exec.awaitExit(Connect.LONG)).as(exec.err().text()).isEqualTo(code);
            assertThat(exec.err().all()).singleElement().asString().startsWith("jpptp: " + sentence);
        }
    }
}
