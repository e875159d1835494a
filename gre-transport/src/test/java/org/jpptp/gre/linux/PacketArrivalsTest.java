package org.jpptp.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.GreSocket;
import org.junit.jupiter.api.Test;

/** What comes to a host and does not come to the socket. */
class PacketArrivalsTest extends TwoHosts {
    private static final int CALL = 4712;

    private final Log atLeft = new Log();

    private GreArrivals look() {
        left.open(rightAddress, CALL, atLeft);
        return left.onLoop(() -> left.sockets.arrivals(rightAddress, CALL));
    }

    private Map<Inet4Address, Integer> seen(GreArrivals arrivals) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            Map<Inet4Address, Integer> seen = left.onLoop(arrivals::bySource);
            if (!seen.isEmpty()) {
                return seen;
            }
            Thread.sleep(100);
        }
        return Map.of();
    }

    /** Needs no netfilter: the server has two addresses, and GRE leaves with the other one. */
    @Test
    void seesTheOtherAddressThatGreComesFrom() throws Exception {
        Inet4Address other = (Inet4Address) InetAddress.getByName("10.47.0.9");
        GreArrivals arrivals = look();
        GreSocket fromRight = right.open(leftAddress, 1, new Log());
        Namespaces.run("ip -n " + namespaces.right + " addr add 10.47.0.9/32 dev veth0");
        Namespaces.run("ip -n " + namespaces.right + " route add 10.47.0.1/32 dev veth0 src 10.47.0.9");
        try {
            GreSocket fromOther = right.onLoop(() -> right.sockets.open(leftAddress, 2, new Log()));
            right.sendTo(CALL + 1, fromOther, "of another call");
            right.sendTo(CALL, fromOther, "from the other address");
            assertThat(seen(arrivals)).isEqualTo(Map.of(other, 1));
            assertThat(atLeft.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        } finally {
            Namespaces.run("ip -n " + namespaces.right + " route del 10.47.0.1/32 dev veth0");
            Namespaces.run("ip -n " + namespaces.right + " addr del 10.47.0.9/32 dev veth0");
        }
        right.sendTo(CALL, fromRight, "from where it should");
        assertThat(atLeft.next()).endsWith("from where it should");
        left.run(arrivals::close);
        assertThat(left.onLoop(arrivals::bySource)).containsKey(other);
    }

    @Test
    void seesWhatThisHostsOwnPacketFilterDrops() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/sbin/nft")), "nft is not installed");
        String nft = "ip netns exec " + namespaces.left + " nft ";
        Namespaces.run(nft + "add table ip t");
        Namespaces.run(nft + "add chain ip t in { type filter hook input priority 0 ; }");
        Namespaces.run(nft + "add rule ip t in ip protocol gre drop");
        try {
            GreArrivals arrivals = look();
            GreSocket fromRight = right.open(leftAddress, 1, new Log());
            right.sendTo(CALL, fromRight, "dropped there");
            assertThat(seen(arrivals)).containsOnlyKeys(rightAddress);
            assertThat(atLeft.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
            left.run(arrivals::close);
        } finally {
            Namespaces.run(nft + "delete table ip t");
        }
    }
}
