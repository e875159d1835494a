package org.jpptp.client.doctor;

import java.util.ArrayList;
import java.util.List;
import org.jpptp.client.Failure;

/**
 * What was seen of a machine.
 *
 * @param obstacles what keeps every tunnel from coming up, in the order in which it would be met
 * @param filter the packet filter's rules
 * @param wayOut where packets for everywhere go
 * @param nat whether and how it is a router for others
 * @param resolver how names are looked up
 * @param otherClients other programs that speak PPTP, such as {@code pptp (process 312)}
 * @param leftovers files of tunnels that are dead and left changes
 * @param java the version that runs this
 */
public record MachineFacts(
        List<Failure> obstacles,
        Filter filter,
        WayOut wayOut,
        Nat nat,
        Resolver resolver,
        List<String> otherClients,
        List<String> leftovers,
        String java) {
    /** Whether rules could be read. */
    public enum Reading {
        READ,
        /** Only root may. */
        NOT_ALLOWED,
        /** There is no program that lists them. */
        NO_PROGRAM
    }

    /**
     * The packet filter.
     *
     * @param nft what {@code nft list ruleset} prints
     * @param iptables what {@code iptables-save} prints, where nft is not there
     */
    public record Filter(Reading reading, String nft, String iptables) {}

    /**
     * The default routes.
     *
     * @param devices of each, in the order of the table
     * @param mtu of the first, in octets; 0 where that is not known
     * @param strict whether rp_filter is strict on one of them
     */
    public record WayOut(List<String> devices, int mtu, boolean strict) {
        public WayOut {
            devices = List.copyOf(devices);
        }
    }

    /**
     * What it does for others.
     *
     * @param forwards whether it passes on their packets
     * @param helper whether the connection tracking helper for PPTP is loaded
     */
    public record Nat(boolean forwards, boolean helper) {}

    /**
     * The resolver.
     *
     * @param file what {@code /etc/resolv.conf} is or leads to
     * @param servers how many name servers it names
     */
    public record Resolver(String file, int servers) {}

    /** The same with one obstacle more. */
    public MachineFacts with(Failure obstacle) {
        List<Failure> all = new ArrayList<>(obstacles);
        all.add(obstacle);
        return new MachineFacts(all, filter, wayOut, nat, resolver, otherClients, leftovers, java);
    }

    public MachineFacts {
        obstacles = List.copyOf(obstacles);
        otherClients = List.copyOf(otherClients);
        leftovers = List.copyOf(leftovers);
    }
}
