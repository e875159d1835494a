package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many processes it takes, and what is made of their answers. */
class UndoingTest {
    @TempDir
    Path directory;

    private final List<String> trace = new ArrayList<>();
    private FakePrograms programs;

    @BeforeEach
    void prepare() throws Exception {
        programs = new FakePrograms(directory);
    }

    private static List<Change> changes(String... lines) {
        return Stream.of(lines)
                .<Change>map(line -> Change.parse(line).orElseThrow())
                .toList();
    }

    private List<String> refused(String... lines) {
        return Undoing.of(changes(lines), programs.commands(trace::add)).stream()
                .map(Change::line)
                .toList();
    }

    @Test
    void oneProcessForAllOfOneFamilyInTheirOrder() throws Exception {
        assertThat(refused(
                        "ip 0 -6 rule del priority 32764 table main suppress_ifgroup default",
                        "ip 0 -6 rule del priority 32765 not fwmark 172300 table 172300",
                        "ip 0 rule del priority 32765 not fwmark 172300 table 172300",
                        "ip 0 route del unreachable 0.0.0.0/0 table 172300 metric 4278198272",
                        "ip 0 route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172"))
                .isEmpty();
        assertThat(programs.runs())
                .containsExactly(
                        "ip -6 -force -batch -",
                        "rule del priority 32764 table main suppress_ifgroup default",
                        "rule del priority 32765 not fwmark 172300 table 172300",
                        "ip -force -batch -",
                        "rule del priority 32765 not fwmark 172300 table 172300",
                        "route del unreachable 0.0.0.0/0 table 172300 metric 4278198272",
                        "route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172");
        assertThat(trace)
                .hasSize(5)
                .startsWith("[#] ip -6 rule del priority 32764 table main suppress_ifgroup default")
                .endsWith("[#] ip route del 203.0.113.7/32 via 192.0.2.1 dev eth0 proto 172");
    }

    /** Its interface is asked for once. */
    @Test
    void nothingOfAnotherInterface() throws Exception {
        programs.says("ip", 0, "7: pptp0: <POINTOPOINT,UP> mtu 1400 qdisc x");
        assertThat(refused(
                        "ip 7 route del 10.0.0.0/8 dev pptp0 proto 172",
                        "ip 6 route del 10.0.0.0/8 dev pptp0 proto 172",
                        "ip 7 addr del 10.9.0.2/32 dev pptp0"))
                .isEmpty();
        assertThat(programs.runs())
                .containsExactly(
                        "ip -d -o link show dev pptp0",
                        "ip -d -o link show dev pptp0",
                        "ip -force -batch -",
                        "route del 10.0.0.0/8 dev pptp0 proto 172",
                        "addr del 10.9.0.2/32 dev pptp0");
    }

    @Test
    void whatIsRefusedIsToldApartFromWhatIsGone() throws Exception {
        programs.says(
                "ip",
                1,
                "RTNETLINK answers: No such process\nCommand failed -:1\n"
                        + "RTNETLINK answers: Operation not permitted\nCommand failed -:3");
        assertThat(refused(
                        "ip 0 rule del priority 5 not fwmark 172300 table 172300",
                        "ip 0 rule del priority 4 not fwmark 172300 table 172300",
                        "ip 0 rule del priority 3 not fwmark 172300 table 172300"))
                .containsExactly("ip 0 rule del priority 3 not fwmark 172300 table 172300");
        assertThat(trace).last().asString().contains("priority 3", "Operation not permitted");
    }

    /** Such as one that ended without a word: each is taken back by itself. */
    @Test
    void anAnswerThatIsNotUnderstoodIsNotBelieved() throws Exception {
        programs.says("ip", 1, "out of memory");
        assertThat(refused(
                        "ip 0 rule del priority 5 not fwmark 172300 table 172300",
                        "ip 0 rule del priority 4 not fwmark 172300 table 172300"))
                .hasSize(2);
        assertThat(programs.runs())
                .contains(
                        "ip rule del priority 5 not fwmark 172300 table 172300",
                        "ip rule del priority 4 not fwmark 172300 table 172300");
    }

    @Test
    void otherProgramsComeInBetween() throws Exception {
        refused(
                "ip 0 rule del priority 5 not fwmark 172300 table 172300",
                "ip 0 rule del priority 4 not fwmark 172300 table 172300",
                "nft pptp0",
                "ip 0 rule del priority 3 not fwmark 172300 table 172300");
        assertThat(programs.runs())
                .containsExactly(
                        "ip -force -batch -",
                        "rule del priority 5 not fwmark 172300 table 172300",
                        "rule del priority 4 not fwmark 172300 table 172300",
                        "nft delete table inet jpptp-pptp0",
                        "ip rule del priority 3 not fwmark 172300 table 172300");
    }
}
