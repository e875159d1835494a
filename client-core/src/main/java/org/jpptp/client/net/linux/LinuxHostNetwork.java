package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    private final Path journals;
    private final Path lasting;
    private final String name;
    private final WithoutInterface whenGone;
    private final HostLog log;
    private @Nullable IpCommand ip;
    private @Nullable UndoJournal journal;
    /** Of changes that outlast a boot; null as long as there is none. */
    private @Nullable UndoJournal lastingJournal;

    private @Nullable AppliedPlan applied;

    /**
     * Changes nothing yet.
     *
     * @param journals the directory of the journals, {@link #JOURNALS} but for tests
     * @param name of the tunnel, such as its interface's; need not be unique
     * @param log receives each privileged command, {@code [#] ip …}, before it is run, and a sentence about each that
     *     fails while undoing
     */
    public LinuxHostNetwork(Path journals, String name, HostLog log) {
        this(journals, journals, name, WithoutInterface.OPEN, log);
    }

    /**
     * The same.
     *
     * @param lasting the directory of the journals of changes that outlast a boot
     */
    public LinuxHostNetwork(Path journals, Path lasting, String name, WithoutInterface whenGone, HostLog log) {
        this.journals = journals;
        this.lasting = lasting;
        this.name = name;
        this.whenGone = whenGone;
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
        AppliedPlan first = new AppliedPlan(plan, command, new Records(journal), log);
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
    public synchronized Set<Part> restore() throws HostChangeException {
        return applied == null ? Set.of() : applied.restore();
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

    /** The two journals, of what goes with a boot and of what does not. */
    private final class Records implements AppliedPlan.Records {
        private final UndoJournal usual;

        Records(UndoJournal usual) {
            this.usual = usual;
        }

        @Override
        public UndoJournal usual() {
            return usual;
        }

        @Override
        public UndoJournal of(Change change) throws HostChangeException {
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

        @Override
        public JournalLock lock() {
            return JournalLock.take(journals);
        }

        @Override
        public WithoutInterface whenGone() {
            return whenGone;
        }
    }
}
