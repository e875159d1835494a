package org.jpptp.lab.tunnels;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.jpptp.client.Cidr;
import org.jpptp.client.ServerSettings;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;

/**
 * Two network namespaces joined by a cable, for a server and for its clients, and the plan of addresses: the server is
 * 10.77.0.1 inside, its clients have the rest of 10.77.0.0/16, and all of 10.78.0.0/16 is at the server, so that each
 * tunnel may lead to an address of its own there.
 */
final class TunnelSite implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "secret";
    static final Cidr INNER = Cidr.parse("10.77.0.0/16").orElseThrow();

    private static final String SERVER = "192.0.2.1";
    private static final int MOST = 4096;
    private static final int FIRST = 256;

    private final TestNamespace clients = TestNamespace.create();
    private final TestNamespace server = TestNamespace.create();

    TunnelSite() {
        clients.link("eth0", server, "eth0");
        clients.address("eth0", "192.0.2.2/30");
        server.address("eth0", SERVER + "/30");
        server.route("local 10.78.0.0/16 dev lo");
    }

    TestNamespace clients() {
        return clients;
    }

    TestNamespace server() {
        return server;
    }

    static InetSocketAddress listen() {
        return new InetSocketAddress(address(SERVER), ServerSettings.DEFAULT_PORT);
    }

    static ServerConfig config() {
        List<Inet4Address> pool = IntStream.range(0, MOST)
                .mapToObj(number -> numbered(77, number))
                .toList();
        return ServerConfig.standard(new SingleUser(USER, PASSWORD, 0), address("10.77.0.1"), pool);
    }

    /** Where this tunnel of all leads. */
    static Inet4Address far(int tunnel) {
        return numbered(78, tunnel);
    }

    private static Inet4Address numbered(int network, int number) {
        int host = FIRST + number;
        return address("10." + network + "." + (host >> 8) + "." + (host & 0xFF));
    }

    static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }
}
