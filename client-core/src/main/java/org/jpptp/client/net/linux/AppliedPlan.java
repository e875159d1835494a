package org.jpptp.client.net.linux;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork.Part;
import org.jpptp.client.net.HostNetwork.WithoutInterface;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.gre.io.Errno;
import org.jspecify.annotations.Nullable;

/**
 * One plan on its host, the next one in its place, and what others take away of it put back: the steps, in their order. Its
 * interface may be made anew under the same name at any time, which is noticed by its number.
 */
final class AppliedPlan {
    /** RFC 8200 §5: an interface with less has no IPv6. */
    private static final int IPV6_MTU = 1280;

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
    private final ServerPins pins;
    private final Backstops backstops;
    /** Leads into the namespace where the interface is. */
    private final List<String> where;

    /** Null while not everything goes through the tunnel. */
    private @Nullable FullTunnel full;

    private int index;
    private Optional<String> addressGeneration = Optional.empty();
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
        this.where = plan.namespace() == null ? List.of() : List.of("-n", plan.namespace());
    }

    void run() throws HostChangeException {
        index = state(List.of()).index();
        if (plan.namespace() != null) {
            move(plan.namespace());
        } else {
            reach(List.of(plan.server()));
        }
        configure();
    }

    /** Gives the interface everything that the plan says. */
    private void configure() throws HostChangeException {
        LinkState before = state(where);
        if (plan.namespace() == null && !before.group().equals(IpChange.GROUP)) {
            change(link("group", before.group()), link("group", IpChange.GROUP));
        }
        setLink(before);
        for (List<String> address : addresses(plan)) {
            make(address(address));
        }
        if (before.setting() == LinkState.Setting.DOWN) {
            change(link("down"), link("up"));
        }
        for (IpChange route : routes(plan)) {
            make(route);
        }
        if (names == null) {
            names = new NameChanges(index, new Names(), log);
        } else {
            names.forget(index);
        }
        names.apply(plan);
    }

    /** Makes anew what somebody else has taken away, and tells what that was. */
    Set<Part> restore() throws HostChangeException {
        Set<Part> restored = EnumSet.noneOf(Part.class);
        if (full != null && full.restore(plan)) {
            restored.add(Part.RULES);
        }
        Optional<LinkState> there = find(where);
        if (there.filter(link -> link.index() == index).isPresent()) {
            putBack(there.get(), restored);
        } else {
            configureAnother();
            restored.add(Part.INTERFACE);
        }
        return restored;
    }

    /** Another interface has the name by now, and nothing is left of what we gave to the first. */
    private void configureAnother() throws HostChangeException {
        int gone = index;
        index = state(List.of()).index();
        journal.forgetIf(change -> change.isOf(gone));
        if (plan.namespace() != null) {
            move(plan.namespace());
        }
        configure();
    }

    private void putBack(LinkState link, Set<Part> restored) throws HostChangeException {
        HostCommands host = ip.host();
        String addresses = ip.query(there("-o", "addr", "show", "dev", plan.interfaceName()))
                .output();
        for (List<String> address : addresses(plan)) {
            if (!addresses.contains(" " + String.join(" ", address) + " ")) {
                host.make(HostCommands.Program.IP, address("add", address));
                restored.add(Part.ADDRESSES);
            }
        }
        if (link.setting() == LinkState.Setting.DOWN) {
            host.make(HostCommands.Program.IP, link("up"));
            restored.add(Part.LINK);
        }
        Set<String> present = presentRoutes();
        for (IpChange route : routes(plan)) {
            if (!present.contains(route.command().get(where.size() + 2))) {
                host.make(HostCommands.Program.IP, route.command());
                restored.add(Part.ROUTES);
            }
        }
    }

    /** The networks that lead into the interface by routes of ours. */
    private Set<String> presentRoutes() {
        List<String> question = there("route", "show", "dev", plan.interfaceName(), "proto", IpChange.PROTOCOL);
        if (full != null) {
            question.addAll(List.of("table", Integer.toString(full.table())));
        }
        return ip.query(question)
                .output()
                .lines()
                .map(line -> line.strip().split(" ", 2)[0])
                .map(network -> network.equals("default") ? "0.0.0.0/0" : network)
                .map(network -> network.contains("/") ? network : network + "/32")
                .collect(Collectors.toSet());
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
        IpChange move = new IpChange(
                index,
                link("netns", IpChange.HOME),
                List.of("link", "set", "dev", plan.interfaceName(), "netns", namespace));
        make(move);
        // The number is kept unless another interface there has it.
        int indexThere = state(where).index();
        if (indexThere != index) {
            index = indexThere;
            journal.note(new IpChange(index, move.inverse(), move.command()));
        }
    }

    private void setLink(LinkState before) throws HostChangeException {
        addressGeneration = before.addressGeneration().filter(mode -> !mode.equals("none"));
        if (addressGeneration.isPresent()) {
            // No link-local address but one that IPv6CP agreed on, hence no router solicitations without IPv6.
            change(link("addrgenmode", addressGeneration.get()), link("addrgenmode", "none"));
        }
        mtuBefore = before.mtu();
        // After that: an interface with an MTU below 1280 has no IPv6 that could be told something.
        if (before.mtu() != plan.mtu()) {
            setMtu();
        }
    }

    private void setMtu() throws HostChangeException {
        change(link("mtu", Integer.toString(mtuBefore)), link("mtu", Integer.toString(plan.mtu())));
    }

    /** After a renegotiation, or of another call: what is new comes first, what is gone last. */
    void follow(NetworkPlan next) throws HostChangeException {
        NetworkPlan last = plan;
        plan = next;
        reach(List.of(next.server()));
        if (find(where).filter(link -> link.index() == index).isEmpty()) {
            configureAnother();
        } else {
            followLink(last);
            // With an interface's last address its routes go, too.
            exchange(ofAddresses(last), ofAddresses(next));
            exchange(routes(last), routes(next));
            if (!addresses(last).equals(addresses(next))) {
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
        Optional<LinkState> link = find(where);
        if (link.isPresent()) {
            putBack(link.get(), EnumSet.noneOf(Part.class));
        }
    }

    private void followLink(NetworkPlan last) throws HostChangeException {
        if (last.mtu() == plan.mtu()) {
            return;
        }
        setMtu();
        if (addressGeneration.isPresent() && last.mtu() < IPV6_MTU && plan.mtu() >= IPV6_MTU) {
            // The kernel begins with IPv6 anew, and with an address that nobody has agreed on.
            ip.host().make(HostCommands.Program.IP, link("addrgenmode", "none"));
            ip.host().make(HostCommands.Program.IP, there("-6", "addr", "flush", "dev", plan.interfaceName()));
        }
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

    private List<IpChange> ofAddresses(NetworkPlan of) {
        return addresses(of).stream().map(this::address).toList();
    }

    private List<List<String>> addresses(NetworkPlan of) {
        List<List<String>> addresses = new ArrayList<>();
        addresses.add(
                of.remote() == null
                        ? List.of(of.local().getHostAddress() + "/32")
                        : List.of(
                                of.local().getHostAddress(), "peer", of.remote().getHostAddress() + "/32"));
        if (of.ipv6() != null) {
            addresses.add(List.of(of.ipv6() + "/64"));
        }
        return addresses;
    }

    private IpChange address(List<String> address) {
        return new IpChange(index, address("del", address), address("add", address));
    }

    private List<String> address(String verb, List<String> address) {
        List<String> arguments = new ArrayList<>(there("addr", verb));
        arguments.addAll(address);
        arguments.addAll(List.of("dev", plan.interfaceName()));
        return arguments;
    }

    private LinkState state(List<String> namespace) throws HostChangeException {
        CommandResult answer = ask(namespace);
        if (answer.isGone()) {
            throw new HostChangeException(HostDiagnosis.interfaceGone(plan.interfaceName(), Errno.ENODEV.code()));
        }
        return LinkState.parse(answer.output()).orElseThrow(answer::refusal);
    }

    /** Empty where there is none of the name. */
    private Optional<LinkState> find(List<String> namespace) throws HostChangeException {
        CommandResult answer = ask(namespace);
        if (!answer.isSuccess() && !answer.isGone()) {
            throw answer.refusal();
        }
        return LinkState.parse(answer.output());
    }

    private CommandResult ask(List<String> namespace) {
        List<String> question = new ArrayList<>(namespace);
        question.addAll(LinkState.question(plan.interfaceName()));
        return ip.query(question);
    }

    private List<String> link(String... what) {
        List<String> arguments = new ArrayList<>(there("link", "set", "dev", plan.interfaceName()));
        arguments.addAll(List.of(what));
        return arguments;
    }

    private List<IpChange> routes(NetworkPlan of) {
        List<String> place = new ArrayList<>();
        if (full != null) {
            place.addAll(List.of("table", Integer.toString(full.table())));
        }
        place.addAll(List.of("proto", IpChange.PROTOCOL));
        if (of.routing().metric() > 0) {
            place.addAll(List.of("metric", Long.toString(of.routing().metric())));
        }
        return of.routes().stream()
                .distinct()
                .map(network -> new IpChange(index, route("del", network, place), route("add", network, place)))
                .toList();
    }

    private List<String> route(String verb, Cidr network, List<String> place) {
        List<String> arguments = there("route", verb, network.toString(), "dev", plan.interfaceName());
        arguments.addAll(place);
        return arguments;
    }

    private List<String> there(String... what) {
        List<String> arguments = new ArrayList<>(where);
        arguments.addAll(List.of(what));
        return arguments;
    }

    private void change(List<String> inverse, List<String> command) throws HostChangeException {
        make(new IpChange(index, inverse, command));
    }

    private void make(Change change) throws HostChangeException {
        journal.make(change, ip.host());
    }
}
