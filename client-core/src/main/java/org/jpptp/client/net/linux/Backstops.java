package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;

/**
 * Behind each route into a tunnel, one to the same network that leads nowhere and that no other is worse than: with the
 * interface its routes go, and what they led into the tunnel would then go the host's usual way. Used under
 * {@link JournalLock}, for tunnels to the same network share theirs.
 */
final class Backstops {
    /** The worst metric there is, but for those that the kernel keeps for itself. */
    static final String METRIC = "4278198272";

    private final IpCommand ip;
    private final UndoJournal journal;
    private List<IpChange> made = List.of();

    Backstops(IpCommand ip, UndoJournal journal) {
        this.ip = ip;
        this.journal = journal;
    }

    /** What is new first, then what is gone. */
    void follow(NetworkPlan plan) throws HostChangeException {
        List<IpChange> next =
                networks(plan).stream().map(Backstops::unreachable).toList();
        List<IpChange> before = made;
        for (IpChange each : next) {
            if (before.contains(each)) {
                continue;
            }
            if (journal.isSharedWithOthers(each)) {
                journal.note(each);
            } else {
                journal.make(each, ip.host());
            }
        }
        made = next;
        for (IpChange each : before) {
            if (!next.contains(each)) {
                if (journal.isSharedWithOthers(each)) {
                    journal.forget(each);
                } else {
                    journal.takeBack(each, ip.host());
                }
            }
        }
    }

    /** A tunnel that takes everything has one for everything, in a table of its own. */
    private static Set<Cidr> networks(NetworkPlan plan) {
        if (plan.routing().isFull()) {
            return Set.of();
        }
        Set<Cidr> networks = new LinkedHashSet<>(plan.routes());
        networks.addAll(plan.names().routes());
        if (plan.remote() != null) {
            networks.add(Cidr.host(plan.remote()));
        }
        return networks;
    }

    private static IpChange unreachable(Cidr network) {
        List<String> words = List.of("unreachable", network.toString(), "metric", METRIC, "proto", IpChange.PROTOCOL);
        return new IpChange(0, route("del", words), route("add", words));
    }

    private static List<String> route(String verb, List<String> words) {
        List<String> arguments = new ArrayList<>(List.of("route", verb));
        arguments.addAll(words);
        return arguments;
    }
}
