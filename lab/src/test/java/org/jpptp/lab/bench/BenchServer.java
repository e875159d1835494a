package org.jpptp.lab.bench;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jpptp.client.ServerSettings;
import org.jpptp.client.host.linux.LinuxLoop;
import org.jpptp.control.netty.TcpTransport;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SingleUser;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;

/**
 * The far end of our tunnel in the benchmarks of {@code lab/bench}; serves until it is killed.
 *
 * <pre>BenchServer ADDRESS LOCAL CLIENT stateless|stateful [PACKETS OCTETS PORT FILE]</pre>
 *
 * It listens on ADDRESS; LOCAL and CLIENT are the inner addresses, with commas between those of several clients. With four
 * arguments more it serves one client, encrypts datagrams to it into a file ({@link PacketsAhead}), and prints "encrypted". It
 * prints "ready" once it listens.
 */
public final class BenchServer {
    /** Its one user. */
    static final String USER = "bench";

    /** That user's password; nothing is secret here. */
    static final String PASSWORD = "bench";

    private BenchServer() {}

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address = new InetSocketAddress(arguments[0], ServerSettings.DEFAULT_PORT);
        Inet4Address local = (Inet4Address) InetAddress.getByName(arguments[1]);
        List<Inet4Address> clients = new ArrayList<>();
        for (String client : arguments[2].split(",", -1)) {
            clients.add((Inet4Address) InetAddress.getByName(client));
        }
        MppeMode mode = arguments[3].equals("stateful") ? MppeMode.STATEFUL : MppeMode.STATELESS;
        ServerConfig config = ServerConfig.standard(new SingleUser(USER, PASSWORD, 0), local, clients)
                .with(MppePolicy.require(EnumSet.of(MppeStrength.BITS_128), EnumSet.of(mode)));
        if (arguments.length == 4) {
            EmbeddedServer server = EmbeddedServer.start(config, address, line -> {});
            System.out.println("ready on port " + server.port());
            new CountDownLatch(1).await();
        }
        PacketsAhead.Plan plan = new PacketsAhead.Plan(
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Path.of(arguments[7]));
        LinuxLoop loop = new LinuxLoop();
        TcpTransport.bind(
                loop.eventLoop(),
                address,
                transport -> new PacketsAhead(config, plan, local, clients.get(0), transport, loop));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
