package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;

/**
 * {@link HostNetwork} by iproute2. Both methods are to be called in the same network namespace, the one where the
 * interface was made.
 *
 * <p>As long as the interface is in the same namespace as the outer connection, the server's address has a route of its
 * own that no network routed into the tunnel takes precedence over, whoever adds it. The tunnel would otherwise swallow
 * its own packets.
 */
public final class LinuxHostNetwork implements HostNetwork {
    /** Where the journals of this user are: gone after a boot, like the changes. */
    public static final Path JOURNALS = JournalPlace.ofProcess();
    /** Where root's journals are of changes that outlast a boot. */
    public static final Path LASTING = JournalPlace.LASTING;

    /** RFC 8200 §5: an interface with less has no IPv6. */
    private static final int IPV6_MTU = 1280;

    private final Path journals;
    private final Path lasting;
    private final String name;
    private final HostLog log;
    private @Nullable IpCommand ip;
    private @Nullable UndoJournal journal;
    /** Of changes that outlast a boot; null as long as there is none. */
    private @Nullable UndoJournal lastingJournal;

    private @Nullable Application applied;

    /**
     * Changes nothing yet.
     *
     * @param journals the directory of the journals, {@link #JOURNALS} but for tests
     * @param name of the tunnel, such as its interface's; need not be unique
     * @param log receives each privileged command, {@code [#] ip …}, before it is run, and a sentence about each that
     *     fails while undoing
     */
    public LinuxHostNetwork(Path journals, String name, HostLog log) {
        this(journals, journals, name, log);
    }

    /**
     * The same.
     *
     * @param lasting the directory of the journals of changes that outlast a boot
     */
    public LinuxHostNetwork(Path journals, Path lasting, String name, HostLog log) {
        this.journals = journals;
        this.lasting = lasting;
        this.name = name;
        this.log = log;
    }

    /** Where others have theirs that this user may see. */
    public static List<Path> otherJournals() {
        return JournalPlace.others(JournalPlace.uid());
    }

    @Override
    public synchronized void apply(NetworkPlan plan) throws HostChangeException {
        refuseLoop(plan);
        if (applied != null) {
            applied.follow(plan);
            return;
        }
        IpCommand command = IpCommand.find(log::note);
        if (plan.namespace() != null) {
            NetworkNamespace.path(plan.namespace());
        }
        try {
            journal = UndoJournal.create(journals, name);
        } catch (IOException e) {
            throw UndoJournal.refusal(journals, e);
        }
        ip = command;
        Application first = new Application(plan, command, journal);
        first.run();
        applied = first;
    }

    @Override
    public synchronized void reach(List<Inet4Address> servers) throws HostChangeException {
        if (applied != null) {
            applied.reach(servers);
        }
    }

    @Override
    public synchronized void close() {
        if (ip != null && lastingJournal != null) {
            lastingJournal.undo(ip.host(), log);
        }
        if (ip != null && journal != null) {
            journal.undo(ip.host(), log);
        }
        lastingJournal = null;
        journal = null;
        applied = null;
    }

    /** The server's own address inside the tunnel is the classic loop; it is never what anybody wants. */
    private static void refuseLoop(NetworkPlan plan) throws HostChangeException {
        Inet4Address server = plan.server();
        if (plan.namespace() == null
                && (server.equals(plan.remote()) || plan.routes().contains(Cidr.host(server)))) {
            throw new HostChangeException(HostDiagnosis.loop(server));
        }
    }

    @Override
    public synchronized @Nullable NameService nameService() {
        NameChanges names = applied == null ? null : applied.names();
        return names == null ? null : names.service();
    }

    /** The name servers that are asked for this tunnel's sake; none where names are looked up as before. */
    public synchronized List<Inet4Address> nameServers() {
        NameChanges names = applied == null ? null : applied.names();
        return names == null ? List.of() : names.servers();
    }

    /** The journal that lasts as long as a change does by itself. */
    private UndoJournal journalOf(Change change, UndoJournal usual) throws HostChangeException {
        if (!(change instanceof FileChange)) {
            return usual;
        }
        try {
            if (lastingJournal == null) {
                lastingJournal = UndoJournal.create(lasting, name);
            }
            return lastingJournal;
        } catch (IOException e) {
            throw UndoJournal.refusal(lasting, e);
        }
    }

    /** The steps of one plan. */
    private final class Application {
        private NetworkPlan plan;
        private final IpCommand ip;
        private final UndoJournal journal;
        private final ServerPins pins;
        /** Leads into the namespace where the interface is. */
        private final List<String> where;

        /** Null while not everything goes through the tunnel. */
        private @Nullable FullTunnel full;

        private int index;
        private Optional<String> addressGeneration = Optional.empty();
        private int mtuBefore;
        private @Nullable NameChanges names;

        Application(NetworkPlan plan, IpCommand ip, UndoJournal journal) {
            this.plan = plan;
            this.ip = ip;
            this.journal = journal;
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
            names = new NameChanges(index, new Names(), log);
            names.apply(plan);
        }

        /** What names are looked up by, and the journals of it. */
        private final class Names implements NameChanges.Journal {
            @Override
            public void make(Change change) throws HostChangeException {
                journalOf(change, journal).make(change, ip.host());
            }

            @Override
            public void takeBack(Change change) throws HostChangeException {
                journalOf(change, journal).takeBack(change, ip.host());
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
            JournalLock lock = JournalLock.take(journals);
            try {
                for (Inet4Address server : servers) {
                    pins.pin(server);
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
            int now = state(where).index();
            if (now != index) {
                index = now; // another interface has the name by now, and nothing is left of what we gave to the first
                configure();
            } else {
                followLink(last);
                // With an interface's last address its routes go, too.
                exchange(ofAddresses(last), ofAddresses(next));
                exchange(routes(last), routes(next));
                if (names != null) {
                    names.apply(next);
                }
            }
            if (next.namespace() == null) {
                releaseOthers(next.server());
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
            JournalLock lock = JournalLock.take(journals);
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
                                    of.local().getHostAddress(),
                                    "peer",
                                    of.remote().getHostAddress() + "/32"));
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
            List<String> question = new ArrayList<>(namespace);
            question.addAll(LinkState.question(plan.interfaceName()));
            CommandResult answer = ip.query(question);
            return LinkState.parse(answer.output()).orElseThrow(answer::refusal);
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
}
