package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.RequiresBox;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.SystemdBox;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom a host asks about names while it has a tunnel: the captures of its outer link and of the tunnel's interface tell. The host is
 * a box with Debian's systemd-resolved, and then with its NetworkManager and dnsmasq.
 */
@RequiresBox
@RequiresTshark
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NamesIT {
    private static final String TUNNEL = "pptp7";
    private static final String LINK = "eth0";
    private static final String INSIDE = "10.80.0.53";
    private static final String OUTSIDE = "192.0.2.53";
    private static final String ANSWERED_INSIDE = "203.0.113.1";
    private static final String ANSWERED_OUTSIDE = "203.0.113.2";
    private static final String PROFILE = "/etc/jpptp/names.conf";
    private static final String SPLIT = "dns = " + INSIDE + ",corp.example\n";
    private static final String FULL = "dns = " + INSIDE + "\nfull-tunnel = on\n";
    private static final List<String> RESOLVECTL = List.of("resolvectl", "query", "-4", "--legend=no");
    private static final List<String> GETENT = List.of("getent", "ahostsv4");

    @TempDir
    Path directory;

    private final TestNamespace office = TestNamespace.create();
    private SystemdBox box;
    private EmbeddedServer server;
    private NameServer inside;
    private NameServer outside;

    @BeforeAll
    void boot() {
        box = SystemdBox.boot();
        box.install();
        box.copy(Path.of(System.getProperty("jpptp.jar")), "/opt/jpptp.jar");
        office.link("host", box.network(), LINK);
        office.address("host", TwoHosts.SERVER + "/24");
        office.address("host", OUTSIDE + "/24");
        office.address("lo", INSIDE + "/32");
        server = TwoHosts.serve(office, TwoHosts.config());
        inside = NameServer.start(office, INSIDE, ANSWERED_INSIDE);
        outside = NameServer.start(office, OUTSIDE, ANSWERED_OUTSIDE);
    }

    @AfterAll
    void end() {
        inside.close();
        outside.close();
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
                box.exec("sh", "-c", "exec " + java + " -jar /opt/jpptp.jar " + String.join(" ", arguments));
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }

    private void ask(List<String> resolver, String name, String answer) {
        Command.Result result = box.exec("sh", "-c", String.join(" ", resolver) + " " + name);
        assertThat(result.toString()).as(name).contains(answer);
    }

    private void up(String settings) {
        box.write(
                PROFILE,
                "server = " + TwoHosts.SERVER + "\nuser = alice\npassword = secret\ninterface = " + TUNNEL + "\n"
                        + settings);
        assertThat(jpptp("up", PROFILE)).contains("is up after");
    }

    /** With a tunnel for some domains, with one for everything, and before and after both. */
    private void namesGoWhereTheyBelong(String kind, List<String> resolver, String state) {
        String before = shell(state);
        ask(resolver, "before-" + kind + ".corp.example", ANSWERED_OUTSIDE);

        up(SPLIT);
        String inner = "split-" + kind + ".corp.example";
        String outer = "split-" + kind + ".example";
        Asked split = watch("split-" + kind, () -> {
            ask(resolver, inner, ANSWERED_INSIDE);
            ask(resolver, outer, ANSWERED_OUTSIDE);
        });
        assertThat(split).isEqualTo(new Asked(Set.of(inner), Set.of(outer)));
        jpptp("down", "names");
        assertThat(shell(state)).isEqualTo(before);

        up(FULL);
        String every = "full-" + kind + ".example";
        String all = "full-" + kind + ".corp.example";
        Asked full = watch("full-" + kind, () -> {
            ask(resolver, every, ANSWERED_INSIDE);
            ask(resolver, all, ANSWERED_INSIDE);
        });
        assertThat(full).isEqualTo(new Asked(Set.of(every, all), Set.of()));
        shell("pkill -KILL java");
        jpptp("down", "names");
        assertThat(shell(state)).isEqualTo(before);
        ask(resolver, "after-" + kind + ".corp.example", ANSWERED_OUTSIDE);
    }

    @Test
    @Order(1)
    void resolvedAsksInsideAboutInsideNamesOnly() {
        box.network().address(LINK, "192.0.2.2/24");
        shell("systemctl start systemd-resolved; ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf;"
                + " resolvectl dns eth0 " + OUTSIDE + "; resolvectl default-route eth0 yes");
        namesGoWhereTheyBelong(
                "resolved",
                RESOLVECTL,
                "resolvectl dns; resolvectl domain; resolvectl default-route; cat /etc/resolv.conf");
        shell("systemctl stop systemd-resolved");
    }

    @Test
    @Order(2)
    void networkManagerAsksInsideAboutInsideNamesOnly() {
        box.write("/etc/NetworkManager/conf.d/lab.conf", "[main]\ndns=dnsmasq\nrc-manager=file\nplugins=keyfile\n");
        box.write(
                "/etc/NetworkManager/system-connections/office.nmconnection",
                "[connection]\nid=office\ntype=ethernet\ninterface-name=" + LINK + "\n[ipv4]\nmethod=manual\n"
                        + "address1=192.0.2.2/24\ndns=" + OUTSIDE + ";\n[ipv6]\nmethod=disabled\n");
        // It waits for udev, which a box has not, unless /sys cannot be written.
        shell("rm -f /etc/resolv.conf; mount -o remount,ro /sys; systemctl start NetworkManager;"
                + " nmcli connection up office; until grep -q 127.0.0.1 /etc/resolv.conf; do sleep 0.05; done");
        namesGoWhereTheyBelong(
                "manager",
                GETENT,
                "nmcli -t device | grep ^eth0; cat /etc/resolv.conf; find /run/NetworkManager -name '*.conf'");
        shell("systemctl stop NetworkManager");
    }
}
