package org.jpptp.client.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.doctor.FilterRules;
import org.jpptp.client.doctor.Finding;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.User;

/** What the facts of a machine mean to its tunnels. */
public final class MachineDiagnosis {
    /** IP, GRE, PPP and MPPE headers around a datagram. */
    private static final int AROUND_A_DATAGRAM = 44;

    private static final int DEFAULT_MTU = 1400;
    private static final String RESOLVER = "resolver";
    private static final String LOCKDOWN = "lockdown";
    /** What people do not expect of it. */
    private static final String UNNAMED =
            " Name servers are not asked past them: give a server's address, or have its name in /etc/hosts.";

    /** After so long a program is not run any more, most likely. */
    private static final int OLDEST_YEARS = 20;

    /** One command, for a table of its own: it is removed again with that. */
    private static final String ASSIGN = "nft 'add table ip pptp_helper; add ct helper ip pptp_helper pptp { type"
            + " \"pptp\" protocol tcp; }; add chain ip pptp_helper begin { type filter hook prerouting priority 0; };"
            + " add rule ip pptp_helper begin tcp dport 1723 ct helper set \"pptp\"'";

    private MachineDiagnosis() {}

    /** All checks in their order. */
    public static List<Finding> of(MachineFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine("Java", "Java " + facts.program().java() + " runs this."));
        clock(facts.program(), findings);
        obstacles(facts, findings);
        filter(facts.filter(), facts.program().user(), findings);
        lockdown(facts.lockdown(), facts.program().user(), findings);
        nat(facts.nat(), findings);
        wayOut(facts.wayOut(), findings);
        resolver(facts.resolver(), findings);
        clients(facts, findings);
        leftovers(facts, findings);
        return findings;
    }

    private static void obstacles(MachineFacts facts, List<Finding> findings) {
        if (facts.obstacles().isEmpty()) {
            findings.add(Finding.fine(
                    "host", "Capabilities, /dev/net/tun, the program ip and the journal's place are there."));
        }
        for (Failure obstacle : facts.obstacles()) {
            // Rights are given to a tunnel's command, which this is not: no command here mends their lack.
            findings.add(Finding.fault("host", obstacle.sentence() + " " + obstacle.remedy(), "", obstacle.reason()));
        }
    }

    /** What this user may not see. */
    private static Finding hidden(String about, User user, String what) {
        return user == User.ROOT
                ? Finding.warning(
                        about, what + " is not shown here, to root either: a right is missing, or nft fails.", "")
                : Finding.warning(about, what + " is shown to root only.", "sudo jpptp doctor");
    }

    private static void lockdown(Lockdown.State lockdown, User user, List<Finding> findings) {
        String off = user == User.ROOT ? "jpptp lockdown off" : "sudo jpptp lockdown off";
        findings.add(
                switch (lockdown) {
                    case OFF -> Finding.fine(LOCKDOWN, "Lockdown is off.");
                    case ON ->
                        Finding.warning(
                                LOCKDOWN, "Lockdown is on: nothing leaves this machine but tunnels." + UNNAMED, off);
                    case ON_BUT_LAN ->
                        Finding.warning(
                                LOCKDOWN,
                                "Lockdown is on: nothing leaves this machine but tunnels, and what is for its own private"
                                        + " networks." + UNNAMED,
                                off);
                    case UNTIL_BOOT ->
                        Finding.warning(
                                LOCKDOWN,
                                "Lockdown is in pieces: nothing leaves this machine but tunnels, until the next boot."
                                        + UNNAMED,
                                off);
                    case REMOVED ->
                        Finding.warning(
                                LOCKDOWN,
                                "Lockdown is in pieces: another program has removed it from the kernel, so that it blocks"
                                        + " nothing. Say 'jpptp lockdown on' or off.",
                                "");
                    case HIDDEN -> hidden(LOCKDOWN, user, "Whether lockdown is on");
                });
    }

    private static void filter(MachineFacts.Filter filter, User user, List<Finding> findings) {
        switch (filter.reading()) {
            case NOT_ALLOWED -> findings.add(hidden("firewall", user, "What the packet filter drops"));
            case NO_PROGRAM ->
                findings.add(Finding.fine(
                        "firewall", "Neither nft nor iptables-save is there, so that no rules are known."));
            case READ, READ_IN_PART -> {
                List<FilterRules.Drop> drops = new ArrayList<>(FilterRules.ofNft(filter.nft()));
                filter.iptables().forEach(rules -> drops.addAll(FilterRules.ofIptables(rules)));
                if (filter.reading() == MachineFacts.Reading.READ_IN_PART) {
                    findings.add(Finding.warning(
                            "firewall",
                            "The kernel has a filter of the older iptables, and no program here lists its rules: some may"
                                    + " drop GRE (IP protocol 47). Install iptables, then run this again.",
                            ""));
                } else if (drops.isEmpty()) {
                    findings.add(Finding.fine("firewall", "No rule of this host drops GRE (IP protocol 47)."));
                }
                for (FilterRules.Drop drop : drops) {
                    findings.add(Finding.fault(
                            "firewall",
                            "GRE (IP protocol 47) is dropped by " + drop.where() + ": " + drop.rule() + ".",
                            drop.command(),
                            FailureReason.GRE_BLOCKED));
                }
            }
        }
    }

    /** A tunnel needs no clock; whoever reads the logs, or looks for what a server's log says of the same time, does. */
    private static void clock(MachineFacts.Program program, List<Finding> findings) {
        boolean early = program.today().isBefore(program.made().minusDays(1));
        boolean late = program.today().isAfter(program.made().plusYears(OLDEST_YEARS));
        findings.add(
                early || late
                        ? Finding.warning(
                                "clock",
                                "The clock says " + program.today() + ", and this program was made on " + program.made()
                                        + ": one of them is wrong. Times in logs may be, too.",
                                program.ntp() ? "timedatectl set-ntp true" : "")
                        : Finding.fine("clock", "The clock says " + program.today() + "."));
    }

    private static void loops(MachineFacts.WayOut out, List<Finding> findings) {
        for (MachineFacts.Loop loop : out.loops()) {
            findings.add(Finding.fault(
                    "loop",
                    "Packets for the PPTP server " + loop.server() + " go into the tunnel " + loop.device()
                            + ": a tunnel to it would carry itself.",
                    loop.around().isEmpty() ? "" : "ip route add " + loop.server() + "/32 " + loop.around(),
                    FailureReason.HOST_CHANGE_REFUSED));
        }
    }

    private static void nat(MachineFacts.Nat nat, List<Finding> findings) {
        if (nat.forwards() && nat.helper() && !nat.assigned()) {
            findings.add(Finding.warning(
                    "helper",
                    "This host forwards for others, and no rule assigns PPTP's connection tracking helper. A second"
                            + " client behind its NAT, or any behind strict rules, gets no GRE.",
                    ASSIGN));
            return;
        }
        if (nat.forwards() && !nat.helper()) {
            findings.add(Finding.warning(
                    "helper",
                    "This host forwards for others, and PPTP's connection tracking helper is not loaded. PPTP of hosts"
                            + " behind its NAT may fail; since Linux 6.0 a rule has to assign the helper, too.",
                    "modprobe nf_nat_pptp"));
        } else {
            findings.add(Finding.fine(
                    "helper",
                    nat.forwards()
                            ? "This host forwards for others, and PPTP's connection tracking helper is assigned."
                            : "This host forwards for nobody, so that it needs no connection tracking helper."));
        }
    }

    private static void wayOut(MachineFacts.WayOut out, List<Finding> findings) {
        loops(out, findings);
        if (out.devices().isEmpty()) {
            findings.add(Finding.warning(
                    "way out", "There is no default route: only servers on networks of this host are reached.", ""));
            return;
        }
        String device = out.devices().get(0);
        int fits = out.mtu() - AROUND_A_DATAGRAM;
        if (out.mtu() > 0 && fits < DEFAULT_MTU) {
            findings.add(Finding.warning(
                    "way out",
                    "The way out by " + device + " takes packets of " + out.mtu()
                            + " octets: give the tunnel an MTU of " + fits + " at most.",
                    ""));
        } else {
            findings.add(Finding.fine("way out", "The way out is " + device + ", with an MTU of " + out.mtu() + "."));
        }
        if (out.strict() && out.devices().size() > 1) {
            findings.add(Finding.warning(
                    "rp_filter",
                    "rp_filter is strict with " + out.devices().size()
                            + " ways out: GRE that comes back by another one is dropped.",
                    "sysctl -w net.ipv4.conf.all.rp_filter=2"));
        } else {
            findings.add(Finding.fine("rp_filter", "rp_filter does not stand in the way."));
        }
    }

    private static void resolver(MachineFacts.Resolver resolver, List<Finding> findings) {
        findings.add(
                switch (resolver.servers()) {
                    case NONE ->
                        Finding.warning(
                                RESOLVER, resolver.file() + " names no name server: give the server's address.", "");
                    case SILENT ->
                        Finding.warning(
                                RESOLVER,
                                "No name server that " + resolver.file()
                                        + " names answers here: check the network, or give the server's address.",
                                "");
                    case FAIL ->
                        Finding.warning(
                                RESOLVER,
                                "The name server that " + resolver.file()
                                        + " names is there, and could not ask others (SERVFAIL). Check the network, or give the"
                                        + " server's address.",
                                "");
                    case ANSWER ->
                        Finding.fine(
                                RESOLVER, "Names are looked up by " + resolver.file() + ", and a name server answers.");
                });
    }

    private static void clients(MachineFacts facts, List<Finding> findings) {
        findings.add(
                facts.otherClients().isEmpty()
                        ? Finding.fine("others", "No other PPTP client runs.")
                        : Finding.warning(
                                "others",
                                "Other PPTP programs run here: "
                                        + facts.otherClients().stream().collect(Collectors.joining(", "))
                                        + ". Some servers take one connection from each address.",
                                ""));
    }

    private static void leftovers(MachineFacts facts, List<Finding> findings) {
        findings.add(
                facts.leftovers().isEmpty()
                        ? Finding.fine("leftovers", "No dead tunnel has left anything.")
                        : Finding.warning(
                                "leftovers",
                                "Dead tunnels left changes, which the next start undoes: "
                                        + String.join(", ", facts.leftovers()) + ".",
                                Finding.REPAIRED_BY_US));
    }
}
