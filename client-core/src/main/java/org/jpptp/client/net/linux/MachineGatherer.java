package org.jpptp.client.net.linux;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jpptp.client.Failure;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.doctor.ControlConnections;
import org.jpptp.client.doctor.FilterRules;
import org.jpptp.client.doctor.MachineFacts;
import org.jpptp.client.net.linux.HostCommands.Program;

/** Looks at this machine, for whoever wants to know what is in a tunnel's way. Changes nothing. */
public final class MachineGatherer {
    private static final Path CONF = Path.of("/proc/sys/net/ipv4/conf");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Pattern DEVICE = Pattern.compile("\\bdev (\\S+)");
    private static final Pattern WAY = Pattern.compile("default ((?:via \\S+ )?dev (\\S+))");
    private static final Pattern NAME_SERVER = Pattern.compile("nameserver\\s+(\\S+).*");
    private static final Pattern MTU = Pattern.compile("\\bmtu (\\d{1,6})\\b");
    private static final Set<String> CLIENTS = Set.of("pptp", "pptpcm", "nm-pptp-service");
    private static final Path LEGACY_TABLES = Path.of("/proc/thread-self/net/ip_tables_names");
    /** In what an iptables-save prints that reads nft's rules. */
    private static final String OF_NFT = "(nf_tables)";

    private static final String NOTHING = "";
    private static final MachineFacts.Filter UNREAD =
            new MachineFacts.Filter(MachineFacts.Reading.NOT_ALLOWED, NOTHING, List.of());

    private final HostCommands commands = new HostCommands(HostCommands.PLACES, line -> {});

    /** What is seen now. */
    public MachineFacts gather() {
        MachineFacts.Filter filter = filter();
        return new MachineFacts(
                obstacles(),
                filter,
                new LinuxLockdown(line -> {}).state(),
                wayOut(),
                nat(filter),
                resolver(),
                otherClients(),
                leftovers(),
                program());
    }

    private MachineFacts.Program program() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new MachineFacts.Program(
                JournalPlace.user(),
                System.getProperty("java.version", "of an unknown version"),
                made().orElse(today),
                today,
                ntp());
    }

    private boolean ntp() {
        return commands.has(Program.TIMEDATECTL)
                && commands.query(Program.TIMEDATECTL, List.of("show", "--property=CanNTP", "--value"))
                        .output()
                        .strip()
                        .equals("yes");
    }

    private static Optional<LocalDate> made() {
        try {
            CodeSource source = MachineGatherer.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Files.getLastModifiedTime(
                                    Path.of(source.getLocation().toURI()))
                            .toInstant()
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate());
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Optional.empty(); // then nothing is known of the clock
        }
    }

    /** The rights, and what is in the way beside them: one does not hide the other here. */
    private static List<Failure> obstacles() {
        List<Failure> all = new ArrayList<>();
        Privileges.missing(Privileges.OF_A_TUNNEL).ifPresent(all::add);
        new Preflight().ofTheHost(NetworkSettings.DEFAULT).ifPresent(all::add);
        return all;
    }

    private MachineFacts.Filter filter() {
        if (commands.has(Program.NFT)) {
            CommandResult rules = commands.query(Program.NFT, List.of("list", "ruleset"));
            return rules.isSuccess() ? read(rules.output(), iptables()) : UNREAD;
        }
        List<MachineFacts.Iptables> rules = iptables();
        if (!rules.isEmpty()) {
            return read(NOTHING, rules);
        }
        return commands.has(Program.IPTABLES_SAVE)
                ? UNREAD
                : new MachineFacts.Filter(MachineFacts.Reading.NO_PROGRAM, NOTHING, List.of());
    }

    private static MachineFacts.Filter read(String nft, List<MachineFacts.Iptables> rules) {
        // Without any rules the newer kind prints nothing at all, not even what it is.
        boolean listed = rules.stream()
                .map(MachineFacts.Iptables::saved)
                .anyMatch(saved -> saved.contains("*filter") && !saved.contains(OF_NFT));
        return new MachineFacts.Filter(
                hasLegacyFilter() && !listed ? MachineFacts.Reading.READ_IN_PART : MachineFacts.Reading.READ,
                nft,
                rules);
    }

    private static boolean hasLegacyFilter() {
        return text(LEGACY_TABLES).lines().anyMatch("filter"::equals);
    }

    /** The kernel keeps those of the older kind apart, where nft does not see them; the others it has among nft's. */
    private List<MachineFacts.Iptables> iptables() {
        List<MachineFacts.Iptables> found = new ArrayList<>();
        if (hasLegacyFilter()) {
            saved(Program.IPTABLES_LEGACY_SAVE)
                    .ifPresent(rules -> found.add(new MachineFacts.Iptables("iptables-legacy", rules)));
        }
        saved(Program.IPTABLES_SAVE)
                .filter(rules -> rules.contains(OF_NFT) ? !commands.has(Program.NFT) : found.isEmpty())
                .ifPresent(rules -> found.add(new MachineFacts.Iptables("iptables", rules)));
        return found;
    }

    private Optional<String> saved(Program program) {
        if (!commands.has(program)) {
            return Optional.empty();
        }
        CommandResult rules = commands.query(program, List.of());
        return rules.isSuccess() ? Optional.of(rules.output()) : Optional.empty();
    }

    private MachineFacts.WayOut wayOut() {
        List<String> devices = new ArrayList<>();
        CommandResult routes = commands.query(Program.IP, List.of("-4", "route", "show", "default"));
        for (String line : routes.output().lines().toList()) {
            List<String> words = List.of(line.strip().split(" +", -1));
            int at = words.indexOf("dev");
            if (at >= 0 && at + 1 < words.size() && !devices.contains(words.get(at + 1))) {
                devices.add(words.get(at + 1));
            }
        }
        String device = devices.isEmpty() ? "" : devices.get(0);
        // The larger of the two is in force: 2 is loose.
        int all = number(CONF.resolve("all/rp_filter"));
        boolean strict = devices.stream()
                .anyMatch(each -> Math.max(all, number(CONF.resolve(each).resolve("rp_filter"))) == 1);
        return new MachineFacts.WayOut(devices, device.isEmpty() ? 0 : mtu(device), strict, loops(routes.output()));
    }

    /** Servers that are being talked to, on the way through an interface between two points: their own tunnels, most likely. */
    private List<MachineFacts.Loop> loops(String defaults) {
        List<MachineFacts.Loop> found = new ArrayList<>();
        for (String server : ControlConnections.servers(text(Path.of("/proc/thread-self/net/tcp")))) {
            CommandResult route = commands.query(Program.IP, List.of("-o", "route", "get", server));
            Matcher device = DEVICE.matcher(route.output());
            if (device.find() && isTunnel(device.group(1))) {
                found.add(new MachineFacts.Loop(server, device.group(1), around(defaults, device.group(1))));
            }
        }
        return found;
    }

    /** The first default route that does not lead into the tunnel. */
    private static String around(String defaults, String tunnel) {
        return WAY.matcher(defaults)
                .results()
                .filter(way -> !way.group(2).equals(tunnel))
                .map(way -> way.group(1))
                .findFirst()
                .orElse("");
    }

    private boolean isTunnel(String device) {
        return commands.query(Program.IP, List.of("-o", "link", "show", "dev", device))
                .output()
                .contains("POINTOPOINT");
    }

    /** As ip tells it: /sys may be that of another network namespace. */
    private int mtu(String device) {
        CommandResult shown = commands.query(Program.IP, List.of("-o", "link", "show", "dev", device));
        Matcher mtu = MTU.matcher(shown.output());
        return mtu.find() ? Integer.parseInt(mtu.group(1)) : 0;
    }

    private MachineFacts.Nat nat(MachineFacts.Filter filter) {
        boolean forwards = number(Path.of("/proc/sys/net/ipv4/ip_forward")) != 0;
        boolean byItself = number(Path.of("/proc/sys/net/netfilter/nf_conntrack_helper")) != 0;
        boolean assigned = byItself || FilterRules.assignsTheHelper(filter.nft(), rawTables());
        return new MachineFacts.Nat(forwards, assigned || isHelperThere(), assigned);
    }

    /** A module, or a part of the kernel. */
    private static boolean isHelperThere() {
        return Files.exists(Path.of("/sys/module/nf_nat_pptp"))
                || text(Path.of("/lib/modules", System.getProperty("os.version", ""), "modules.builtin"))
                        .contains("nf_nat_pptp")
                || kernelConfig().contains("CONFIG_NF_NAT_PPTP=y");
    }

    /** Empty where the kernel does not show it. */
    private static String kernelConfig() {
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(Path.of("/proc/config.gz")))) {
            return new String(packed.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** nft lists such rules only where they are its own. */
    private String rawTables() {
        return saved(Program.IPTABLES_SAVE).orElse(NOTHING)
                + saved(Program.IPTABLES_LEGACY_SAVE).orElse(NOTHING);
    }

    private static MachineFacts.Resolver resolver() {
        Path file = RESOLV_CONF;
        try {
            file = RESOLV_CONF.toRealPath();
        } catch (IOException e) {
            // It is not there, which its name servers tell.
        }
        List<String> servers = text(file)
                .lines()
                .map(NAME_SERVER::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
        return new MachineFacts.Resolver(
                file.toString(),
                servers.isEmpty() ? MachineFacts.NameServers.NONE : new NameServerCheck().ask(servers));
    }

    private static List<String> otherClients() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.sorted().toList()) {
                String name = process.getFileName().toString().matches("\\d+")
                        ? text(process.resolve("comm")).strip()
                        : "";
                // pppd serves other protocols, too.
                if (CLIENTS.contains(name)
                        || (name.equals("pppd")
                                && text(process.resolve("cmdline")).contains("pptp"))) {
                    found.add(name + " (process " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            // Then nothing is known of others.
        }
        return found;
    }

    private static List<String> leftovers() {
        List<String> found = new ArrayList<>(new JournalFolder(LinuxHostNetwork.JOURNALS).leftBehind());
        found.addAll(new JournalFolder(LinuxHostNetwork.LASTING).leftBehind());
        return found;
    }

    /** 0 for none. */
    private static int number(Path file) {
        String text = text(file).strip();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return NOTHING;
        }
    }
}
