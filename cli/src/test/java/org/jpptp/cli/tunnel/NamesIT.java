package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.RequiresBox;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.SystemdBox;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.OtherNameServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Whom a host asks about names while it has a tunnel: the captures of its outer link and of the tunnel's interface tell. And what is
 * left of the tunnel, in addresses, routes, rules, packet filters and names: nothing, however it ends. The host is a box in which
 * nobody manages names, then openresolv, resolvconf, systemd-resolved, and NetworkManager with dnsmasq, as Debian has them.
 */
@RequiresBox
@RequiresTshark
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NamesIT {
    private static final String TUNNEL = "pptp7";
    private static final String LINK = "eth0";
    private static final String INSIDE = "10.80.0.53";
    private static final String FURTHER_INSIDE = "10.80.0.54";
    private static final String OUTSIDE = "192.0.2.53";
    private static final String HERE = "192.0.2.2";
    private static final String ANSWERED_INSIDE = "203.0.113.1";
    private static final String ANSWERED_OUTSIDE = "203.0.113.2";
    private static final String ANSWERED_FURTHER_INSIDE = "203.0.113.3";
    /** Each start is over soon, so that compiling well would not pay. */
    private static final String QUICK = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String PROFILE = "/etc/jpptp/names.conf";
    /** Of the tunnel that the profile makes. */
    private static final String LOG = "/run/jpptp/names.log";

    /** How long after it is up a tunnel is killed, at most. */
    private static final int MOST_MILLIS = 200;

    private static final List<String> RESOLVECTL = List.of("resolvectl", "query", "-4", "--legend=no");
    private static final List<String> GETENT = List.of("getent", "ahostsv4");

    @TempDir
    Path directory;

    private final Random random = new Random(14);
    private final TestNamespace office = TestNamespace.create();
    private final List<NameServer> nameServers = new ArrayList<>();
    private final OtherNameServer naming =
            new OtherNameServer(TwoHosts.address(INSIDE), TwoHosts.address(FURTHER_INSIDE));
    private SystemdBox box;
    private EmbeddedServer server;

    @BeforeAll
    void boot() {
        box = SystemdBox.boot();
        box.copy(Path.of(System.getProperty("jpptp.jar")), "/opt/jpptp.jar");
        office.link("host", box.network(), LINK);
        box.network().address(LINK, HERE + "/24");
        office.address("host", TwoHosts.SERVER + "/24");
        office.address("host", OUTSIDE + "/24");
        office.address("lo", INSIDE + "/32");
        office.address("lo", FURTHER_INSIDE + "/32");
        server = TwoHosts.serve(
                office,
                TwoHosts.config().naming(List.of(TwoHosts.address(INSIDE))).with(naming));
        nameServers.add(NameServer.start(office, INSIDE, ANSWERED_INSIDE));
        nameServers.add(NameServer.start(office, FURTHER_INSIDE, ANSWERED_FURTHER_INSIDE));
        nameServers.add(NameServer.start(office, OUTSIDE, ANSWERED_OUTSIDE));
    }

    @AfterAll
    void end() {
        nameServers.forEach(NameServer::close);
        server.close();
        box.close();
        office.close();
    }

    /** Who has asked about which names, by name. */
    private record Asked(Set<String> inTunnel, Set<String> onLink) {}

    private Asked watch(String what, Runnable questions) {
        try (Capture tunnel = Capture.start(box.network(), TUNNEL, directory.resolve(what + "-tunnel.pcap"));
                Capture link = Capture.start(box.network(), LINK, directory.resolve(what + "-link.pcap"))) {
            questions.run();
            return new Asked(names(tunnel.stop()), names(link.stop()));
        }
    }

    private static Set<String> names(Path capture) {
        return new HashSet<>(Tshark.fields(
                capture, "(udp.port == 53 || tcp.port == 53) && dns.flags.response == 0", "dns.qry.name"));
    }

    private String shell(String script) {
        return box.exec("sh", "-c", script).orThrow();
    }

    private String jpptp(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command.Result result =
                box.exec("sh", "-c", java + QUICK + " -jar /opt/jpptp.jar " + String.join(" ", arguments));
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out() + result.err();
    }

    private void ask(List<String> resolver, String name, String answer) {
        Command.Result result = box.exec("sh", "-c", String.join(" ", resolver) + " " + name);
        assertThat(result.toString()).as(name).contains(answer);
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    private String up(String settings) {
        box.write(
                PROFILE,
                "server = " + TwoHosts.SERVER + "\nuser = alice\npassword = secret\ninterface = " + TUNNEL + "\n"
                        + settings);
        String said = jpptp("up", PROFILE);
        assertThat(said).contains("is up after");
        return said;
    }

    /** Whether the program that looks names up asks different servers about different domains. */
    private enum Domains {
        APART,
        /** The tunnel's servers are asked about every name, and {@code up} says so. */
        TOGETHER
    }

    /** What a tunnel is for. */
    private enum Ways {
        SPLIT(",corp.example\n"),
        FULL("\nfull-tunnel = on\n"),
        LOCKDOWN("\nfull-tunnel = on\nlockdown = on\n");

        private final String settings;

        Ways(String settings) {
            this.settings = settings;
        }

        /** The settings of a tunnel of this kind. */
        String with(String nameServer) {
            return "dns = " + nameServer + settings;
        }
    }

    /** All that a tunnel may change. */
    private String host(String names) {
        return box.network().hostState() + shell(names);
    }

    /** With a tunnel for some domains, with those for everything, and before and after each of them. */
    private void namesGoWhereTheyBelong(String kind, List<String> resolver, String names, Domains domains) {
        String before = host(names);
        ask(resolver, "before-" + kind + ".corp.example", ANSWERED_OUTSIDE);

        for (Ways ways : Ways.values()) {
            String what = ways.name().toLowerCase(Locale.ROOT) + "-" + kind;
            String said = up(ways.with(INSIDE));
            if (ways == Ways.SPLIT) {
                split(what, resolver, domains, said);
            } else {
                onlyInside(what, resolver, ANSWERED_INSIDE);
            }
            jpptp("down", "names");
            isAsBefore(what + ", ended", ways, names, before);

            up(ways.with(INSIDE));
            pause(random.nextInt(MOST_MILLIS));
            shell("pkill -KILL java");
            jpptp("down", "names");
            isAsBefore(what + ", killed", ways, names, before);
            ask(resolver, "killed-" + what + ".corp.example", ANSWERED_OUTSIDE);
        }
        named(kind, resolver);
        assertThat(host(names)).isEqualTo(before);
        ask(resolver, "ended-" + kind + ".corp.example", ANSWERED_OUTSIDE);
    }

    private void isAsBefore(String what, Ways ways, String names, String before) {
        if (ways == Ways.LOCKDOWN) {
            assertThat(jpptp("lockdown", "status")).as(what).contains("Lockdown is on");
            jpptp("lockdown", "off");
        }
        assertThat(host(names)).as(what).isEqualTo(before);
    }

    /** The server says who knows names, then somebody else, then ends the tunnel. */
    private void named(String kind, List<String> resolver) {
        up(Ways.FULL.with("accept"));
        onlyInside("named-" + kind, resolver, ANSWERED_INSIDE);
        shell(": > " + LOG);
        naming.renegotiate();
        // Whatever comes out of the tunnel now gives way.
        shell("ping -q -c 1 -W 1 " + TwoHosts.INNER_SERVER + " || :; until grep -qF ' DNS " + FURTHER_INSIDE + " ' "
                + LOG + "; do sleep 0.1; done");
        onlyInside("renamed-" + kind, resolver, ANSWERED_FURTHER_INSIDE);
        naming.asUsual();
        server.terminateLinks("closing time");
        jpptp("down", "names", "||", ":"); // it has ended, or is about to
    }

    private void split(String what, List<String> resolver, Domains domains, String said) {
        String inner = what + ".corp.example";
        String outer = what + ".example";
        boolean apart = domains == Domains.APART;
        Asked asked = watch(what, () -> {
            ask(resolver, inner, ANSWERED_INSIDE);
            ask(resolver, outer, apart ? ANSWERED_OUTSIDE : ANSWERED_INSIDE);
        });
        assertThat(asked)
                .isEqualTo(apart ? new Asked(Set.of(inner), Set.of(outer)) : new Asked(Set.of(inner, outer), Set.of()));
        assertThat(said.contains("it cannot tell domains apart")).as(said).isEqualTo(!apart);
    }

    private void onlyInside(String what, List<String> resolver, String answer) {
        String every = what + ".example";
        String inner = what + ".corp.example";
        Asked asked = watch(what, () -> {
            ask(resolver, every, answer);
            ask(resolver, inner, answer);
        });
        assertThat(asked).isEqualTo(new Asked(Set.of(every, inner), Set.of()));
    }

    /** Neither a tunnel that leaves names alone nor one that applies them needs a file that is there. */
    @Test
    @Order(1)
    void aHostThatAsksNobodyIsLeftAsItIs() {
        shell("rm -f /etc/resolv.conf");
        String names = "ls -A /etc | grep resolv || :";
        String before = host(names);
        for (Ways ways : Ways.values()) {
            up(ways == Ways.SPLIT ? "" : ways.with("none"));
            shell("test ! -e /etc/resolv.conf");
            jpptp("down", "names");
            isAsBefore(ways + ", ended", ways, names, before);

            up(ways.with(INSIDE));
            assertThat(shell("cat /etc/resolv.conf")).contains("nameserver " + INSIDE);
            pause(random.nextInt(MOST_MILLIS));
            shell("pkill -KILL java");
            jpptp("down", "names");
            isAsBefore(ways + ", killed", ways, names, before);
        }
    }

    /** Nobody manages it but whoever writes it. */
    @Test
    @Order(2)
    void theFileNamesTheServersOfTheTunnelOnly() {
        shell("rm -f /etc/resolv.conf; printf '# ours\nnameserver " + OUTSIDE + "\n' > /etc/resolv.conf");
        namesGoWhereTheyBelong(
                "file", GETENT, "ls -l /etc/resolv.conf | cut -c 1-10; cat /etc/resolv.conf", Domains.TOGETHER);
    }

    @Test
    @Order(3)
    void openresolvPutsTheServersOfTheTunnelFirst() {
        box.install(SystemdBox.fetched("openresolv"));
        shell("rm -f /etc/resolv.conf; echo nameserver " + OUTSIDE + " | resolvconf -a " + LINK);
        namesGoWhereTheyBelong("openresolv", GETENT, "cat /etc/resolv.conf; resolvconf -l", Domains.TOGETHER);
        shell("dpkg --purge openresolv");
    }

    @Test
    @Order(4)
    void resolvconfPutsTheServersOfTheTunnelFirst() {
        box.install(SystemdBox.fetched("resolvconf"));
        shell("ln -sf /run/resolvconf/resolv.conf /etc/resolv.conf; mkdir -p /run/resolvconf/interface;"
                + " resolvconf --enable-updates; echo nameserver " + OUTSIDE + " | resolvconf -a " + LINK);
        namesGoWhereTheyBelong(
                "resolvconf", GETENT, "cat /etc/resolv.conf; ls /run/resolvconf/interface", Domains.TOGETHER);
        shell("dpkg --purge resolvconf; rm -f /etc/resolv.conf");
    }

    @Test
    @Order(5)
    void resolvedAsksInsideAboutInsideNamesOnly() {
        box.install();
        shell("systemctl start systemd-resolved; ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf;"
                + " resolvectl dns eth0 " + OUTSIDE + "; resolvectl default-route eth0 yes");
        namesGoWhereTheyBelong(
                "resolved",
                RESOLVECTL,
                "resolvectl dns; resolvectl domain; resolvectl default-route; cat /etc/resolv.conf",
                Domains.APART);
        shell("systemctl stop systemd-resolved");
    }

    @Test
    @Order(6)
    void networkManagerAsksInsideAboutInsideNamesOnly() {
        box.write("/etc/NetworkManager/conf.d/lab.conf", "[main]\ndns=dnsmasq\nrc-manager=file\nplugins=keyfile\n");
        box.write(
                "/etc/NetworkManager/system-connections/office.nmconnection",
                "[connection]\nid=office\ntype=ethernet\ninterface-name=" + LINK + "\n[ipv4]\nmethod=manual\n"
                        + "address1=" + HERE + "/24\ndns=" + OUTSIDE + ";\n[ipv6]\nmethod=disabled\n");
        // It waits for udev, which a box has not, unless /sys cannot be written.
        shell("rm -f /etc/resolv.conf; mount -o remount,ro /sys; systemctl start NetworkManager;"
                + " nmcli connection up office; until grep -q 127.0.0.1 /etc/resolv.conf; do sleep 0.05; done");
        namesGoWhereTheyBelong(
                "manager",
                GETENT,
                "nmcli -t device | grep ^eth0; cat /etc/resolv.conf; find /run/NetworkManager -name '*.conf'",
                Domains.APART);
        shell("systemctl stop NetworkManager");
    }
}
