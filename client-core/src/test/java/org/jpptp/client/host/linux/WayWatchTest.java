package org.jpptp.client.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.net.WayToServer;
import org.jpptp.client.net.linux.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this machine's kernel tells of its ways, in a network namespace of the test's own. */
class WayWatchTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final Inet4Address SERVER =
            (Inet4Address) NetUtil.createInetAddressFromIpAddressString("203.0.113.7");

    private final BlockingQueue<Surroundings> told = new LinkedBlockingQueue<>();
    private TestNamespace host;
    private LinuxLoop loop;

    @BeforeEach
    void watch() throws Exception {
        host = TestNamespace.create("ways");
        for (String uplink : new String[] {"eth0", "eth1"}) {
            String far = "far-" + uplink;
            host.ip("link", "add", uplink, "type", "veth", "peer", "name", far);
            host.ip("link", "set", uplink, "addrgenmode", "none", "up");
            host.ip("link", "set", far, "addrgenmode", "none", "up");
        }
        host.ip("addr", "add", "192.0.2.2/24", "dev", "eth0");
        host.ip("addr", "add", "198.51.100.2/24", "dev", "eth1");
        host.ip("route", "add", "default", "via", "192.0.2.1");
        loop = host.call(() -> {
            LinuxLoop made = new LinuxLoop();
            made.eventLoop().submit(() -> {}).sync(); // its thread begins here
            return made;
        });
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
        host.close();
    }

    private Runnable begin() throws Exception {
        return loop.eventLoop().submit(() -> loop.watchWays(told::add)).get();
    }

    /** What is told until it is like that, and the way to the server then. */
    private WayToServer until(Predicate<WayToServer> wanted) throws InterruptedException {
        while (true) {
            Surroundings next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("nothing more is told").isNotNull();
            WayToServer way = WayToServer.of(SERVER, "pptp0", next);
            if (wanted.test(way)) {
                return way;
            }
        }
    }

    private static Predicate<WayToServer> by(String interfaceName) {
        return way -> way.route().map(Surroundings.Route::interfaceName).equals(Optional.ofNullable(interfaceName));
    }

    @Test
    void anotherDefaultRouteIsTold() throws Exception {
        Runnable ending = begin();
        host.ip("route", "replace", "default", "via", "198.51.100.1");
        WayToServer first = until(by("eth1"));
        host.ip("route", "replace", "default", "via", "198.51.100.254");
        WayToServer second = until(way -> way.differsFrom(first));
        assertThat(second.route().orElseThrow().router())
                .isEqualTo(NetUtil.createInetAddressFromIpAddressString("198.51.100.254"));
        loop.eventLoop().submit(ending).sync();
    }

    @Test
    void aLinkThatGoesDownAndAnAddressThatGoesAreTold() throws Exception {
        Runnable ending = begin();
        host.ip("link", "set", "eth0", "down");
        WayToServer without = until(way -> way.route().isEmpty());
        host.ip("addr", "del", "198.51.100.2/24", "dev", "eth1");
        until(way -> way.differsFrom(without));
        loop.eventLoop().submit(ending).sync();
    }

    /** A table that changes more often than the socket has room for is looked at all the same. */
    @Test
    void theLastOfManyChangesIsTold() throws Exception {
        Runnable ending = begin();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            many.append("ip route replace 10.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250)
                    .append(".0/24 dev eth1\n");
        }
        many.append("ip route replace default via 198.51.100.1\n");
        TestNamespace.run("bash", "-c", "sed 's/^ip //' <<'END' | ip -n " + host.name() + " -batch -\n" + many + "END");
        until(by("eth1"));
        loop.eventLoop().submit(ending).sync();
    }

    /** Whoever has ended it hears nothing, and its sockets are closed with the last. */
    @Test
    void whoHasEndedItHearsNothing() throws Exception {
        Runnable ending = begin();
        Runnable another = begin();
        loop.eventLoop().submit(ending).sync();
        host.ip("route", "replace", "default", "via", "198.51.100.1");
        until(by("eth1"));
        loop.eventLoop().submit(another).sync();
        told.clear();
        host.ip("route", "replace", "default", "via", "192.0.2.1");
        Runnable again = begin();
        host.ip("route", "replace", "default", "via", "192.0.2.254");
        until(by("eth0"));
        assertThat(told).as("told by one listener").isEmpty();
        loop.eventLoop().submit(again).sync();
    }
}
