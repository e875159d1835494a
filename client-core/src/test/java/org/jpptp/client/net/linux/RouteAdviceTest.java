package org.jpptp.client.net.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.jpptp.client.Ipv6;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.Offload;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.tun.TunDevice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threat: a server that takes the host's IPv6 by a Router Advertisement through the tunnel. Real interfaces, a real kernel. */
@Timeout(300)
class RouteAdviceTest {
    private static final LinkLocalAddress OURS = new LinkLocalAddress(0x021c02fffe030004L);

    @TempDir
    Path temporary;

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private final LinuxLoop loop = new LinuxLoop();
    private Path journals;
    private TestNamespace host;
    private @Nullable TunDevice tun;
    private LinuxHostNetwork network;

    @BeforeEach
    void prepare() throws Exception {
        journals = temporary.resolve("jpptp");
        host = TestNamespace.withUplink("advice");
        network = new LinuxHostNetwork(journals, "pptp0", trace::add);
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

    /** Takes no notice of what the host sends. */
    private static final class Mute implements TunDevice.Listener {
        private final ByteBuf room = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(4096));

        @Override
        public ByteBuf buffer() {
            return room.setIndex(64, 64);
        }

        @Override
        public void received(ByteBuf datagram) {}

        @Override
        public void batchEnd() {}

        @Override
        public void failed(int errno) {}
    }

    private TunDevice open() throws Exception {
        TunDevice opened = host.call(() -> loop.openTun("pptp0", Offload.NONE));
        tun = opened;
        loop.eventLoop().submit(() -> opened.start(new Mute())).sync();
        return opened;
    }

    private static NetworkPlan plan(int mtu, @Nullable LinkLocalAddress ipv6) {
        return Plans.withMtu(mtu, Plans.withAddresses("10.9.0.2", "10.9.0.1", ipv6, Plans.of("pptp0", "10.0.0.0/8")));
    }

    private void apply(NetworkPlan plan) throws Exception {
        host.call(() -> {
            network.apply(plan);
            return 0;
        });
    }

    private void close() throws Exception {
        host.call(() -> {
            network.close();
            return 0;
        });
    }

    /** From fe80::bad to all nodes: a prefix to make an address of, a default route, an MTU. */
    private static ByteBuf advertisement() {
        byte[] from = {(byte) 0xFE, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0B, (byte) 0xAD};
        byte[] to = {(byte) 0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        ByteBuffer icmp = ByteBuffer.allocate(56)
                .put(new byte[] {(byte) 134, 0, 0, 0, 64, 0})
                .putShort((short) 1800)
                .putLong(0)
                .put(new byte[] {3, 4, 64, (byte) 0xC0})
                .putInt(86400)
                .putInt(14400)
                .putInt(0)
                .put(new byte[] {0x20, 1, 0x0D, (byte) 0xB8, 0x0B, (byte) 0xAD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                .put(new byte[] {5, 1, 0, 0})
                .putInt(1280);
        icmp.putShort(2, checksum(from, to, icmp));
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(96))
                .clear()
                .writeInt(0x60000000)
                .writeShort(icmp.capacity())
                .writeByte(58)
                .writeByte(255)
                .writeBytes(from)
                .writeBytes(to)
                .writeBytes(icmp.array());
    }

    private static short checksum(byte[] from, byte[] to, ByteBuffer icmp) {
        ByteBuffer whole = ByteBuffer.allocate(40 + icmp.capacity())
                .put(from)
                .put(to)
                .putInt(icmp.capacity())
                .putInt(58)
                .put(icmp.duplicate().clear());
        int sum = 0;
        for (int at = 0; at < whole.capacity(); at += 2) {
            sum += whole.getShort(at) & 0xFFFF;
        }
        return (short) ~((sum & 0xFFFF) + (sum >>> 16));
    }

    /** As what comes from the server does. */
    private void advertise(TunDevice device) throws Exception {
        loop.eventLoop()
                .submit(() -> {
                    device.send(advertisement());
                    device.flush();
                })
                .sync();
        assertThat(device.stats().sent).as("the host has taken it").isPositive();
    }

    private static String ipv6(TestNamespace where) throws IOException {
        return where.ip("-6", "addr", "show", "dev", "pptp0") + where.ip("-6", "route", "show", "dev", "pptp0");
    }

    private void advertiseInVain(TunDevice device, TestNamespace where) throws Exception {
        advertise(device);
        assertThat(ipv6(where))
                .contains("fe80::21c:2ff:fe03:4/64 scope link")
                .doesNotContain("bad", "default via", "mtu 1280");
    }

    private static String setting(String name) throws IOException {
        return Files.readString(Path.of("/proc/sys/net/ipv6/conf/pptp0", name)).strip();
    }

    /** That the advertisement is one that the kernel would follow is seen at the end. */
    @Test
    void anAdvertisementChangesNothing() throws Exception {
        TunDevice device = open();
        apply(plan(1400, OURS));
        advertiseInVain(device, host);

        host.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/pptp0/accept_ra"), "1\n"));
        advertise(device);
        assertThat(ipv6(host)).contains("2001:db8:bad:", "default via fe80::bad", "mtu 1280");
    }

    /** The kernel has begun with IPv6 anew. */
    @Test
    void norDoesOneAfterTheMtuWasTooSmallForIpv6() throws Exception {
        TunDevice device = open();
        apply(plan(1400, OURS));
        apply(plan(596, null));
        apply(plan(1396, OURS));

        assertThat(host.call(() -> setting("accept_ra") + setting("accept_redirects")))
                .isEqualTo("00");
        assertThat(trace.indexOf("[#] ip link set dev pptp0 mtu 1396"))
                .as("nothing comes in between")
                .isBetween(
                        trace.indexOf("[#] ip link set dev pptp0 down"),
                        trace.lastIndexOf("[#] ip link set dev pptp0 up"));
        assertThat(host.ip("route", "get", "10.200.0.1")).contains("dev pptp0 src 10.9.0.2");
        advertiseInVain(device, host);
    }

    @Test
    void norDoesOneToTheNextInterfaceOfTheName() throws Exception {
        TunDevice first = open();
        apply(plan(1400, OURS));
        first.close();
        loop.settle();
        TunDevice second = open();
        apply(plan(1400, OURS));
        advertiseInVain(second, host);
    }

    @Test
    void norDoesOneInAnotherNamespace() throws Exception {
        try (TestNamespace target = TestNamespace.create("inside")) {
            TunDevice device = open();
            apply(Plans.within(target.name(), plan(1400, OURS)));
            advertiseInVain(device, target);
            assertThat(trace)
                    .contains("[#] ip netns exec " + target.name() + " sysctl net/ipv6/conf/pptp0/accept_ra=0");
            close();
        }
    }

    /** What goes away takes its settings along; an interface of somebody's own has its own back. */
    @Test
    void anInterfaceThatStaysIsAsBefore() throws Exception {
        host.ip("tuntap", "add", "pptp0", "mode", "tun");
        host.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/pptp0/accept_ra"), "2\n"));
        open();
        apply(plan(1400, OURS));
        assertThat(host.call(() -> setting("accept_ra") + setting("accept_redirects")))
                .isEqualTo("00");
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(Files.readAllLines(files.findFirst().orElseThrow()))
                    .anyMatch(line -> line.matches("advice \\d+ pptp0 accept_ra 2"))
                    .anyMatch(line -> line.matches("advice \\d+ pptp0 accept_redirects 1"));
        }
        close();
        assertThat(host.call(() -> setting("accept_ra") + setting("accept_redirects")))
                .isEqualTo("21");
    }

    @Test
    void nothingIsWrittenDownForAnInterfaceThatGoesAway() throws Exception {
        open();
        apply(plan(1400, OURS));
        try (Stream<Path> files = Files.list(journals)) {
            assertThat(Files.readString(files.findFirst().orElseThrow())).doesNotContain("advice");
        }
    }

    /** As in a container. */
    private void whereSettingsAreReadOnly(Work work) throws Exception {
        MountNamespace.call(() -> {
            NetworkNamespace.enter(host.name());
            TestNamespace.run("mount", "--bind", "/proc/sys", "/proc/sys");
            TestNamespace.run("mount", "-o", "remount,bind,ro", "/proc/sys");
            work.run();
            return null;
        });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void whereThatCannotBePreventedThereIsNoIpv6() throws Exception {
        open();
        whereSettingsAreReadOnly(() -> {
            HostChangeException refusal =
                    catchThrowableOfType(HostChangeException.class, () -> network.apply(plan(1400, OURS)));
            assertThat(refusal.failure().reason()).isEqualTo(FailureReason.HOST_CHANGE_REFUSED);
            assertThat(refusal)
                    .hasMessage(
                            "The server could change this host's routes for IPv6:"
                                    + " /proc/sys/net/ipv6/conf/pptp0/accept_ra cannot be switched off: Read-only file system.");
            network.close();

            // Without IPv6CP no IPv6 comes in.
            network.apply(plan(1400, null));
            network.close();
        });
    }

    @Test
    void thatIsFoundBeforeThePassword() throws Exception {
        whereSettingsAreReadOnly(() -> {
            assertThat(RouteAdvice.obstacle(null))
                    .hasValueSatisfying(failure -> assertThat(failure.sentence())
                            .contains("/proc/sys/net/ipv6/conf/default/accept_ra cannot be switched off"));
            Preflight preflight =
                    new Preflight(Path.of("/dev/net/tun"), HostCommands.PLACES, temporary.resolve("journals"));
            assertThat(preflight.ofTheHost(NetworkSettings.DEFAULT.with(Ipv6.LINK_LOCAL)))
                    .isPresent();
            assertThat(preflight.ofTheHost(NetworkSettings.DEFAULT)).isEmpty();
        });
        host.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_ra"), "0\n"));
        host.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_redirects"), "0\n"));
        whereSettingsAreReadOnly(
                () -> assertThat(RouteAdvice.obstacle(null)).as("off already").isEmpty());
    }

    /** They stand for no interface, but for the host's own settings. */
    @Test
    void theSettingsOfAllInterfacesAreNeverTouched() throws Exception {
        host.call(() -> {
            for (String name : List.of("all", "default")) {
                assertThat(RouteAdvice.heeded(name)).isEmpty();
                RouteAdvice.refuse(name, trace::add);
            }
            return 0;
        });
        assertThat(trace).isEmpty();
    }
}
