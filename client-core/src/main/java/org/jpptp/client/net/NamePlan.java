package org.jpptp.client.net;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NameSettings.Pushed;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where names are to be looked up while the tunnel is up.
 *
 * @param scope which names
 * @param servers whom to ask, in this order; with {@link NameScope#NOTHING} those that the server has named
 * @param domains of {@link NameScope#DOMAINS}; nothing else has any
 * @param routes what leads to those of the servers that nothing else leads to
 * @param wins the servers that Windows asks for names; programs of the user's are told of them
 */
public record NamePlan(
        NameScope scope, List<Inet4Address> servers, List<String> domains, List<Cidr> routes, List<Inet4Address> wins) {
    /** Nobody has named a server. */
    public static final NamePlan NONE = new NamePlan(NameScope.NOTHING, List.of(), List.of(), List.of());

    /** Without WINS. */
    public NamePlan(NameScope scope, List<Inet4Address> servers, List<String> domains, List<Cidr> routes) {
        this(scope, servers, domains, routes, List.of());
    }

    public NamePlan {
        wins = List.copyOf(wins);
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
        routes = List.copyOf(routes);
    }

    /**
     * Decides.
     *
     * @param wanted what the user wants
     * @param pushed what the server names
     * @param plan everything else of the tunnel
     * @param host what has addresses and routes beside the tunnel interface
     */
    public static Decision of(NameSettings wanted, List<Inet4Address> pushed, NetworkPlan plan, Surroundings host) {
        if (!wanted.isWanted()) {
            return new Decision(new NamePlan(NameScope.NOTHING, pushed, List.of(), List.of()), List.of());
        }
        Reach reach = new Reach(plan, host);
        Set<Inet4Address> servers = new LinkedHashSet<>(wanted.servers());
        List<AddressObjection> objections = new ArrayList<>();
        if (wanted.pushed() == Pushed.ACCEPTED) {
            for (Inet4Address each : pushed) {
                if (!servers.contains(each)) {
                    reach.objection(each).ifPresentOrElse(objections::add, () -> servers.add(each));
                }
            }
        }
        if (servers.isEmpty()) {
            return new Decision(NONE, objections);
        }
        List<Cidr> routes = servers.stream()
                .filter(server ->
                        !reach.isCovered(server) && reach.objection(server).isEmpty())
                .map(Cidr::host)
                .toList();
        return new Decision(
                new NamePlan(scope(wanted, plan), List.copyOf(servers), domains(wanted, plan), routes), objections);
    }

    /** A full tunnel takes every name with it; else the domains decide. */
    private static NameScope scope(NameSettings wanted, NetworkPlan plan) {
        if (plan.routing().isFull() || RouteRules.coverEverything(plan.routes())) {
            return NameScope.EVERYTHING;
        }
        return wanted.domains().isEmpty() ? NameScope.BESIDE : NameScope.DOMAINS;
    }

    private static List<String> domains(NameSettings wanted, NetworkPlan plan) {
        return scope(wanted, plan) == NameScope.DOMAINS ? wanted.domains() : List.of();
    }

    /** The same with servers of WINS. */
    public NamePlan withWins(List<Inet4Address> others) {
        return new NamePlan(scope, servers, domains, routes, others);
    }

    /** Whether the host's resolver is told anything. */
    public boolean isApplied() {
        return scope != NameScope.NOTHING;
    }

    /**
     * As a user is told: what asks about every name is not said to ask about those of some domains.
     *
     * @param by what asks the servers, null for nothing
     */
    public TunnelEvent.NamesSettled told(@Nullable NameService by) {
        if (by == null) {
            return new TunnelEvent.NamesSettled(scope, servers, domains, null);
        }
        boolean blurred = scope == NameScope.DOMAINS && by.splitting() == NameService.Splitting.NONE;
        return blurred
                ? new TunnelEvent.NamesSettled(NameScope.BESIDE, servers, List.of(), by.label())
                : new TunnelEvent.NamesSettled(scope, servers, domains, by.label());
    }

    /**
     * What becomes of names.
     *
     * @param refused servers that are not asked although they were named, and why
     */
    public record Decision(NamePlan plan, List<AddressObjection> refused) {
        public Decision {
            refused = List.copyOf(refused);
        }
    }
}
