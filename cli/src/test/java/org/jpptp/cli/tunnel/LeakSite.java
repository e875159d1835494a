package org.jpptp.cli.tunnel;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RealPeer;
import org.jpptp.lab.peer.TestNamespace;
import org.jpptp.lab.server.EmbeddedServer;
import org.jpptp.lab.server.Personalities;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.SmallerMru;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;

/** A host with an outer link, another host that it forwards for, a container, and a server. */
abstract class LeakSite implements AutoCloseable {
    private static final Pattern MAC = Pattern.compile("lladdr (\\S+)");
    private static final String TRANSLATE =
            "nft 'table ip nat { chain out { type nat hook postrouting priority 100; ip saddr 10.66.0.0/24 masquerade; }; }'";

    private final TestNamespace host;
    private final TestNamespace behind = TestNamespace.create();
    private final TestNamespace container = TestNamespace.create();
    private final Path lasting;

    LeakSite(TestNamespace host) {
        this.host = host;
        try {
            this.lasting = Files.createTempDirectory("jpptp-lasting-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LeakSite embedded() {
        return new Embedded(new TwoHosts()).joined();
    }

    static LeakSite ofPptpd() {
        return new Pptpd(RealPeer.start("alice", "secret")).joined();
    }

    TestNamespace host() {
        return host;
    }

    /** A host on another link of this one's. */
    TestNamespace behind() {
        return behind;
    }

    Canaries canaries() {
        return new Canaries(host, behind, container, outer(), device(), server());
    }

    /** Of the outer link. */
    abstract String device();

    /** This host's address on the outer link. */
    abstract String outer();

    /** The server's address. */
    abstract String server();

    /** The server's inner address. */
    String inner() {
        return RealPeer.INNER_ADDRESS;
    }

    /** Nobody is told of its end. */
    abstract void killServer();

    /** It then gives other addresses. */
    abstract void startServer();

    /** What the server does of its own accord in the midst of a tunnel. */
    abstract void renegotiate();

    /** Has the container's addresses translated, a command. */
    String translate() {
        return TRANSLATE;
    }

    /** Runs the command on the host, with a place of its own for what outlasts a boot. */
    JpptpProcess start(List<String> arguments) {
        return JpptpProcess.startUnder(
                host,
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mkdir -p /var/lib/jpptp && mount --bind " + lasting + " /var/lib/jpptp && exec \"$@\"",
                        "sh"),
                "secret\n",
                arguments);
    }

    LeakSite joined() {
        String device = device();
        run("ip route replace default via " + server());
        run("ping -c 1 -w 60 " + server());
        Matcher mac = MAC.matcher(run("ip neigh show " + server()));
        if (!mac.find()) {
            throw new AssertionError("nobody knows the server's link address");
        }
        run("ip -6 addr add fd00:99::2/64 dev " + device + " nodad");
        run("ip -6 neigh replace fd00:99::1 lladdr " + mac.group(1) + " dev " + device + " nud permanent");
        run("ip -6 route add default via fd00:99::1 dev " + device);
        // Whoever is numbered like the link is sent to without being asked for.
        for (Canaries.Family family : Canaries.Family.values()) {
            String address = family.address(server());
            if (address.startsWith("198.")) {
                run("ip neigh replace " + address + " lladdr " + mac.group(1) + " dev " + device + " nud permanent");
            }
        }
        run("echo 1 > /proc/sys/net/ipv4/ip_forward");
        attach(behind, "behind", "10.55.0");
        attach(container, "box", "10.66.0");
        run(TRANSLATE);
        return this;
    }

    private void attach(TestNamespace other, String device, String network) {
        host.link(device, other, "eth0");
        host.address(device, network + ".1/24");
        other.address("eth0", network + ".2/24");
        other.route("default via " + network + ".1");
    }

    private String run(String command) {
        return host.exec(Connect.LONG, "sh", "-c", command).orThrow();
    }

    @Override
    public void close() {
        behind.close();
        container.close();
        try {
            try (var files = Files.list(lasting)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(lasting);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the embedded server. */
    private static final class Embedded extends LeakSite {
        private static final int MRU = 1450;
        private static final int SMALLER = 1000;

        private final TwoHosts hosts;
        private final AtomicBoolean smaller = new AtomicBoolean();
        private EmbeddedServer server;

        Embedded(TwoHosts hosts) {
            super(hosts.client());
            this.hosts = hosts;
            this.server = hosts.serve(TwoHosts.config()
                    .with(Personalities.OURS.but().receivesAtMost(MRU).build())
                    .with(new SmallerMru(MRU, SMALLER, smaller::get)));
        }

        @Override
        String device() {
            return "eth0";
        }

        @Override
        String outer() {
            return "192.0.2.2";
        }

        @Override
        String server() {
            return TwoHosts.SERVER;
        }

        @Override
        void killServer() {
            server.close();
        }

        @Override
        void startServer() {
            AuthRole.Account alice = new AuthRole.Account(new Credentials("alice", "secret".toCharArray()), 0);
            server = hosts.serve(ServerConfig.standard(
                    name -> name.equals("alice") ? alice : null,
                    address(TwoHosts.INNER_SERVER),
                    new ArrayList<>(List.of(address("192.168.77.50"), address("192.168.77.51")))));
        }

        private static Inet4Address address(String literal) {
            return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
        }

        /** LCP, with its next datagram. */
        @Override
        void renegotiate() {
            smaller.set(true);
            host().exec("ping", "-c", "3", "-i", "0.1", "-W", "1", inner());
        }

        @Override
        public void close() {
            server.close();
            super.close();
            hosts.close();
        }
    }

    /** With Debian's. */
    private static final class Pptpd extends LeakSite {
        private final RealPeer peer;

        Pptpd(RealPeer peer) {
            super(peer.namespace());
            this.peer = peer;
        }

        @Override
        String device() {
            return peer.device();
        }

        @Override
        String outer() {
            return Connect.HERE;
        }

        @Override
        String server() {
            return peer.serverAddress();
        }

        /** Asked by way of the tunnel, as everything is, so that both are begun before it is gone. */
        @Override
        void killServer() {
            peer.exec("sed 's/^remoteip.*/remoteip 192.168.77.50-90/' /run/pptpd.conf > /run/other.conf\n"
                    + "setsid bash -c 'sleep 1; pkill -9 pptpd; pkill -9 pptpctrl; pkill -9 pppd; sleep 15;"
                    + " exec pptpd --conf /run/other.conf' < /dev/null > /dev/null 2>&1 &");
        }

        /** It starts by itself. */
        @Override
        void startServer() {
            // A little after it was killed.
        }

        /** pppd(8): USR2 is to have compression, hence encryption, renegotiated. */
        @Override
        void renegotiate() {
            peer.exec("pkill -USR2 pppd");
        }

        @Override
        public void close() {
            super.close();
            peer.close();
        }
    }
}
