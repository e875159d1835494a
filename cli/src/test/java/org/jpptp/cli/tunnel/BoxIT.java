package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.tunnel.Canaries.Family;
import org.jpptp.lab.oracle.Capture;
import org.jpptp.lab.oracle.Tshark;
import org.jpptp.lab.peer.Command;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.RequiresBox;
import org.jpptp.lab.peer.RequiresRealPeer;
import org.jpptp.lab.peer.RequiresTshark;
import org.jpptp.lab.peer.Scenario;
import org.jpptp.lab.peer.SystemdBox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

/** {@code jpptp@.service} of the package, under a real systemd, with pptpd at the other end. */
@RequiresRealPeer
@RequiresBox
@RequiresTshark
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Scenario.BESIDE_OTHERS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoxIT {
    private static final String UNIT = "jpptp@lab";
    private static final String INNER = RealPeer.INNER_ADDRESS;
    private static final String PAGE = "http://www.corp.example:8080/page";
    private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+ (\\d+\\.\\d)");
    /** What a box without IPv6, and without others behind it, can send. */
    private static final Family[] FLYING = {
        Family.TCP, Family.UDP, Family.ICMP, Family.DNS, Family.BOUND, Family.DEVICE, Family.SERVER
    };

    /** Sends a thousand of each family as soon as anybody may use the network, while the rest of the boot goes on. */
    private static final String CANARIES = """
            [Unit]
            DefaultDependencies=no
            Wants=network-pre.target
            After=network-pre.target
            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/bin/perl /opt/canaries.pl 1000 0.002 10.98.0.2 eth0 %s
            [Install]
            WantedBy=sysinit.target
            """;

    /** Who needs the tunnel, and asks at once for what is behind it. */
    private static final String NEEDS = """
            [Unit]
            Requires=jpptp@lab.service
            After=jpptp@lab.service
            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/usr/bin/ping -c 1 -w 60 %s
            [Install]
            WantedBy=multi-user.target
            """.formatted(INNER);

    @TempDir
    static Path folder;

    private RealPeer peer;
    private SystemdBox box;

    @BeforeAll
    void boot() {
        peer = RealPeer.builder()
                .options(RealPeer.MPPE_128)
                .user("alice", "secret")
                .dns(INNER)
                .start();
        peer.exec("perl /run/peer/inner-services " + INNER + " >/tmp/services 2>&1 </dev/null &\n"
                + "until grep -q ready /tmp/services; do sleep 0.1; done");
        peer.namespace().exec("sysctl", "-qw", "net.ipv4.ip_forward=1").orThrow();
        box = SystemdBox.boot(peer.namespace());
        // By which a machine without systemd keeps packages from starting and stopping services.
        box.sh("rm -f /usr/sbin/policy-rc.d");
        installOurs();
    }

    /** The package of this build. */
    private void installOurs() {
        Path file = folder.resolve("jpptp.deb");
        if (Files.notExists(file)) {
            Command.run(
                            "env",
                            "JAVA_HOME=" + System.getProperty("java.home"),
                            "../packaging/deb/build",
                            System.getProperty("jpptp.jar"),
                            "1.2.3",
                            "2026-11-01T00:00:00Z",
                            file.toString())
                    .orThrow();
        }
        box.install(file);
    }

    @AfterAll
    void end() {
        if (box != null) {
            box.close();
        }
        peer.close();
    }

    @AfterEach
    void stop() {
        box.sh("systemctl stop " + UNIT + " || true; rm -rf /etc/systemd/system/" + UNIT + ".service.d;"
                + " systemctl daemon-reload; systemctl reset-failed");
    }

    private void profile(String... lines) {
        box.write(
                "/etc/jpptp/lab.conf",
                "server = " + peer.serverAddress() + "\nuser = alice\npassword = secret\n" + String.join("\n", lines)
                        + "\n");
    }

    /** One that the package brings, where the administrator's are. */
    private void dropIn(String name) {
        box.sh("install -D -m 644 /usr/share/jpptp/drop-ins/" + name + ".conf /etc/systemd/system/" + UNIT
                + ".service.d/" + name + ".conf; systemctl daemon-reload");
    }

    private void start() {
        Command.Result started = box.exec("systemctl", "start", UNIT);
        assertThat(started.status())
                .as(String.join("\n", box.journal(UNIT, "debug")))
                .isZero();
    }

    /** The last line of the journal, of a start that is not tried again. */
    private String refused(int code) {
        assertThat(box.exec("systemctl", "start", UNIT).status()).isEqualTo(1);
        assertThat(box.sh("systemctl show --property=ActiveState,ExecMainStatus --value " + UNIT)
                        .lines())
                .containsExactlyInAnyOrder("failed", Integer.toString(code));
        List<String> errors = box.journal(UNIT, "err");
        return errors.get(errors.size() - 1);
    }

    /** Not a failure, and nothing is left for the next start. */
    private void stopsInOrder() {
        int before = box.journal(UNIT, "warning").size();
        box.sh("systemctl stop " + UNIT);
        assertThat(box.sh("systemctl show --property=ActiveState --value " + UNIT))
                .isEqualTo("inactive\n");
        assertThat(box.journal(UNIT, "warning")).hasSize(before);
        assertThat(box.sh("ls /run/jpptp /run/jpptp-service 2> /dev/null || true"))
                .doesNotContain(".journal");
    }

    private double exposure() {
        Matcher exposure = EXPOSURE.matcher(box.sh("systemd-analyze security --no-pager " + UNIT));
        assertThat(exposure.find()).isTrue();
        return Double.parseDouble(exposure.group(1));
    }

    @Test
    void whatIsEnabledIsUpAfterABootAndWhoNeedsItFindsItThere() {
        profile("route = 192.168.77.0/24");
        box.write("/etc/systemd/system/needs.service", NEEDS);
        box.sh("systemctl enable " + UNIT + " needs");
        try {
            box.reboot();
            assertThat(box.sh("systemctl is-active " + UNIT + " needs")).isEqualTo("active\nactive\n");
            assertThat(box.sh("systemctl status --no-pager " + UNIT))
                    .contains("enabled")
                    .containsPattern("Status: \"Tunnel pptp0 to \\S+ is up, routes 192.168.77.0/24.\"");
            assertThat(box.journal("needs", "info")).anyMatch(line -> line.contains("1 received, 0% packet loss"));
            assertThat(box.journal(UNIT, "err")).isEmpty();
            assertThat(box.journal(UNIT, "warning")).isNotEmpty().allMatch(line -> line.startsWith("warning: "));
            assertThat(box.journal(UNIT, "info"))
                    .anyMatch(line -> line.startsWith("Tunnel pptp0 is up after")
                            && line.endsWith(" Stop the service to disconnect."));
            assertThat(exposure()).isLessThanOrEqualTo(2.0);
            box.sh("systemctl stop needs");
            stopsInOrder();
        } finally {
            box.sh("systemctl disable " + UNIT + " needs; rm /etc/systemd/system/needs.service");
        }
    }

    /** The unit's user is not root, of whom alone resolved asks nothing; polkit allows that user just this. */
    @Test
    void thePackagesRuleLetsTheServiceTellResolvedAboutNames() throws IOException {
        box.install(SystemdBox.fetched("systemd-resolved"));
        // Started by the installation, it may have come before the bus knew of it.
        box.sh("systemctl reload dbus; systemctl restart systemd-resolved; resolvectl dns");
        profile("dns = accept", "full-tunnel = on");
        try {
            start();
            assertThat(box.journal(UNIT, "info")).contains("DNS " + INNER + " for all names (systemd-resolved).");
            assertThat(box.sh("resolvectl dns pptp0; resolvectl domain pptp0; resolvectl default-route pptp0"))
                    .matches("(?s).*: 192\\.168\\.77\\.1\n.*: ~\\.\n.*: yes\n");
            assertThat(box.sh("resolvectl query www.corp.example"))
                    .contains(INNER)
                    .contains("pptp0");
            stopsInOrder();
            assertThat(box.sh("resolvectl dns")).doesNotContain(INNER);

            for (String action : List.of("set-llmnr", "set-dnssec", "register-service")) {
                assertThat(allowed("jpptp", action)).as(action).isFalse();
            }
            assertThat(allowed("jpptp", "set-dns-servers")).isTrue();
            assertThat(allowed("nobody", "set-dns-servers")).isFalse();

            box.sh("rm /usr/share/polkit-1/rules.d/jpptp.rules; systemctl restart polkit");
            assertThat(refused(3))
                    .contains("The host refused \"resolvectl dns pptp0 " + INNER + "\"")
                    .contains("Interactive authentication required")
                    .contains("polkit");
            assertThat(box.sh("ls /run/jpptp-service")).doesNotContain(".journal");
        } finally {
            box.sh(
                    "systemctl stop systemd-resolved; rm /etc/resolv.conf; echo nameserver 192.0.2.53 > /etc/resolv.conf");
        }
    }

    private boolean allowed(String user, String action) {
        return box.exec(
                                "setpriv",
                                "--reuid=" + user,
                                "--regid=nogroup",
                                "--clear-groups",
                                "sh",
                                "-c",
                                "exec pkcheck --action-id \"$0\" --process $$",
                                "org.freedesktop.resolve1." + action)
                        .status()
                == 0;
    }

    @Test
    void aProxyNeedsItsDropIn() {
        profile("proxy = 1080");
        assertThat(refused(5))
                .contains("No network namespace can be made for the proxy")
                .contains("RestrictNamespaces=user net and SystemCallFilter=capset");
        dropIn("proxy");
        start();
        for (List<String> way : Inside.WAYS) {
            assertThat(box.sh("curl -sS --noproxy '' --max-time 60 " + String.join(" ", way) + " " + PAGE))
                    .isEqualTo("this is /page\n");
        }
        assertThat(box.sh("jpptp exec lab -- curl -sS --max-time 60 " + PAGE)).isEqualTo("this is /page\n");
        assertThat(exposure()).isLessThanOrEqualTo(2.3);
        stopsInOrder();
    }

    @Test
    void aNamespaceNeedsItsDropIn() {
        box.sh("ip netns add blue");
        try {
            profile("namespace = blue");
            dropIn("namespace");
            start();
            box.sh("ip netns exec blue ping -c 1 -w 60 " + INNER);
            assertThat(exposure()).isLessThanOrEqualTo(2.5);
            stopsInOrder();
        } finally {
            box.sh("ip netns del blue");
        }
    }

    @Test
    void theFileThatNamesNameServersNeedsItsDropIn() {
        String before = box.sh("rm /etc/resolv.conf; echo nameserver 192.0.2.53 | tee /etc/resolv.conf");
        profile("dns = accept");
        assertThat(refused(3)).contains("the business of /etc/resolv.conf, which only root can tell");
        dropIn("resolv-conf");
        start();
        assertThat(box.sh("cat /etc/resolv.conf")).contains("nameserver " + INNER);
        assertThat(exposure()).isLessThanOrEqualTo(2.3);
        stopsInOrder();
        assertThat(box.sh("cat /etc/resolv.conf")).isEqualTo(before);
    }

    @Test
    void lockdownOutlivesABootAndTunnelsPassIt() {
        profile("route = 192.168.77.0/24");
        box.write("/opt/canaries.pl", Canaries.SENDER);
        box.write("/etc/systemd/system/canaries.service", CANARIES.formatted(destinations()));
        box.sh("systemctl enable canaries");
        try {
            assertThat(canariesOfABoot("open"))
                    .containsOnlyKeys(FLYING)
                    .allSatisfy((family, seen) ->
                            assertThat(seen).as("%s, without lockdown", family).isGreaterThan(900));
            box.sh("systemctl enable jpptp-lockdown " + UNIT);
            assertThat(box.exec("jpptp", "lockdown", "on").toString()).doesNotContain("ends with a boot");
            assertThat(canariesOfABoot("locked")).isEmpty();
            assertThat(box.exec("ping", "-c", "1", "-W", "2", peer.serverAddress())
                            .status())
                    .isNotZero();
            assertThat(box.sh("systemctl is-active jpptp-lockdown canaries " + UNIT))
                    .isEqualTo("active\nactive\nactive\n");
            box.sh("ping -c 1 -w 60 " + INNER);
            box.sh("jpptp lockdown off");
            box.sh("ping -c 1 -w 60 " + peer.serverAddress());
        } finally {
            box.sh("jpptp lockdown off; systemctl disable jpptp-lockdown canaries " + UNIT);
        }
    }

    private String destinations() {
        return Stream.of(FLYING)
                .map(family -> family + "=" + family.address(peer.serverAddress()))
                .collect(Collectors.joining(" "));
    }

    /** How many of each family leave from when the network may be used until each unit has started. */
    private Map<Family, Integer> canariesOfABoot(String name) {
        Path file = folder.resolve(name + ".pcap");
        // The box's link is made with its boot.
        try (Capture capture = Capture.start(peer.namespace(), "any", file)) {
            box.reboot();
            capture.stop();
        }
        String left = "ip.src == 10.98.0.2 && !(icmp.type == 3) && (ip.dst == " + Canaries.NETWORK + " || (ip.dst == "
                + peer.serverAddress() + " && udp.dstport >= 20000))";
        Map<Family, Integer> seen = new EnumMap<>(Family.class);
        Set<String> each =
                new HashSet<>(Tshark.fields(file, left, "ip.dst", "udp.dstport", "tcp.dstport", "icmp.seq", "dns.id"));
        for (Family family : FLYING) {
            String to = family.address(peer.serverAddress()) + "\t";
            int count = (int) each.stream().filter(line -> line.startsWith(to)).count();
            if (count > 0) {
                seen.put(family, count);
            }
        }
        return seen;
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anUpgradeLeavesTheTunnelUpAndARemovalLeavesNothing() {
        profile("route = 192.168.77.0/24");
        dropIn("proxy");
        box.sh("systemctl enable " + UNIT);
        start();
        String process = box.sh("systemctl show --property=MainPID " + UNIT);
        installOurs();
        assertThat(box.sh("systemctl show --property=MainPID " + UNIT)).isEqualTo(process);
        box.sh("ping -c 1 -w 60 " + INNER);

        box.sh("jpptp lockdown on; dpkg --remove jpptp");
        assertThat(box.sh("ip -o link")).doesNotContain("pptp0");
        assertThat(box.sh("nft list ruleset")).doesNotContain("jpptp");
        box.sh("ping -c 1 -w 60 " + peer.serverAddress());
        box.sh("dpkg --purge jpptp");
        // What other tests have in /etc/netns of the machine shows in here, too, and may go at any moment.
        assertThat(box.sh(
                        "find $(ls -A /etc | grep -vx netns | sed 's|^|/etc/|') /usr /var/lib /var/cache /run -name '*jpptp*';"
                                + " getent passwd jpptp || true"))
                .isEmpty();
    }
}
