package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jpptp.client.Cidr;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.HostNetwork;
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
    /** RFC 8200 §5: an interface with less has no IPv6. */
    private static final int IPV6_MTU = 1280;

    private final Path journals;
    private final String name;
    private final HostLog log;
    private @Nullable IpCommand ip;
    private @Nullable UndoJournal journal;
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
        this.journals = journals;
        this.name = name;
        this.log = log;
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
            throw journalFailure(e);
        }
        ip = command;
        Application first = new Application(plan, command, journal);
        first.run();
        applied = first;
    }

    @Override
    public synchronized void close() {
        if (ip != null && journal != null) {
            journal.undo(ip.host(), log);
        }
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

    private HostChangeException journalFailure(IOException e) {
        return new HostChangeException(HostDiagnosis.noJournal(journals, JournalPlace.reason(e), JournalPlace.user()));
    }

    /** The steps of one plan. */
    private final class Application {
        private NetworkPlan plan;
        private final IpCommand ip;
        private final UndoJournal journal;
        /** Leads into the namespace where the interface is. */
        private final List<String> where;

        private int index;
        private Optional<String> addressGeneration = Optional.empty();
        private int mtuBefore;

        Application(NetworkPlan plan, IpCommand ip, UndoJournal journal) {
            this.plan = plan;
            this.ip = ip;
            this.journal = journal;
            this.where = plan.namespace() == null ? List.of() : List.of("-n", plan.namespace());
        }

        void run() throws HostChangeException {
            index = state(List.of()).index();
            if (plan.namespace() != null) {
                move(plan.namespace());
            } else {
                JournalLock lock = JournalLock.take(journals);
                try {
                    pin(plan.server());
                } finally {
                    lock.release();
                }
            }
            LinkState before = state(where);
            setLink(before);
            for (List<String> address : addresses(plan)) {
                add(address);
            }
            if (before.setting() == LinkState.Setting.DOWN) {
                change(link("down"), link("up"));
            }
            for (Cidr route : new LinkedHashSet<>(plan.routes())) {
                change(route("del", route), route("add", route));
            }
        }

        private void move(String namespace) throws HostChangeException {
            IpChange move = new IpChange(
                    index,
                    link("netns", IpChange.HOME),
                    List.of("link", "set", "dev", plan.interfaceName(), "netns", namespace));
            change(move);
            // The number is kept unless another interface there has it.
            int indexThere = state(where).index();
            if (indexThere != index) {
                index = indexThere;
                record(new IpChange(index, move.inverse(), move.command()));
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

        /** After a renegotiation. The new address comes first: with an interface's last address its routes go, too. */
        void follow(NetworkPlan next) throws HostChangeException {
            NetworkPlan last = plan;
            plan = next;
            if (last.mtu() != next.mtu()) {
                setMtu();
                if (addressGeneration.isPresent() && last.mtu() < IPV6_MTU && next.mtu() >= IPV6_MTU) {
                    // The kernel begins with IPv6 anew, and with an address that nobody has agreed on.
                    ip.host().make(HostCommands.Program.IP, link("addrgenmode", "none"));
                    List<String> flush = new ArrayList<>(where);
                    flush.addAll(List.of("-6", "addr", "flush", "dev", plan.interfaceName()));
                    ip.host().make(HostCommands.Program.IP, flush);
                }
            }
            List<List<String>> before = addresses(last);
            List<List<String>> now = addresses(next);
            for (List<String> address : now) {
                if (!before.contains(address)) {
                    add(address);
                }
            }
            for (List<String> address : before) {
                if (!now.contains(address)) {
                    boolean unused = ip.host().remove(HostCommands.Program.IP, address("del", address));
                }
            }
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

        private void add(List<String> address) throws HostChangeException {
            change(address("del", address), address("add", address));
        }

        private List<String> address(String verb, List<String> address) {
            List<String> arguments = new ArrayList<>(there("addr", verb));
            arguments.addAll(address);
            arguments.addAll(List.of("dev", plan.interfaceName()));
            return arguments;
        }

        private void pin(Inet4Address server) throws HostChangeException {
            CommandResult answer = ip.query(List.of("route", "get", server.getHostAddress()));
            if (!answer.isSuccess()) {
                throw answer.refusal();
            }
            OuterRoute route = OuterRoute.parse(answer.output())
                    .orElseThrow(() -> new HostChangeException(
                            HostDiagnosis.routeNotUnderstood(server, IpCommand.printable(answer.output()))));
            if (!route.leavesHost()) {
                return;
            }
            if (route.dev().equals(plan.interfaceName())) {
                throw new HostChangeException(HostDiagnosis.routeThroughTunnel(server, plan.interfaceName()));
            }
            IpChange pin = new IpChange(0, route.removal(server), route.addition(server));
            if (!pin.isReadable()) {
                throw new HostChangeException(HostDiagnosis.unusualInterface(IpCommand.printable(route.dev())));
            }
            boolean isThere = ip.query(List.of("route", "show", "exact", server.getHostAddress() + "/32"))
                    .output()
                    .lines()
                    .flatMap(line -> OuterRoute.parse(line).stream())
                    .anyMatch(route::isPinnedBy);
            if (!isThere) {
                change(pin);
            } else if (journal.isSharedWithOthers(pin)) {
                record(pin); // whichever tunnel ends last removes it
            }
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

        private List<String> route(String verb, Cidr network) {
            return there("route", verb, network.toString(), "dev", plan.interfaceName(), "proto", IpChange.PROTOCOL);
        }

        private List<String> there(String... what) {
            List<String> arguments = new ArrayList<>(where);
            arguments.addAll(List.of(what));
            return arguments;
        }

        private void change(List<String> inverse, List<String> command) throws HostChangeException {
            change(new IpChange(index, inverse, command));
        }

        private void change(Change change) throws HostChangeException {
            record(change);
            change.make(ip.host());
        }

        private void record(Change change) throws HostChangeException {
            try {
                journal.record(change);
            } catch (IOException e) {
                throw journalFailure(e);
            }
        }
    }
}
