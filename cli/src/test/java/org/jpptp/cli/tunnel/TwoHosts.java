package org.jpptp.cli.tunnel;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;

/** A client's host and a server's host, joined by a cable. */
final class TwoHosts implements AutoCloseable {
    static final String SERVER = "192.0.2.1";
    static final String INNER_SERVER = "192.168.77.1";

    private final TestNamespace client = TestNamespace.create();
    private final TestNamespace server = TestNamespace.create();

    TwoHosts() {
        client.link("eth0", server, "eth0");
        client.address("eth0", "192.0.2.2/30");
        server.address("eth0", SERVER + "/30");
    }

    TestNamespace client() {
        return client;
    }

    TestNamespace server() {
        return server;
    }

    /** User alice, password secret. */
    static ServerConfig config() {
        return config(0);
    }

    /** The same with an account that gets this error. */
    static ServerConfig config(int error) {
        AuthRole.Account alice = new AuthRole.Account(new Credentials("alice", "secret".toCharArray()), error);
        return ServerConfig.standard(
                name -> name.equals("alice") ? alice : null,
                address(INNER_SERVER),
                List.of(address("192.168.77.10"), address("192.168.77.11")));
    }

    /** Starts a server on the server's host. */
    EmbeddedServer serve(ServerConfig config) {
        return serve(server, config);
    }

    /**
     * Starts a server on a host that has its address. A process that this one starts has all of its sockets until it runs its
     * program, one that listened here and was closed meanwhile as well: so long the port is in use.
     */
    static EmbeddedServer serve(TestNamespace host, ServerConfig config) {
        long until = System.nanoTime() + Connect.LONG.toNanos();
        while (true) {
            try {
                return NetworkNamespace.call(
                        host.name(),
                        () -> EmbeddedServer.start(config, new InetSocketAddress(address(SERVER), 1723), line -> {}));
            } catch (Exception e) {
                if (!String.valueOf(e.getMessage()).contains("Address already in use") || System.nanoTime() > until) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
