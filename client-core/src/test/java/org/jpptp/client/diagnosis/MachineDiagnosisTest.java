package org.jpptp.client.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.doctor.ControlConnections;
import org.jpptp.client.doctor.FilterRules;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.doctor.MachineFacts.Filter;
import org.jpptp.client.doctor.MachineFacts.Iptables;
import org.jpptp.client.doctor.MachineFacts.Loop;
import org.jpptp.client.doctor.MachineFacts.NameServers;
import org.jpptp.client.doctor.MachineFacts.Nat;
import org.jpptp.client.doctor.MachineFacts.Program;
import org.jpptp.client.doctor.MachineFacts.Reading;
import org.jpptp.client.doctor.MachineFacts.Resolver;
import org.jpptp.client.doctor.MachineFacts.WayOut;
import org.jpptp.client.net.Lockdown.State;
import org.jpptp.client.net.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of a machine is found, with what mends it; and a machine without faults has none. */
class MachineDiagnosisTest {
    private static final boolean STRICT = true;
    private static final boolean LOOSE = false;
    private static final boolean FORWARDS = true;
    private static final boolean HELPS = true;
    private static final boolean ASSIGNED = true;
    private static final boolean NTP = true;
    private static final LocalDate MADE = LocalDate.of(2026, 11, 29);
    private static final Program NOW = new Program(User.ROOT, "17.0.9", MADE, MADE.plusDays(1), NTP);
    private static final Filter OPEN = new Filter(Reading.READ, "", List.of());
    private static final WayOut WIDE = new WayOut(List.of("eth0"), 1500, LOOSE, List.of());
    private static final Nat LEAF = new Nat(!FORWARDS, !HELPS, !ASSIGNED);
    private static final Resolver KNOWN = new Resolver("/etc/resolv.conf", NameServers.ANSWER);

    private static MachineFacts machine(Filter filter, WayOut out, Nat nat, Resolver resolver) {
        return new MachineFacts(List.of(), filter, State.OFF, out, nat, resolver, List.of(), List.of(), NOW);
    }

    private static List<Finding> problems(MachineFacts facts) {
        return MachineDiagnosis.of(facts).stream()
                .filter(finding -> finding.mark() != Finding.Mark.FINE)
                .toList();
    }

    private static String nft(String hook, String policy, String rules) {
        return "table inet filter {\n\tchain c {\n\t\ttype filter hook " + hook + " priority filter; policy " + policy
                + ";\n\t\t" + rules + "\n\t}\n}\n";
    }

    @Test
    void aHealthyMachineHasNoProblems() {
        assertThat(problems(machine(OPEN, WIDE, LEAF, KNOWN))).isEmpty();
    }

    @Test
    void rulesThatDropGreAreFoundWithACommandForTheirChain() {
        for (String hook : List.of("input", "output", "prerouting", "postrouting")) {
            for (String text : List.of(
                    nft(hook, "accept", "meta l4proto gre drop"),
                    nft(hook, "accept", "ip protocol gre counter packets 3 bytes 180 reject"),
                    nft(hook, "accept", "tcp dport 22 accept\n\t\tcounter packets 0 bytes 0 drop"),
                    nft(hook, "drop", "tcp dport 22 accept"))) {
                List<Finding> found = problems(machine(new Filter(Reading.READ, text, List.of()), WIDE, LEAF, KNOWN));
                assertThat(found).as(text).hasSize(1);
                assertThat(found.get(0).reason()).isEqualTo(FailureReason.GRE_BLOCKED);
                assertThat(found.get(0).command()).isEqualTo("nft insert rule inet filter c meta l4proto gre accept");
            }
        }
    }

    @Test
    void rulesThatLetItPassAreNot() {
        assertThat(Stream.of(
                                nft("input", "accept", "tcp dport 22 drop"),
                                nft("input", "drop", "meta l4proto gre accept"),
                                nft("input", "drop", "ct state established,related accept"),
                                nft("input", "accept", "ip protocol gre accept\n\t\tip protocol gre drop"),
                                nft("forward", "drop", "tcp dport 22 accept"),
                                "table ip x {\n\tchain jumped {\n\t\tdrop\n\t}\n}\n",
                                "not a rule set at all {",
                                "")
                        .flatMap(text -> FilterRules.ofNft(text).stream()))
                .isEmpty();
    }

    @Test
    void theSameOfIptables() {
        String open = "*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n";
        assertThat(iptables(open)).isEmpty();
        assertThat(iptables(open + "-A INPUT -p gre -j DROP\n"))
                .extracting(FilterRules.Drop::command)
                .containsExactly("iptables -I INPUT -p gre -j ACCEPT");
        assertThat(iptables(open.replace("OUTPUT ACCEPT", "OUTPUT DROP")))
                .extracting(FilterRules.Drop::command)
                .containsExactly("iptables -I OUTPUT -p gre -j ACCEPT");
        assertThat(iptables(open.replace("INPUT ACCEPT", "INPUT DROP")
                        + "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT\n"))
                .isEmpty();
    }

    private static List<FilterRules.Drop> iptables(String saved) {
        return FilterRules.ofIptables(new Iptables("iptables", saved));
    }

    @Test
    void rulesThatNftDoesNotShowCountAsWell() {
        Iptables rules = new Iptables("iptables-legacy", "*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n");
        String open = nft("input", "accept", "meta l4proto gre accept");
        assertThat(problems(machine(new Filter(Reading.READ, open, List.of(rules)), WIDE, LEAF, KNOWN)))
                .extracting(Finding::seen, Finding::command)
                .containsExactly(tuple(
                        "GRE (IP protocol 47) is dropped by chain INPUT of iptables-legacy: policy DROP.",
                        "iptables-legacy -I INPUT -p gre -j ACCEPT"));
    }

    @Test
    void rulesThatNobodyListsAreNotTakenForNone() {
        Filter filter = new Filter(Reading.READ_IN_PART, nft("output", "drop", "tcp dport 22 accept"), List.of());
        assertThat(problems(machine(filter, WIDE, LEAF, KNOWN)))
                .extracting(Finding::mark)
                .containsExactly(Finding.Mark.WARNING, Finding.Mark.FAULT);
        assertThat(MachineDiagnosis.of(machine(new Filter(Reading.READ_IN_PART, "", List.of()), WIDE, LEAF, KNOWN)))
                .filteredOn(finding -> finding.about().equals("firewall"))
                .singleElement()
                .extracting(Finding::seen)
                .asString()
                .contains("no program here lists its rules");
    }

    @Test
    void whatElseIsInTheWay() {
        assertThat(problems(machine(OPEN, new WayOut(List.of("ppp0"), 1300, LOOSE, List.of()), LEAF, KNOWN)))
                .extracting(Finding::seen)
                .containsExactly("The way out by ppp0 takes packets of 1300 octets: give the tunnel an MTU of 1256 at"
                        + " most.");
        assertThat(problems(machine(OPEN, new WayOut(List.of("eth0.7", "eth1"), 1500, STRICT, List.of()), LEAF, KNOWN)))
                .extracting(Finding::command)
                .containsExactly("sysctl -w net.ipv4.conf.all.rp_filter=2");
        assertThat(problems(machine(OPEN, WIDE, new Nat(FORWARDS, !HELPS, !ASSIGNED), KNOWN)))
                .extracting(Finding::command)
                .containsExactly("modprobe nf_nat_pptp");
        for (NameServers servers : NameServers.values()) {
            List<String> seen = problems(machine(OPEN, WIDE, LEAF, new Resolver("/etc/resolv.conf", servers))).stream()
                    .map(Finding::seen)
                    .toList();
            assertThat(seen).hasSize(servers == NameServers.ANSWER ? 0 : 1);
            assertThat(seen).allMatch(sentence -> sentence.contains("give the server's address."));
        }
        assertThat(problems(machine(new Filter(Reading.NOT_ALLOWED, "", List.of()), WIDE, LEAF, KNOWN)))
                .hasSize(1);
    }

    private static MachineFacts as(User user, State lockdown, Filter filter, Failure... obstacles) {
        return new MachineFacts(
                List.of(obstacles),
                filter,
                lockdown,
                WIDE,
                LEAF,
                KNOWN,
                List.of(),
                List.of(),
                new Program(user, "17", MADE, MADE, NTP));
    }

    @ParameterizedTest
    @CsvSource({
        "ON, nothing leaves this machine but tunnels. Name servers, jpptp lockdown off",
        "ON_BUT_LAN, its own private networks. Name servers, jpptp lockdown off",
        "UNTIL_BOOT, until the next boot. Name servers, jpptp lockdown off",
        "REMOVED, it blocks nothing. Say 'jpptp lockdown on', ''",
        "HIDDEN, nft fails, ''"
    })
    void lockdownIsNamedWithWhatItBlocks(State lockdown, String seen, String command) {
        assertThat(problems(as(User.ROOT, lockdown, OPEN))).singleElement().satisfies(found -> {
            assertThat(found.about()).isEqualTo("lockdown");
            assertThat(found.seen()).contains(seen.replace("''", "'"));
            assertThat(found.command()).isEqualTo(command);
        });
    }

    /** Root sees all that there is to see, and sudo mends nothing by looking. */
    @Test
    void onlyWhoIsNotRootIsSentToRoot() {
        Filter hidden = new Filter(Reading.NOT_ALLOWED, "", List.of());
        Failure unprivileged = HostDiagnosis.unprivileged(EnumSet.allOf(HostDiagnosis.Capability.class));
        assertThat(problems(as(User.ANOTHER, State.HIDDEN, hidden, unprivileged)))
                .extracting(Finding::about, Finding::command)
                .containsExactly(
                        tuple("host", ""),
                        tuple("firewall", "sudo jpptp doctor"),
                        tuple("lockdown", "sudo jpptp doctor"));
        assertThat(problems(as(User.ROOT, State.HIDDEN, hidden, unprivileged)))
                .hasSize(3)
                .allMatch(found -> found.command().isEmpty());
        assertThat(problems(as(User.ANOTHER, State.ON, OPEN)))
                .extracting(Finding::command)
                .containsExactly("sudo jpptp lockdown off");
    }

    @Test
    void chainsAreFollowed() {
        String chains = """
                table inet filter {
                \tchain other {
                \t\ttcp dport 22 accept
                \t\tdrop
                \t}
                \tchain zone {
                \t\tudp dport 53 accept
                \t\tgoto other
                \t}
                \tchain in {
                \t\ttype filter hook input priority filter; policy accept;
                \t\tiifname "lo" jump other
                \t\tiifname "eth0" counter packets 1 bytes 2 jump zone
                \t}
                }
                """;
        assertThat(FilterRules.ofNft(chains))
                .containsExactly(new FilterRules.Drop(
                        "chain other of table inet filter",
                        "drop",
                        "nft insert rule inet filter in meta l4proto gre accept"));
        assertThat(FilterRules.ofNft(chains.replace("udp dport 53 accept", "meta l4proto gre accept")))
                .isEmpty();
        assertThat(FilterRules.ofNft(chains.replace("goto other", "jump zone"))).isEmpty();

        String saved =
                "*filter\n:INPUT ACCEPT [0:0]\n:zone - [0:0]\n-A INPUT -i eth0 -j zone\n-A zone -p gre -j REJECT\n";
        assertThat(iptables(saved))
                .containsExactly(new FilterRules.Drop(
                        "chain zone of iptables", "-A zone -p gre -j REJECT", "iptables -I INPUT -p gre -j ACCEPT"));
        assertThat(iptables(saved.replace("-A zone -p", "-A zone -j RETURN\n-A zone -p")))
                .isEmpty();
    }

    @Test
    void aHelperThatNobodyAssignedIsToldFromOneThatIsNotThere() {
        assertThat(problems(machine(OPEN, WIDE, new Nat(FORWARDS, HELPS, !ASSIGNED), KNOWN)))
                .hasSize(1)
                .allMatch(finding -> finding.command().contains("ct helper set"));
        assertThat(problems(machine(OPEN, WIDE, new Nat(FORWARDS, HELPS, ASSIGNED), KNOWN)))
                .isEmpty();
        String nft = "\tct helper h {\n\t\ttype \"pptp\" protocol tcp\n\t}\n\t\ttcp dport 1723 ct helper set \"h\"\n";
        assertThat(FilterRules.assignsTheHelper(nft, "")).isTrue();
        assertThat(FilterRules.assignsTheHelper("", "-A PREROUTING -p tcp -m tcp --dport 1723 -j CT --helper pptp"))
                .isTrue();
        assertThat(FilterRules.assignsTheHelper(nft.replace("pptp", "ftp"), "")).isFalse();
    }

    @Test
    void aTunnelThatWouldCarryItselfIsFound() {
        Loop loop = new Loop("192.0.2.9", "ppp0", "via 203.0.113.1 dev eth0");
        WayOut looped = new WayOut(List.of("ppp0", "eth0"), 1500, LOOSE, List.of(loop));
        assertThat(problems(machine(OPEN, looped, LEAF, KNOWN)))
                .extracting(Finding::command)
                .containsExactly("ip route add 192.0.2.9/32 via 203.0.113.1 dev eth0");
        String table = """
                  sl  local_address rem_address   st tx_queue
                   0: 0202000A:C350 090200C0:06BB 01 00000000:00000000
                   1: 0202000A:C351 0A0200C0:06BB 06 00000000:00000000
                   2: 0202000A:C352 0B0200C0:0016 01 00000000:00000000
                """;
        assertThat(ControlConnections.servers(table)).containsExactly("192.0.2.9");
    }

    @Test
    void aClockThatIsWildlyWrongIsFound() {
        for (LocalDate today : List.of(LocalDate.EPOCH, MADE.plusYears(30))) {
            for (boolean ntp : List.of(NTP, !NTP)) {
                Program program = new Program(User.ROOT, "17", MADE, today, ntp);
                MachineFacts facts =
                        new MachineFacts(List.of(), OPEN, State.OFF, WIDE, LEAF, KNOWN, List.of(), List.of(), program);
                assertThat(problems(facts))
                        .extracting(Finding::about, Finding::command)
                        .containsExactly(tuple("clock", ntp ? "timedatectl set-ntp true" : ""));
            }
        }
    }

    @Test
    void leftoversAndOthersAndObstaclesAreNamed() {
        Failure noTun = Failure.of(FailureReason.NO_TUN, "There is no TUN device.", "Load it.");
        MachineFacts facts = new MachineFacts(
                List.of(noTun),
                OPEN,
                State.OFF,
                WIDE,
                LEAF,
                KNOWN,
                List.of("pptp (process 3)"),
                List.of("/run/jpptp/pptp0.journal"),
                NOW);
        assertThat(problems(facts)).hasSize(3).extracting(Finding::command).contains(Finding.REPAIRED_BY_US);
        assertThat(problems(facts).get(0).reason()).isEqualTo(FailureReason.NO_TUN);
    }
}
