package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jpptp.client.Cidr;
import org.jpptp.client.Offload;
import org.jpptp.client.Routing;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostNetwork.Part;
import org.jpptp.client.net.HostNetwork.WithoutInterface;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others take away of a tunnel's interface is put back, nothing leaves meanwhile, and all of it is undone at the end. */
@Timeout(300)
class RestoreTest {
    @TempDir
    Path temporary;

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private final LinuxLoop loop = new LinuxLoop();
    private final CompletableFuture<Integer> gone = new CompletableFuture<>();
    private final CompletableFuture<Integer> read = new CompletableFuture<>();
    private Path journals;
    private TestNamespace host;
    private TunDevice tun;
    private LinuxHostNetwork network;
    private String before;

    @BeforeEach
    void prepare() throws Exception {
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("restore");
        tun = host.call(() -> loop.openTun("pptp0", Offload.USO));
        loop.eventLoop().submit(() -> tun.start(new Mute())).sync();
        network = new LinuxHostNetwork(journals, journals, "pptp0", WithoutInterface.CLOSED, trace::add);
        before = withoutNumbers(host.state());
    }

    @AfterEach
    void clean() throws Exception {
        if (tun != null) {
            tun.close();
        }
        loop.close();
        if (host != null) {
            host.close();
        }
    }

    /** Listens, and waits for the end. */
    private final class Mute implements TunDevice.Listener {
        private final ByteBuf room = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(4096));

        @Override
        public ByteBuf buffer() {
            return room.setIndex(64, 64);
        }

        @Override
        public void received(ByteBuf datagram) {
            read.complete(datagram.readableBytes());
        }

        @Override
        public void batchEnd() {}

        @Override
        public void failed(int errno) {
            gone.complete(errno);
        }
    }

    private static String withoutNumbers(String state) {
        return state.replaceAll("(?m)^\\d+: pptp0", "N: pptp0");
    }

    private static NetworkPlan split() {
        return Plans.withAddresses("10.9.0.2", "10.9.0.1", null, Plans.of("pptp0", "10.20.0.0/16", "198.51.100.7/32"));
    }

    private static NetworkPlan full() {
        Routing everything =
                new Routing(List.of(Cidr.parse("0.0.0.0/0").orElseThrow()), Routing.Scope.FULL, 0, Routing.Lan.CLOSED);
        return Plans.with(everything, Plans.withAddresses("10.9.0.2", "10.9.0.1", null, Plans.of("pptp0")));
    }

    private void apply(NetworkPlan plan) throws Exception {
        host.call(() -> {
            network.apply(plan);
            return 0;
        });
    }

    private Set<Part> restore() throws Exception {
        return host.call(() -> {
            tun.reopen();
            return network.restore();
        });
    }

    private String state() throws IOException {
        return withoutNumbers(host.state());
    }

    private String way(String to) {
        try {
            return host.ip("route", "get", to).lines().findFirst().orElse("");
        } catch (IOException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void delete() throws Exception {
        host.ip("link", "del", "pptp0");
        assertThat(gone.get(10, TimeUnit.SECONDS)).isPositive();
    }

    private void assertAllUndone() throws Exception {
        host.call(() -> {
            network.close();
            return 0;
        });
        assertThat(state()).isEqualTo(before);
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(files).isEmpty();
        }
        assertThat(trace).allMatch(line -> line.startsWith("[#] "));
    }

    @Test
    void anInterfaceThatIsDeletedIsMadeAnew() throws Exception {
        apply(split());
        String up = state();
        delete();
        assertThat(List.of(way("10.20.3.4"), way("198.51.100.7"), way("10.9.0.1")))
                .as("closed meanwhile")
                .allMatch(text -> text.contains("No route to host"));

        assertThat(restore()).containsExactly(Part.INTERFACE);
        assertThat(state()).isEqualTo(up);
        assertThat(way("10.20.3.4")).contains("dev pptp0");
        assertThat(restore()).as("once more").isEmpty();
        assertAllUndone();
    }

    /** Its descriptor is polled like the first one's. */
    @Test
    void itIsReadLikeTheFirst() throws Exception {
        apply(split());
        delete();
        restore();
        loop.settle();
        host.call(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(InetAddress.getByName("10.20.3.4"), 9);
                socket.send(new DatagramPacket(new byte[10], 10));
            }
            return 0;
        });
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(20 + 8 + 10);
        assertAllUndone();
    }

    @Test
    void aFullTunnelIsMadeWholeAgain() throws Exception {
        assumeTrue(new HostCommands(HostCommands.PLACES, line -> {}).has(HostCommands.Program.NFT), "needs nft");
        apply(full());
        String up = state();
        delete();
        assertThat(way("8.8.8.8")).contains("No route to host");
        assertThat(restore()).containsExactly(Part.INTERFACE);
        assertThat(state()).isEqualTo(up);

        host.call(() -> TestNamespace.run("nft", "flush", "ruleset"));
        assertThat(restore()).containsExactly(Part.RULES);
        assertThat(host.<String>call(() -> TestNamespace.run("nft", "list", "ruleset")))
                .contains("inet jpptp-pptp0");

        host.ip("rule", "flush");
        host.ip("rule", "add", "priority", "32766", "table", "main");
        host.ip("route", "flush", "table", "172300");
        host.ip("-6", "route", "flush", "table", "172300");
        assertThat(restore()).containsExactlyInAnyOrder(Part.RULES, Part.ROUTES);
        host.ip("rule", "add", "priority", "32767", "table", "default");
        assertThat(state()).isEqualTo(up);
        assertAllUndone();
    }

    @Test
    void whatIsTakenFromItIsPutBack() throws Exception {
        apply(split());
        String up = state();
        host.ip("link", "set", "pptp0", "down");
        assertThat(restore()).containsExactlyInAnyOrder(Part.LINK, Part.ROUTES);
        assertThat(state()).isEqualTo(up);

        host.ip("addr", "flush", "dev", "pptp0");
        assertThat(way("10.9.0.1")).contains("No route to host");
        assertThat(restore()).contains(Part.ADDRESSES);
        assertThat(state()).isEqualTo(up);

        host.ip("route", "del", "10.20.0.0/16", "dev", "pptp0");
        assertThat(way("10.20.3.4")).contains("No route to host");
        assertThat(restore()).containsExactly(Part.ROUTES);
        assertThat(state()).isEqualTo(up);
        assertAllUndone();
    }

    @Test
    void anotherPlanFindsItAnewToo() throws Exception {
        apply(split());
        delete();
        host.call(() -> {
            tun.reopen();
            network.apply(Plans.withAddresses("10.9.7.7", null, null, Plans.of("pptp0", "10.21.0.0/16")));
            return 0;
        });
        assertThat(way("10.21.3.4")).contains("dev pptp0 src 10.9.7.7");
        assertThat(way("10.20.3.4")).contains("via 192.0.2.1");
        assertAllUndone();
    }

    @Test
    void inANamespaceToo() throws Exception {
        try (TestNamespace target = TestNamespace.create("kept")) {
            apply(Plans.within(target.name(), split()));
            target.ip("link", "del", "pptp0");
            assertThat(gone.get(10, TimeUnit.SECONDS)).isPositive();
            assertThat(restore()).containsExactly(Part.INTERFACE);
            assertThat(target.ip("route")).contains("10.20.0.0/16 dev pptp0");
            tun.close(); // its interface would come back otherwise, with another number
            loop.settle();
            host.call(() -> {
                network.close();
                return 0;
            });
            assertThat(host.ip("link") + target.ip("link")).doesNotContain("pptp0");
        }
    }

    /** Of two tunnels that lead to one network, the second to end opens it. */
    @Test
    void twoTunnelsToOneNetworkShareWhatStandsBehindIt() throws Exception {
        apply(split());
        TunDevice second = host.call(() -> loop.openTun("pptp1", Offload.NONE));
        LinuxHostNetwork others =
                new LinuxHostNetwork(journals, journals, "pptp1", WithoutInterface.CLOSED, trace::add);
        Routing worse = new Routing(
                List.of(Cidr.parse("10.20.0.0/16").orElseThrow()), Routing.Scope.SPLIT, 500, Routing.Lan.CLOSED);
        host.call(() -> {
            others.apply(Plans.with(worse, Plans.withAddresses("10.8.0.2", null, null, Plans.of("pptp1"))));
            return 0;
        });
        host.call(() -> {
            network.close();
            return 0;
        });
        assertThat(way("10.20.3.4")).contains("dev pptp1");
        second.close();
        loop.settle();
        assertThat(way("10.20.3.4")).contains("No route to host");
        assertThat(way("198.51.100.7")).contains("via 192.0.2.1");
        host.call(() -> {
            others.close();
            return 0;
        });
        assertThat(way("10.20.3.4")).contains("via 192.0.2.1");
        assertAllUndone();
    }
}
