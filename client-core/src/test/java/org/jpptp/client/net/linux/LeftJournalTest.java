package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Journals of dead processes, line by line: those of earlier and later versions, and what is not made by every tunnel. */
@Timeout(300)
class LeftJournalTest extends JournalFixture {
    /** A journal of a dead process, in this host's namespace. */
    private Path leave(String version, String... lines) throws Exception {
        long namespace = host.call(NetworkNamespace::inodeOfThisThread);
        if (!Files.exists(journals)) {
            Files.createDirectory(
                    journals, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return Files.writeString(
                journals.resolve("dead.journal"),
                version + "\nowner 4194305 started 1 netns " + namespace + "\n" + String.join("\n", lines) + "\n");
    }

    /** Every change of a persistent interface, with the lines that the first version wrote for it. */
    @Test
    void undoesAJournalOfTheFirstVersion() throws Exception {
        host.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
        host.ip("link", "set", "dev", "pptp0", "addrgenmode", "eui64");
        String before = host.state();
        int index = LinkState.parse(host.ip("-d", "-o", "link", "show", "dev", "pptp0"))
                .orElseThrow()
                .index();
        host.ip("route", "add", "203.0.113.7/32", "via", "192.0.2.1", "dev", "eth0");
        host.ip("route", "add", "192.0.2.99/32", "dev", "eth0", "scope", "link");
        host.ip("link", "set", "dev", "pptp0", "addrgenmode", "none", "mtu", "1400", "up");
        host.ip("addr", "add", "10.9.0.2", "peer", "10.9.0.1/32", "dev", "pptp0");
        host.ip("addr", "add", "10.9.0.3/32", "dev", "pptp0");
        host.ip("addr", "add", "fe80::21c:2ff:fe03:4/64", "dev", "pptp0");
        host.ip("route", "add", "10.0.0.0/8", "dev", "pptp0");
        Path journal = leave(
                "jpptp undo 1",
                "0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0",
                "0 route del 192.0.2.99/32 dev eth0 scope link",
                index + " link set dev pptp0 addrgenmode eui64",
                index + " link set dev pptp0 mtu 1500",
                index + " addr del 10.9.0.2 peer 10.9.0.1/32 dev pptp0",
                index + " addr del 10.9.0.3/32 dev pptp0",
                index + " addr del fe80::21c:2ff:fe03:4/64 dev pptp0",
                index + " link set dev pptp0 down",
                index + " route del 10.0.0.0/8 dev pptp0");

        recover(host);

        assertThat(host.state().replace("NO-CARRIER,", "")).isEqualTo(before);
        assertThat(journal).doesNotExist();
        assertThat(trace.get(0)).endsWith("was left behind.");
        assertThat(trace).hasSize(10);
    }

    @Test
    void takesBackAnInterfaceThatTheFirstVersionHasMoved() throws Exception {
        try (TestNamespace target = TestNamespace.create("target")) {
            target.ip("tuntap", "add", "mode", "tun", "name", "pptp0");
            int index = LinkState.parse(target.ip("-d", "-o", "link", "show", "dev", "pptp0"))
                    .orElseThrow()
                    .index();
            target.ip("addr", "add", "10.9.0.2/32", "dev", "pptp0");
            leave(
                    "jpptp undo 1",
                    index + " -n " + target.name() + " link set dev pptp0 netns HOME",
                    index + " -n " + target.name() + " addr del 10.9.0.2/32 dev pptp0");

            recover(host);

            assertThat(target.ip("link")).doesNotContain("pptp0");
            assertThat(host.ip("link")).contains("pptp0");
            assertThat(files()).isEmpty();
        }
    }

    /** What a full tunnel will add: its own table, the rules that lead there, and a filter. */
    @Test
    void undoesRulesATableAndAFilter() throws Exception {
        String before = host.state();
        host.ip("route", "add", "unreachable", "0.0.0.0/0", "metric", "4278198272", "table", "172300");
        host.ip("route", "add", "unreachable", "::/0", "metric", "4278198272", "table", "172300");
        host.ip("rule", "add", "not", "fwmark", "172300", "table", "172300");
        host.ip("-6", "rule", "add", "not", "fwmark", "172300", "table", "172300");
        host.ip("rule", "add", "table", "main", "suppress_prefixlength", "0");
        boolean hasNft = new HostCommands(HostCommands.PLACES, trace::add).has(HostCommands.Program.NFT);
        if (hasNft) {
            host.call(() -> TestNamespace.run("nft", "table inet jpptp-pptp0 { }"));
        }
        leave(
                "jpptp undo 2",
                "ip 0 rule del table main suppress_prefixlength 0",
                "ip 0 route del unreachable 0.0.0.0/0 table 172300 metric 4278198272",
                "ip 0 route del unreachable ::/0 table 172300 metric 4278198272",
                "ip 0 rule del not fwmark 172300 table 172300",
                "ip 0 -6 rule del not fwmark 172300 table 172300",
                hasNft ? "nft pptp0" : "ip 0 route del 203.0.113.7/32 dev eth0 scope link");

        recover(host);

        assertThat(host.state()).isEqualTo(before);
        assertThat(files()).isEmpty();
        if (hasNft) {
            assertThat(trace).contains("[#] nft delete table inet jpptp-pptp0");
            assertThat(host.call(() -> TestNamespace.run("nft", "list", "tables")))
                    .isEmpty();
        }
        int recovered = trace.size();
        recover(host);
        assertThat(trace).hasSize(recovered);
    }

    /** Two programs start at once: the second must not take back what the first has made after its own recovery. */
    @Test
    void onlyOneAtATimeTakesBackWhatWasLeft() throws Exception {
        Path journal = leave("jpptp undo 2", "nft pptp0");
        JournalLock first = JournalLock.take(journals);
        FutureTask<Void> second = new FutureTask<>(() -> {
            recover(host);
            return null;
        });
        new Thread(second, "second").start();
        assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        Files.delete(journal);
        first.release();
        second.get();
        assertThat(trace).isEmpty();
    }

    @Test
    void leavesTheJournalOfALaterVersionAlone() throws Exception {
        Path journal = leave("jpptp undo 3", "ip 0 route del 203.0.113.7/32 dev eth0 scope link");

        recover(host);

        assertThat(journal).exists();
        assertThat(trace)
                .containsExactly(
                        "The journal " + journal + " could not be used: a later version of this program wrote it.");
    }

    @Test
    void doesWithoutADirectory() throws Exception {
        recover(host);

        assertThat(trace).isEmpty();
    }
}
