package org.jpptp.client.net.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.diagnosis.NameDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;

/** Has names looked up as a plan wants it, and as the next one wants it; the journal takes it back. */
final class NameChanges {
    /** The servers that NetworkManager has been told by others, where its own file names only itself. */
    private static final Path WITHOUT_STUB = Path.of("/run/NetworkManager/no-stub-resolv.conf");

    private int index;
    private final Journal journal;
    private final HostLog log;
    private @Nullable NameService service;
    private @Nullable Change made;
    private NamePlan last = NamePlan.NONE;
    /** What was there before the first change. */
    private NameServices.Facts before = new NameServices.Facts(NameServices.FILE, "");

    /** Where changes are written down before they are made. */
    interface Journal {
        void make(Change change) throws HostChangeException;

        void takeBack(Change change) throws HostChangeException;
    }

    /**
     * @param index of the tunnel's interface
     */
    NameChanges(int index, Journal journal, HostLog log) {
        this.index = index;
        this.journal = journal;
        this.log = log;
    }

    /** What asks the servers of the plan; null where nothing does. */
    @Nullable
    NameService service() {
        return last.isApplied() ? service : null;
    }

    /** The servers that are asked. */
    List<Inet4Address> servers() {
        return last.isApplied() ? last.servers() : List.of();
    }

    /** The interface is another one of the same name: what was told of the first is to be told of this one. */
    void forget(int interfaceNumber) {
        index = interfaceNumber;
        last = NamePlan.NONE;
    }

    /** Makes the host so, the first time or once more. */
    void apply(NetworkPlan plan) throws HostChangeException {
        NamePlan next = plan.names();
        lead(plan, next.routes());
        if (next.isApplied() && !next.equals(last)) {
            if (service == null) {
                before = NameServices.Facts.read();
                service = NameServices.of(before, plan.namespace());
                if (next.scope() == NameScope.DOMAINS && service.splitting() == NameService.Splitting.NONE) {
                    log.warn(NameDiagnosis.notSplit(next, service));
                }
            }
            if (made instanceof FileChange file) {
                journal.takeBack(file); // the next one gives back what was there first
            }
            made = change(service, plan, next);
            journal.make(made);
        } else if (!next.isApplied() && made != null) {
            journal.takeBack(made);
            made = null;
        }
        last = next;
    }

    private void lead(NetworkPlan plan, List<Cidr> routes) throws HostChangeException {
        for (Cidr network : routes) {
            if (!last.routes().contains(network)) {
                journal.make(route(plan, network));
            }
        }
        for (Cidr network : last.routes()) {
            if (!routes.contains(network)) {
                journal.takeBack(route(plan, network));
            }
        }
    }

    private IpChange route(NetworkPlan plan, Cidr network) {
        return new IpChange(index, route(plan, "del", network), route(plan, "add", network));
    }

    private static List<String> route(NetworkPlan plan, String verb, Cidr network) {
        List<String> arguments =
                new ArrayList<>(plan.namespace() == null ? List.of() : List.of("-n", plan.namespace()));
        arguments.addAll(
                List.of("route", verb, network.toString(), "dev", plan.interfaceName(), "proto", IpChange.PROTOCOL));
        return arguments;
    }

    private Change change(NameService service, NetworkPlan plan, NamePlan names) throws HostChangeException {
        String link = plan.interfaceName();
        return switch (service) {
            case SYSTEMD_RESOLVED -> new ResolvedChange(index, link, names.servers(), routingDomains(names));
            case NETWORK_MANAGER -> new NetworkManagerChange(link, withTheOthers(names), names.domains(), List.of());
            case NETWORK_MANAGER_DNSMASQ ->
                names.scope() == NameScope.DOMAINS
                        ? new NetworkManagerChange(link, others(), names.domains(), names.servers())
                        : new NetworkManagerChange(link, withTheOthers(names), List.of(), List.of());
            case RESOLVCONF ->
                new ResolvconfChange(
                        link,
                        names.servers(),
                        names.domains(),
                        names.scope() == NameScope.EVERYTHING
                                ? ResolvconfChange.Claim.EXCLUSIVE
                                : ResolvconfChange.Claim.FIRST);
            case FILE -> FileChange.of(NameServices.FILE, ResolverFile.of(names, link, text(NameServices.FILE)));
            case NAMESPACE_FILE, PROXY -> {
                Path file = Path.of("/etc/netns", String.valueOf(plan.namespace()), "resolv.conf");
                yield FileChange.of(file, ResolverFile.of(names, link, text(file)));
            }
        };
    }

    /** As {@code resolvectl domain} takes them: with a wave, names are not completed by them. */
    private static List<String> routingDomains(NamePlan names) {
        return switch (names.scope()) {
            case EVERYTHING -> List.of(ResolvedChange.ALL);
            case DOMAINS -> names.domains().stream().map(domain -> "~" + domain).toList();
            case BESIDE, NOTHING -> List.of();
        };
    }

    private List<Inet4Address> withTheOthers(NamePlan names) {
        Set<Inet4Address> all = new LinkedHashSet<>(names.servers());
        if (names.scope() != NameScope.EVERYTHING) {
            all.addAll(others());
        }
        return List.copyOf(all);
    }

    private List<Inet4Address> others() {
        List<Inet4Address> own = ResolverFile.ipv4(before.content());
        return own.stream().allMatch(Inet4Address::isLoopbackAddress) ? ResolverFile.ipv4(text(WITHOUT_STUB)) : own;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
