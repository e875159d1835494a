package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.FailureReason;
import org.jpptp.client.net.HostChangeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of change runs, with programs that only write it down. */
class ChangeTest {
    private static final String LINK_7 = "7: pptp0: <UP> mtu 1400 qdisc";
    private static final Inet4Address DNS = Cidr.parse("10.1.0.2").orElseThrow().address();

    @TempDir
    Path directory;

    private final List<String> trace = new ArrayList<>();
    private FakePrograms programs;
    private HostCommands host;

    @BeforeEach
    void prepare() throws Exception {
        programs = new FakePrograms(directory);
        programs.says("ip", 0, LINK_7);
        host = programs.commands(trace::add);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        new IpChange(
                                7, words("addr del 10.0.0.2/32 dev pptp0"), words("addr add 10.0.0.2/32 dev pptp0")),
                        "ip 7 addr del 10.0.0.2/32 dev pptp0",
                        List.of("ip addr add 10.0.0.2/32 dev pptp0"),
                        List.of("ip -d -o link show dev pptp0", "ip addr del 10.0.0.2/32 dev pptp0")),
                Arguments.of(
                        new IpChange(
                                0,
                                words("rule del not fwmark 172300 table 172300"),
                                words("rule add not fwmark 172300 table 172300")),
                        "ip 0 rule del not fwmark 172300 table 172300",
                        List.of("ip rule add not fwmark 172300 table 172300"),
                        List.of("ip rule del not fwmark 172300 table 172300")),
                Arguments.of(
                        new ResolvedChange(7, "pptp0", List.of(DNS), List.of("~corp.example", "corp.example")),
                        "resolved 7 pptp0",
                        List.of(
                                "resolvectl dns pptp0 10.1.0.2",
                                "resolvectl domain pptp0 ~corp.example corp.example",
                                "resolvectl default-route pptp0 no"),
                        List.of("ip -d -o link show dev pptp0", "resolvectl revert pptp0")),
                Arguments.of(
                        new ResolvedChange(7, "pptp0", List.of(DNS), List.of("~.")),
                        "resolved 7 pptp0",
                        List.of(
                                "resolvectl dns pptp0 10.1.0.2",
                                "resolvectl domain pptp0 ~.",
                                "resolvectl default-route pptp0 yes"),
                        List.of("ip -d -o link show dev pptp0", "resolvectl revert pptp0")),
                Arguments.of(
                        new ResolvconfChange(
                                "pptp0", List.of(DNS), List.of("corp.example"), ResolvconfChange.Claim.FIRST),
                        "resolvconf pptp0",
                        List.of("resolvconf -a tun1723.pptp0.jpptp", "nameserver 10.1.0.2", "search corp.example"),
                        List.of("resolvconf -d tun1723.pptp0.jpptp")),
                Arguments.of(
                        new ResolvconfChange("pptp0", List.of(DNS), List.of(), ResolvconfChange.Claim.EXCLUSIVE),
                        "resolvconf pptp0",
                        List.of("resolvconf -a tun1723.pptp0.jpptp -x", "nameserver 10.1.0.2"),
                        List.of("resolvconf -d tun1723.pptp0.jpptp")),
                Arguments.of(
                        new FilterChange("pptp0", "chain stray { type filter hook prerouting priority -300; };"),
                        "nft pptp0",
                        List.of(
                                "nft table inet jpptp-pptp0; delete table inet jpptp-pptp0; table inet jpptp-pptp0 { chain"
                                        + " stray { type filter hook prerouting priority -300; }; }"),
                        List.of("nft delete table inet jpptp-pptp0")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isMadeAndTakenBackByItsLine(Change change, String line, List<String> made, List<String> undone)
            throws Exception {
        change.make(host);
        assertThat(programs.runs()).isEqualTo(made);
        assertThat(trace).isEqualTo(traced(made));
        assertThat(change.line()).isEqualTo(line);
        assertThat(change.isReadable()).isTrue();

        trace.clear();
        assertThat(Change.parse(line).orElseThrow().undo(host)).isTrue();
        assertThat(programs.runs()).isEqualTo(undone);
        assertThat(trace).isEqualTo(traced(undone));
    }

    /** Each change as it was run; what was asked or written to a program is not told. */
    private static List<String> traced(List<String> runs) {
        return runs.stream()
                .filter(run -> run.matches("(ip|nft|resolvectl|resolvconf) .*") && !run.contains(" show "))
                .map(run -> "[#] " + run)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRefusalIsToldAndTheJournalIsKept(Change change, String line, List<String> made, List<String> undone)
            throws Exception {
        for (HostCommands.Program program : HostCommands.Program.values()) {
            programs.says(program.toString(), 2, "I am broken");
        }
        assertThatThrownBy(() -> change.make(host))
                .isInstanceOfSatisfying(
                        HostChangeException.class,
                        e -> assertThat(e.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED))
                .hasMessage("The host refused \"" + made.get(0) + "\": I am broken.");

        programs.says("ip", line.startsWith("ip 0") ? 2 : 0, line.startsWith("ip 0") ? "I am broken" : LINK_7);
        boolean byIp = line.startsWith("ip 7");
        assertThat(change.undo(host)).isEqualTo(byIp);
        if (!byIp) {
            assertThat(trace.get(trace.size() - 1))
                    .isEqualTo("The host refused \"" + undone.get(undone.size() - 1) + "\": I am broken.");
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsGoneNeedsNotBeTakenBack(Change change, String line, List<String> made, List<String> undone)
            throws Exception {
        for (String words : List.of("Error: No such file or directory", "No resolv.conf for interface x")) {
            for (HostCommands.Program program : HostCommands.Program.values()) {
                programs.says(program.toString(), 1, words);
            }
            assertThat(change.undo(host)).as(words).isTrue();
        }
    }

    @Test
    void aNamespaceMayHaveTheNameOfAKeyword() throws Exception {
        assertThat(Change.parse("ip 7 -n dev link set dev pptp0 down")
                        .orElseThrow()
                        .undo(host))
                .isTrue();
        assertThat(programs.runs())
                .containsExactly("ip -n dev -d -o link show dev pptp0", "ip -n dev link set dev pptp0 down");
    }

    /** What the owner of the thread may not open, the kernel knows by its number. */
    @Test
    void anInterfaceComesHomeByTheNumberOfAThread() throws Exception {
        assertThat(Change.parse("ip 7 -n blue link set dev pptp0 netns HOME")
                        .orElseThrow()
                        .undo(host))
                .isTrue();
        String thread = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
        assertThat(programs.runs())
                .containsExactly(
                        "ip -n blue -d -o link show dev pptp0", "ip -n blue link set dev pptp0 netns " + thread);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to set DNS configuration: Interactive authentication required.",
                "Failed to set DNS configuration: Access denied"
            })
    void whatPolkitDoesNotAllowNeedsAnotherUserOrARule(String said) throws Exception {
        programs.says("resolvectl", 1, said);
        ResolvedChange change = new ResolvedChange(7, "pptp0", List.of(DNS), List.of());
        assertThatThrownBy(() -> change.make(host))
                .isInstanceOfSatisfying(HostChangeException.class, e -> {
                    assertThat(e.failure().reason()).isEqualTo(FailureReason.NO_PRIVILEGE);
                    assertThat(e.failure().remedy().toString())
                            .contains("polkit")
                            .contains("as root");
                })
                .hasMessage("The host refused \"resolvectl dns pptp0 10.1.0.2\": " + said.replaceAll("\\.$", "") + ".");
        // Nothing was made, and nothing of it has to be kept for the next start.
        assertThat(change.undo(host)).isTrue();
    }

    @Test
    void anotherInterfaceOfTheNameIsLeftAlone() throws Exception {
        programs.says("ip", 0, "8: pptp0: <UP> mtu 1400 qdisc");
        for (String line : List.of("ip 7 link set dev pptp0 down", "resolved 7 pptp0")) {
            assertThat(Change.parse(line).orElseThrow().undo(host)).isTrue();
        }
        assertThat(programs.runs()).containsOnly("ip -d -o link show dev pptp0");
        assertThat(trace).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsKept() throws Exception {
        programs.says("ip", 1, "Cannot open netlink socket: Operation not permitted");
        for (String line : List.of("ip 7 link set dev pptp0 down", "resolved 7 pptp0")) {
            assertThat(Change.parse(line).orElseThrow().undo(host)).isFalse();
        }
    }

    @Test
    void aProgramThatIsNotInstalledIsARefusal() {
        HostCommands none = new HostCommands(List.of(directory.resolve("nowhere")), trace::add);
        assertThat(new FilterChange("pptp0", "").undo(none)).isFalse();
        assertThat(trace)
                .containsExactly(
                        "[#] nft delete table inet jpptp-pptp0",
                        "The host refused \"nft delete table inet jpptp-pptp0\": the command is not installed.");
    }
}
