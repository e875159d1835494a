package org.jpptp.client;

import java.util.List;

/**
 * Which of this host's traffic goes through a tunnel.
 *
 * @param networks to be reached through it
 * @param scope whether that is all
 * @param metric of these routes, 0 for the kernel's own: of two routes to a network, the smaller one is taken
 * @param lan what becomes of this host's own networks while everything goes through the tunnel
 * @param afterwards what becomes of this host when there is no tunnel
 */
public record Routing(List<Cidr> networks, Scope scope, long metric, Lan lan, Afterwards afterwards) {
    /** No network but the server's own inner address. */
    public static final Routing NONE = new Routing(List.of(), Scope.SPLIT, 0, Lan.CLOSED);

    /** How much goes through the tunnel. */
    public enum Scope {
        /** The networks that are named. */
        SPLIT,
        /** Everything, and what the tunnel does not carry goes nowhere. */
        FULL
    }

    /** The networks that this host is in itself. */
    public enum Lan {
        CLOSED,
        /** Those of private addresses stay as they are. */
        OPEN
    }

    /** What becomes of the host without the tunnel: before it is up, and when it has ended. */
    public enum Afterwards {
        AS_BEFORE,
        /** Nothing leaves it but tunnels, until that is taken back by hand. */
        LOCKDOWN
    }

    /** When it has ended, the host is as before. */
    public Routing(List<Cidr> networks, Scope scope, long metric, Lan lan) {
        this(networks, scope, metric, lan, Afterwards.AS_BEFORE);
    }

    public Routing {
        networks = List.copyOf(networks);
    }

    /** Some networks, and nothing else. */
    public static Routing split(List<Cidr> networks) {
        return new Routing(networks, Scope.SPLIT, 0, Lan.CLOSED);
    }

    /** The same for other networks. */
    public Routing with(List<Cidr> others) {
        return new Routing(others, scope, metric, lan, afterwards);
    }

    /** The same, with the host closed before and afterwards, too. */
    public Routing lockedDown() {
        return new Routing(networks, scope, metric, lan, Afterwards.LOCKDOWN);
    }

    /** Whether everything goes through the tunnel. */
    public boolean isFull() {
        return scope == Scope.FULL;
    }
}
