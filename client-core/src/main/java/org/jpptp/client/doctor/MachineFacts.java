package org.jpptp.client.doctor;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;
import org.jpptp.client.net.Lockdown;
import org.jpptp.client.net.User;

/**
 * What was seen of a machine.
 *
 * @param obstacles what keeps every tunnel from coming up, in the order in which it would be met
 * @param filter the packet filter's rules
 * @param lockdown whether nothing leaves but tunnels
 * @param wayOut where packets for everywhere go
 * @param nat whether and how it is a router for others
 * @param resolver how names are looked up
 * @param otherClients other programs that speak PPTP, such as {@code pptp (process 312)}
 * @param leftovers files of tunnels that are dead and left changes
 * @param program what runs this, and when it was made
 */
public record MachineFacts(
        List<Failure> obstacles,
        Filter filter,
        Lockdown.State lockdown,
        WayOut wayOut,
        Nat nat,
        Resolver resolver,
        List<String> otherClients,
        List<String> leftovers,
        Program program) {
    /** Whether rules could be read. */
    public enum Reading {
        READ,
        /** But for rules of the older iptables, which the kernel has and no program here lists. */
        READ_IN_PART,
        /** They are there, and not for this process to see. */
        NOT_ALLOWED,
        /** There is no program that lists them. */
        NO_PROGRAM
    }

    /**
     * The packet filter.
     *
     * @param nft what {@code nft list ruleset} prints
     * @param iptables what nft does not show
     */
    public record Filter(Reading reading, String nft, List<Iptables> iptables) {
        public Filter {
            iptables = List.copyOf(iptables);
        }
    }

    /**
     * Rules of one of the two kinds of iptables.
     *
     * @param program which changes them: {@code iptables} or {@code iptables-legacy}
     * @param saved what the program that saves them prints
     */
    public record Iptables(String program, String saved) {}

    /**
     * The default routes.
     *
     * @param devices of each, in the order of the table
     * @param mtu of the first, in octets; 0 where that is not known
     * @param strict whether rp_filter is strict on one of them
     * @param loops servers whose own tunnels the way to them leads into
     */
    public record WayOut(List<String> devices, int mtu, boolean strict, List<Loop> loops) {
        public WayOut {
            devices = List.copyOf(devices);
            loops = List.copyOf(loops);
        }
    }

    /**
     * A PPTP server that this machine talks to, through a tunnel.
     *
     * @param server its address
     * @param device the tunnel
     * @param around the way out beside it, such as {@code via 192.0.2.1 dev eth0}; empty where there is none
     */
    public record Loop(String server, String device, String around) {}

    /**
     * What it does for others.
     *
     * @param forwards whether it passes on their packets
     * @param helper whether the connection tracking helper for PPTP is loaded
     * @param assigned whether a rule gives it the control connections, or the kernel does so by itself
     */
    public record Nat(boolean forwards, boolean helper, boolean assigned) {}

    /**
     * What runs this.
     *
     * @param user as whom
     * @param java the version of Java
     * @param made when the program was put together
     * @param today what the clock says
     * @param ntp whether timedatectl can have the clock set over the network
     */
    public record Program(User user, String java, LocalDate made, LocalDate today, boolean ntp) {}

    /**
     * The resolver.
     *
     * @param file what {@code /etc/resolv.conf} is or leads to
     * @param servers what its name servers said, one after the other
     */
    public record Resolver(String file, NameServers servers) {}

    /** What became of a question to them. */
    public enum NameServers {
        /** There is none. */
        NONE,
        SILENT,
        /** One is there, and says that it cannot find out (SERVFAIL). */
        FAIL,
        ANSWER
    }

    /** The same with one obstacle more. */
    public MachineFacts with(Failure obstacle) {
        List<Failure> all = new ArrayList<>(obstacles);
        all.add(obstacle);
        return new MachineFacts(all, filter, lockdown, wayOut, nat, resolver, otherClients, leftovers, program);
    }

    public MachineFacts {
        obstacles = List.copyOf(obstacles);
        otherClients = List.copyOf(otherClients);
        leftovers = List.copyOf(leftovers);
    }
}
