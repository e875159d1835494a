package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.NameScope;
import org.jpptp.client.Routing;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.net.NameService;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each resolver of a host is told, first and after a renegotiation, and what its journal takes back. */
class NameChangesTest {
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final String STATIC = "nameserver 192.0.2.53\n";

    @TempDir
    Path directory;

    private final List<String> trace = new ArrayList<>();
    private final Deque<Change> made = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // each test prepares it
    private FakePrograms programs;

    @SuppressWarnings("NullAway.Init")
    private NameChanges names;

    private void prepare(String content) throws Exception {
        Files.createDirectories(directory.resolve("bin"));
        programs = new FakePrograms(directory.resolve("bin"));
        programs.says("ip", 0, "7: pptp0: <UP> mtu 1400 qdisc");
        HostCommands host = programs.commands(trace::add);
        names = new NameChanges(
                7,
                new NameChanges.Journal() {
                    @Override
                    public void make(Change change) throws HostChangeException {
                        assertThat(change.isReadable()).isTrue();
                        made.push(change);
                        change.make(host);
                    }

                    @Override
                    public void takeBack(Change change) {
                        assertThat(change.undo(host)).isTrue();
                        made.removeIf(each -> each.line().equals(change.line()));
                    }
                },
                trace::add);
        Files.writeString(FILE, content);
    }

    private static NetworkPlan plan(@Nullable String namespace, NameScope scope, String servers, String... routes) {
        return new NetworkPlan(
                        new NetworkPlan.Link("pptp0", namespace, 1400),
                        new NetworkPlan.Addresses(address("10.9.0.2"), null, null),
                        address("203.0.113.7"),
                        Routing.NONE)
                .with(new NamePlan(
                        scope,
                        Stream.of(servers.split(" ", -1))
                                .map(NameChangesTest::address)
                                .toList(),
                        scope == NameScope.DOMAINS ? List.of("corp.example") : List.of(),
                        Stream.of(routes)
                                .map(route -> Cidr.parse(route).orElseThrow())
                                .toList()));
    }

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }

    private void undo() throws Exception {
        for (Change change : made) {
            assertThat(Change.parse(change.line()).orElseThrow().undo(programs.commands(trace::add)))
                    .isTrue();
        }
    }

    @Test
    void resolvedIsToldOnceMoreAfterARenegotiation() throws Exception {
        MountNamespace.call(() -> {
            prepare("nameserver 127.0.0.53\n");
            names.apply(plan(null, NameScope.DOMAINS, "10.1.0.2", "10.1.0.2/32"));
            assertThat(names.service()).isEqualTo(NameService.SYSTEMD_RESOLVED);
            names.apply(plan(null, NameScope.DOMAINS, "10.1.0.2", "10.1.0.2/32"));
            names.apply(plan(null, NameScope.EVERYTHING, "10.1.0.3 10.1.0.4"));
            assertThat(programs.runs())
                    .containsExactly(
                            "ip route add 10.1.0.2/32 dev pptp0 proto 172",
                            "resolvectl dns pptp0 10.1.0.2",
                            "resolvectl domain pptp0 ~corp.example",
                            "resolvectl default-route pptp0 no",
                            "ip -d -o link show dev pptp0",
                            "ip route del 10.1.0.2/32 dev pptp0 proto 172",
                            "resolvectl dns pptp0 10.1.0.3 10.1.0.4",
                            "resolvectl domain pptp0 ~.",
                            "resolvectl default-route pptp0 yes");
            names.apply(plan(null, NameScope.NOTHING, "10.1.0.3"));
            assertThat(names.service()).isNull();
            assertThat(programs.runs()).contains("resolvectl revert pptp0");
            undo();
            return null;
        });
    }

    @Test
    void resolvconfIsGivenARecord() throws Exception {
        MountNamespace.call(() -> {
            prepare("# Generated by resolvconf\nnameserver 192.0.2.53\n");
            names.apply(plan(null, NameScope.DOMAINS, "10.1.0.2"));
            assertThat(programs.runs())
                    .containsExactly("resolvconf -a tun1723.pptp0.jpptp", "nameserver 10.1.0.2", "search corp.example");
            assertThat(trace)
                    .contains("The name servers of resolvconf are asked about every name, not only those of"
                            + " corp.example: it cannot tell domains apart.");
            undo();
            assertThat(programs.runs()).containsExactly("resolvconf -d tun1723.pptp0.jpptp");
            return null;
        });
    }

    @Test
    void theFileIsGivenBackAsItWasBeforeTheFirstChange() throws Exception {
        MountNamespace.call(() -> {
            prepare(STATIC);
            names.apply(plan(null, NameScope.BESIDE, "10.1.0.2"));
            assertThat(ResolverFile.servers(Files.readString(FILE))).containsExactly("10.1.0.2", "192.0.2.53");
            names.apply(plan(null, NameScope.BESIDE, "10.1.0.3"));
            assertThat(ResolverFile.servers(Files.readString(FILE))).containsExactly("10.1.0.3", "192.0.2.53");
            names.apply(plan(null, NameScope.EVERYTHING, "10.1.0.3"));
            assertThat(ResolverFile.servers(Files.readString(FILE))).containsExactly("10.1.0.3");
            assertThat(names.service()).isEqualTo(NameService.FILE);
            undo();
            assertThat(FILE).hasContent(STATIC);
            return null;
        });
    }

    @Test
    void aNamespaceHasAFileOfItsOwn() throws Exception {
        MountNamespace.call(() -> {
            prepare(STATIC);
            names.apply(plan("blue", NameScope.BESIDE, "10.1.0.2", "10.1.0.2/32"));
            assertThat(Files.readString(Path.of("/etc/netns/blue/resolv.conf"))).endsWith("\nnameserver 10.1.0.2\n");
            assertThat(FILE).hasContent(STATIC);
            assertThat(programs.runs()).containsExactly("ip -n blue route add 10.1.0.2/32 dev pptp0 proto 172");
            undo();
            assertThat(Path.of("/etc/netns")).doesNotExist();
            return null;
        });
    }

    @Test
    void networkManagerReadsAFileOfOurs() throws Exception {
        Path file = Path.of("/run/NetworkManager/conf.d/jpptp-pptp0.conf");
        MountNamespace.call(() -> {
            TestNamespace.run("mount", "-t", "tmpfs", "none", "/run");
            prepare("# Generated by NetworkManager\nnameserver 192.0.2.53\n");
            names.apply(plan(null, NameScope.BESIDE, "10.1.0.2"));
            assertThat(file).hasContent("""
                    # Written by jpptp for the tunnel pptp0.
                    [global-dns]
                    [global-dns-domain-*]
                    servers=10.1.0.2,192.0.2.53
                    """);
            names.apply(plan(null, NameScope.EVERYTHING, "10.1.0.2"));
            assertThat(file).content().endsWith("[global-dns-domain-*]\nservers=10.1.0.2\n");
            assertThat(programs.runs()).containsExactly("nmcli general reload conf", "nmcli general reload conf");
            undo();
            assertThat(file).doesNotExist();
            assertThat(programs.runs()).containsExactly("nmcli general reload conf");
            undo();
            assertThat(programs.runs()).isEmpty();

            Files.writeString(Path.of("/run/NetworkManager/no-stub-resolv.conf"), STATIC);
            made.clear();
            prepare("# Generated by NetworkManager\nnameserver 127.0.0.1\n");
            names.apply(plan(null, NameScope.DOMAINS, "10.1.0.2"));
            assertThat(file).content().endsWith("""
                    [global-dns-domain-*]
                    servers=192.0.2.53
                    [global-dns-domain-corp.example]
                    servers=10.1.0.2
                    """);
            return null;
        });
    }
}
