package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jpptp.client.Ipv6;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork.Part;
import org.jpptp.client.net.HostNetwork.WithoutInterface;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;

/**
 * One plan on its host, the next one in its place, and what others take away of it put back: the steps, in their order. What
 * its {@link TunnelInterface} is told belongs to that.
 */
final class AppliedPlan {
    /** Where changes are written down before they are made, and what holds for all plans of a tunnel. */
    interface Records {
        /** For what a boot undoes by itself. */
        UndoJournal usual();

        /** The journal that lasts as long as the change does by itself. */
        UndoJournal of(Change change) throws HostChangeException;

        /** Keeps other tunnels from what is nobody's own. */
        JournalLock lock();

        WithoutInterface whenGone();
    }

    private NetworkPlan plan;
    private final IpCommand ip;
    private final Records records;
    private final UndoJournal journal;
    private final HostLog log;
    private final TunnelInterface device;
    private final ServerPins pins;
    private final Backstops backstops;
    /** Null while not everything goes through the tunnel. */
    private @Nullable FullTunnel full;

    private Optional<String> addressGeneration = Optional.empty();
    private LinkState.Persistence persistence = LinkState.Persistence.OF_DESCRIPTOR;
    private int mtuBefore;
    private @Nullable NameChanges names;

    AppliedPlan(NetworkPlan plan, IpCommand ip, Records records, HostLog log) {
        this.plan = plan;
        this.ip = ip;
        this.records = records;
        this.journal = records.usual();
        this.log = log;
        this.backstops = new Backstops(ip, journal);
        this.pins = new ServerPins(plan.interfaceName(), ip, journal);
        this.device = new TunnelInterface(plan, ip);
    }

    void run() throws HostChangeException {
        device.appeared();
        if (plan.namespace() != null) {
            move(plan.namespace());
        } else {
            reach(List.of(plan.server()));
        }
        configure();
    }

    /** Gives the interface everything that the plan says. */
    private void configure() throws HostChangeException {
        LinkState before = device.state();
        if (plan.namespace() == null && !before.group().equals(IpChange.GROUP)) {
            make(device.setting("group", before.group(), IpChange.GROUP));
        }
        setLink(before);
        for (IpChange address : device.addresses(plan)) {
            make(address);
        }
        if (before.setting() == LinkState.Setting.DOWN) {
            make(device.up());
        }
        for (IpChange route : device.routes(plan, table())) {
            make(route);
        }
        if (names == null) {
            names = new NameChanges(device.index(), new Names(), log);
        } else {
            names.forget(device.index());
        }
        names.apply(plan);
    }

    /** Makes anew what somebody else has taken away, and tells what that was. */
    Set<Part> restore() throws HostChangeException {
        Set<Part> restored = EnumSet.noneOf(Part.class);
        if (full != null && full.restore(plan)) {
            restored.add(Part.RULES);
        }
        Optional<LinkState> there = device.findSame();
        if (there.isPresent()) {
            putBack(there.get(), restored);
        } else {
            configureAnother();
            restored.add(Part.INTERFACE);
        }
        return restored;
    }

    /** Another interface has the name by now, and nothing is left of what we gave to the first. */
    private void configureAnother() throws HostChangeException {
        int gone = device.index();
        device.appeared();
        journal.forgetIf(change -> change.isOf(gone));
        if (plan.namespace() != null) {
            move(plan.namespace());
        }
        configure();
    }

    private void putBack(LinkState link, Set<Part> restored) throws HostChangeException {
        HostCommands host = ip.host();
        for (IpChange address : device.missingAddresses(plan)) {
            host.make(HostCommands.Program.IP, address.command());
            restored.add(Part.ADDRESSES);
        }
        if (link.setting() == LinkState.Setting.DOWN) {
            host.make(HostCommands.Program.IP, device.up().command());
            restored.add(Part.LINK);
        }
        for (IpChange route : device.missingRoutes(plan, table())) {
            host.make(HostCommands.Program.IP, route.command());
            restored.add(Part.ROUTES);
        }
    }

    /** Where its routes are, in words of {@code ip}; empty for the main table. */
    private List<String> table() {
        return full == null ? List.of() : List.of("table", Integer.toString(full.table()));
    }

    /** What names are looked up by, and the journals of it. */
    private final class Names implements NameChanges.Journal {
        @Override
        public void make(Change change) throws HostChangeException {
            records.of(change).make(change, ip.host());
        }

        @Override
        public void takeBack(Change change) throws HostChangeException {
            records.of(change).takeBack(change, ip.host());
        }
    }

    @Nullable
    NameChanges names() {
        return names;
    }

    /** The outer connection is about to be made once more; in a namespace the tunnel is not in its way. */
    void reach(List<Inet4Address> servers) throws HostChangeException {
        if (plan.namespace() != null) {
            return;
        }
        JournalLock lock = records.lock();
        try {
            for (Inet4Address server : servers) {
                pins.pin(server);
            }
            if (records.whenGone() == WithoutInterface.CLOSED) {
                backstops.follow(plan);
            }
            if (full != null) {
                full.follow(plan, servers);
            } else if (plan.routing().isFull()) {
                full = FullTunnel.close(ip, journal, plan, servers);
            }
        } finally {
            lock.release();
        }
    }

    private void move(String namespace) throws HostChangeException {
        IpChange move = device.move(namespace);
        make(move);
        int before = device.index();
        if (device.moved() != before) {
            journal.note(new IpChange(device.index(), move.inverse(), move.command()));
        }
    }

    private void setLink(LinkState before) throws HostChangeException {
        addressGeneration = before.addressGeneration();
        Optional<String> generating = addressGeneration.filter(mode -> !mode.equals("none"));
        if (generating.isPresent()) {
            // No link-local address but one that IPv6CP agreed on.
            make(device.setting("addrgenmode", generating.get(), "none"));
        }
        mtuBefore = before.mtu();
        // After that: an interface with an MTU below 1280 has no IPv6 that could be told something.
        if (before.mtu() != plan.mtu()) {
            setMtu();
        }
        persistence = before.persistence();
        refuseAdvice();
    }

    /** Where that cannot be, no IPv6 may come in; without IPv6CP none does. */
    private void refuseAdvice() throws HostChangeException {
        String name = plan.interfaceName();
        try {
            if (plan.namespace() != null) {
                Consumer<String> trace = line -> log.note(line.replace("[#]", "[#] ip netns exec " + plan.namespace()));
                NetworkNamespace.change(plan.namespace(), () -> {
                    RouteAdvice.refuse(name, trace);
                    return name;
                });
            } else if (persistence == LinkState.Persistence.OF_DESCRIPTOR) {
                RouteAdvice.refuse(name, log::note);
            } else {
                for (AdviceChange change : AdviceChange.of(device.index(), name)) {
                    make(change);
                }
            }
        } catch (HostChangeException e) {
            if (plan.ipv6() != null) {
                throw e;
            }
            log.note(e.failure().sentence());
        }
    }

    private void setMtu() throws HostChangeException {
        make(device.setting("mtu", Integer.toString(mtuBefore), Integer.toString(plan.mtu())));
    }

    /** After a renegotiation, or of another call: what is new comes first, what is gone last. */
    void follow(NetworkPlan next) throws HostChangeException {
        NetworkPlan last = plan;
        plan = next;
        reach(List.of(next.server()));
        if (device.findSame().isEmpty()) {
            configureAnother();
        } else {
            boolean wasDown = followLink(last);
            refuseAdvice();
            // With an interface's last address its routes go, too.
            exchange(device.addresses(last), device.addresses(next));
            exchange(device.routes(last, table()), device.routes(next, table()));
            if (wasDown || !device.addresses(last).equals(device.addresses(next))) {
                putBackWhatWentToo();
            }
            if (names != null) {
                names.apply(next);
            }
        }
        if (next.namespace() == null) {
            releaseOthers(next.server());
        }
    }

    /**
     * Of two addresses with one peer the kernel has the later one go with the earlier (unless promote_secondaries is set), and
     * the routes go with an interface's last address.
     */
    private void putBackWhatWentToo() throws HostChangeException {
        Optional<LinkState> link = device.find();
        if (link.isPresent()) {
            putBack(link.get(), EnumSet.noneOf(Part.class));
        }
    }

    /**
     * With the least MTU for it the kernel begins with IPv6 anew: with an address that nobody has agreed on, and heeding all
     * advice. What a server sends is not to come in between.
     *
     * @return whether the interface was down for it, and has lost its routes
     */
    private boolean followLink(NetworkPlan last) throws HostChangeException {
        if (last.mtu() == plan.mtu()) {
            return false;
        }
        boolean begins = addressGeneration.isPresent() && last.mtu() < Ipv6.LEAST_MTU && plan.mtu() >= Ipv6.LEAST_MTU;
        HostCommands host = ip.host();
        if (begins) {
            host.make(HostCommands.Program.IP, device.down());
        }
        setMtu();
        if (begins) {
            host.make(HostCommands.Program.IP, device.withoutGeneratedAddresses());
            refuseAdvice();
            host.make(HostCommands.Program.IP, device.up().command());
        }
        return begins;
    }

    private void exchange(List<IpChange> before, List<IpChange> now) throws HostChangeException {
        for (IpChange each : now) {
            if (!before.contains(each)) {
                make(each);
            }
        }
        for (IpChange each : before) {
            if (!now.contains(each)) {
                journal.takeBack(each, ip.host());
            }
        }
    }

    private void releaseOthers(Inet4Address server) throws HostChangeException {
        JournalLock lock = records.lock();
        try {
            pins.keepOnly(server);
        } finally {
            lock.release();
        }
    }

    private void make(Change change) throws HostChangeException {
        journal.make(change, ip.host());
    }
}
