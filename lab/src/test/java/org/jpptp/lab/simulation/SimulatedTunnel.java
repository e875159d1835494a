package org.jpptp.lab.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jpptp.client.Cidr;
import org.jpptp.client.ClientConfig;
import org.jpptp.client.Failure;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.Timing;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.client.net.Surroundings;
import org.jpptp.client.report.Recorder;
import org.jpptp.client.session.GreReceiver;
import org.jpptp.client.session.Session;
import org.jpptp.client.session.SessionConfig;
import org.jpptp.client.session.SessionConfig.Attendance;
import org.jpptp.client.session.SessionEdge;
import org.jpptp.client.session.SessionEnd;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.TransportEnd;
import org.jpptp.gre.GreArrivals;
import org.jpptp.gre.IcmpError;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.ServerEdge;
import org.jpptp.lab.server.ServerSession;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTrace;
import org.jspecify.annotations.Nullable;

/** A client session and a server session, joined by a simulated network. */
final class SimulatedTunnel {
    static final Inet4Address CLIENT = address("192.0.2.2");
    static final Inet4Address SERVER = address("192.0.2.1");

    /** Where the type of a control message is (RFC 2637 §2). */
    private static final int CONTROL_TYPE_AT = 8;

    private static final int OUTGOING_CALL_REPLY = 8;

    final SimulatedNetwork network;
    final List<String> log;
    final Recording recording;
    final SimulatedGre gre;
    /** What a report would be made of. */
    final Recorder recorder;

    final List<byte[]> toClientHost = new ArrayList<>();
    final List<byte[]> toServerHost = new ArrayList<>();
    final List<PppEvent.SecretWanted> questions = new ArrayList<>();
    /** What the server has done, in this order: opened its raw socket, sent over TCP, sent over GRE. */
    final List<String> serverDid = new ArrayList<>();

    final Session client;
    final ServerSession server;

    @Nullable
    SessionEnd end;

    @Nullable
    NetworkPlan plan;

    private @Nullable TunneledLink clientLink;
    private @Nullable TunneledLink serverLink;

    private final ClientLog told;
    boolean serverUp;
    boolean serverGone;
    boolean serverStreamClosed;

    @Nullable
    Failure greRefusal;

    @Nullable
    Failure hostRefusal;

    int sendErrno;
    Surroundings surroundings = Surroundings.NOTHING;
    /** How long the server's Outgoing-Call-Reply is held back. */
    Duration callReplyDelay = Duration.ZERO;

    SimulatedTunnel(
            long seed, SimulatedNetwork.Weather weather, ServerConfig serverConfig, String user, String password) {
        this(seed, weather, serverConfig, sessionConfig(user, password, PolicySettings.DEFAULT, Attendance.UNATTENDED));
    }

    /** Alice, who allows what is said. */
    SimulatedTunnel(long seed, SimulatedNetwork.Weather weather, ServerConfig serverConfig, PolicySettings policy) {
        this(seed, weather, serverConfig, sessionConfig("alice", "secret", policy, Attendance.UNATTENDED));
    }

    /** Alice, who asks for what is said. */
    static SimulatedTunnel of(ServerConfig serverConfig, UnaryOperator<ClientConfig> asked) {
        SessionConfig usual = sessionConfig("alice", "secret", PolicySettings.DEFAULT, Attendance.UNATTENDED);
        return new SimulatedTunnel(
                1,
                SimulatedNetwork.Weather.FINE,
                serverConfig,
                SessionConfig.of(asked.apply(usual.client()), SERVER, "client", Attendance.UNATTENDED));
    }

    /** Somebody who can be asked. */
    static SimulatedTunnel interactive(ServerConfig serverConfig, String password, AuthMethod... methods) {
        PolicySettings policy = methods.length == 0
                ? PolicySettings.DEFAULT
                : new PolicySettings(Set.of(methods), PolicySettings.DEFAULT.mppe());
        return new SimulatedTunnel(
                1,
                SimulatedNetwork.Weather.FINE,
                serverConfig,
                sessionConfig("alice", password, policy, Attendance.ATTENDED));
    }

    private SimulatedTunnel(
            long seed, SimulatedNetwork.Weather weather, ServerConfig serverConfig, SessionConfig sessionConfig) {
        network = new SimulatedNetwork(seed, weather);
        recording = new Recording(network::now);
        gre = new SimulatedGre(network, recording);
        told = new ClientLog(network);
        log = told.lines;
        RandomGenerator random = new SplittableRandom(seed);
        recorder = new Recorder(told, "192.0.2.1", network::now);
        client = new Session(sessionConfig, random, new ClientEdge(), recorder);
        server = new ServerSession(
                serverConfig,
                serverConfig.network().pool().get(0),
                new SplittableRandom(~seed),
                new FromServer(),
                ControlTrace.NONE,
                PppTrace.NONE);
    }

    static ServerConfig serverConfig() {
        return serverConfig("192.168.77.1");
    }

    static ServerConfig serverConfig(String inner) {
        AuthRole.Account alice = new AuthRole.Account(new Credentials("alice", "secret".toCharArray()), 0);
        return ServerConfig.standard(
                name -> name.equals("alice") ? alice : null, address(inner), List.of(address("192.168.77.10")));
    }

    private static SessionConfig sessionConfig(
            String user, String password, PolicySettings policy, Attendance attendance) {
        ClientConfig client = ClientConfig.to("192.0.2.1", new Credentials(user, password.toCharArray()))
                .with(policy)
                .with(NetworkSettings.DEFAULT.withRoutes(
                        List.of(Cidr.parse("10.0.0.0/8").orElseThrow())))
                .with(Timing.DEFAULT.withComingUp(Duration.ofMinutes(2)));
        return SessionConfig.of(client, SERVER, "client", attendance);
    }

    /** Connects TCP and runs until the tunnel is up or over. */
    SimulatedTunnel connect() {
        recording.connected();
        client.start(network.now(), network.now());
        runUntil(() -> (told.up && serverUp) || end != null, Duration.ofMinutes(5));
        return this;
    }

    /** Whether the client has said so. */
    boolean up() {
        return told.up;
    }

    /** Jumps from wake-up to wake-up. */
    void runUntil(BooleanSupplier done, Duration limit) {
        long stop = network.now() + limit.toNanos();
        while (!done.getAsBoolean()) {
            long next = Math.min(network.nextEvent(), Math.min(client.deadlineNanos(), server.deadlineNanos()));
            if (next > stop) {
                network.advanceTo(stop);
                return;
            }
            network.advanceTo(next);
            network.runDue();
            if (client.deadlineNanos() <= network.now()) {
                client.onDeadline(network.now());
            }
            if (server.deadlineNanos() <= network.now()) {
                server.onDeadline(network.now());
            }
        }
    }

    void runFor(Duration time) {
        runUntil(() -> false, time);
    }

    /** The server says that it takes no GRE, of the call that our last packet was for. */
    void icmpProtocolUnreachable() {
        icmpProtocolUnreachable(SERVER, gre.peerCallId());
    }

    void icmpProtocolUnreachable(Inet4Address offender, int quotedCallId) {
        recording.protocolUnreachable(offender, quotedCallId);
        client.greUnreachable(new IcmpError(3, 2, 92, offender, 0, quotedCallId), network.now());
    }

    /** The server ends the link with a Terminate-Request. */
    void serverEndsLink(String reason, long time) {
        if (serverLink != null) {
            serverLink.close(reason, time);
        }
    }

    /** A datagram of the client's host; its last octets are the text. */
    void sendFromClient(String text) {
        if (clientLink != null) {
            clientLink.send(datagram(text), network.now());
        }
    }

    void sendFromServer(String text) {
        if (serverLink != null) {
            serverLink.send(datagram(text), network.now());
        }
    }

    static String payload(byte[] datagram) {
        return Ipv4Packets.text(datagram);
    }

    private static ByteBuf datagram(String text) {
        return Ipv4Packets.datagram(text);
    }

    private void controlReceived(ByteBuf octets) {
        recording.controlReceived(octets);
        client.controlReceived(octets, network.now());
    }

    /** TCP ends on the server's side. */
    void serverCloses(TransportEnd how) {
        recording.serverCloses(how);
        client.controlClosed(how, network.now());
    }

    private final class ClientEdge implements SessionEdge {
        @Override
        public String interfaceName() {
            return "pptp0";
        }

        @Override
        public Surroundings surroundings() {
            return surroundings;
        }

        @Override
        public void sendControl(ByteBuf octets) {
            ByteBuf copy = Unpooled.copiedBuffer(octets);
            recording.controlSent(copy);
            if (!serverGone) {
                network.stream(() -> server.controlReceived(copy, network.now()));
            }
        }

        @Override
        public boolean callIdIsFree(int callId) {
            return true;
        }

        @Override
        public @Nullable Failure openGre(int callId, GreReceiver early) {
            gre.client(early);
            return greRefusal;
        }

        @Override
        public GreArrivals arrivals(int callId) {
            return GreArrivals.NONE;
        }

        @Override
        public TunneledLink.Ends ends() {
            return new TunneledLink.Ends(this::sendGre, datagram -> toClientHost.add(octets(datagram)));
        }

        @Override
        public void callConnected(TunneledLink link) {
            gre.client(link);
            clientLink = link;
        }

        private void sendGre(ByteBuf packet) {
            gre.asked(packet);
            if (sendErrno != 0) {
                // The kernel refuses a packet when the batch goes out, which is after this turn.
                network.at(network.now(), () -> client.greRefused(sendErrno, network.now()));
                return;
            }
            gre.fromClient(packet);
        }

        @Override
        public void configureHost(NetworkPlan wanted) {
            plan = wanted;
            network.at(network.now() + 20_000_000L, () -> {
                if (hostRefusal != null) {
                    client.hostFailed(hostRefusal, network.now());
                } else {
                    client.hostReady(network.now());
                }
            });
        }

        @Override
        public void askSecret(PppEvent.SecretWanted wanted, Credentials tried) {
            questions.add(wanted);
        }

        @Override
        public void ended(SessionEnd how) {
            end = how;
            recording.clientCloses();
            gre.client(null);
            clientLink = null;
            network.stream(() -> server.controlClosed(network.now()));
        }
    }

    private final class FromServer implements ServerEdge {
        @Override
        public boolean callIdIsFree(int callId) {
            return true;
        }

        @Override
        public TunneledLink.Ends openGre(int callId) {
            serverDid.add("opens GRE");
            return new TunneledLink.Ends(this::sendGre, datagram -> toServerHost.add(octets(datagram)));
        }

        @Override
        public void callConnected(TunneledLink link) {
            serverLink = link;
            gre.server(link);
        }

        @Override
        public void callEnded() {
            serverLink = null;
            gre.server(null);
        }

        @Override
        public void sendControl(ByteBuf octets) {
            serverDid.add("message " + octets.getUnsignedShort(octets.readerIndex() + CONTROL_TYPE_AT));
            ByteBuf copy = Unpooled.copiedBuffer(octets);
            if (copy.getUnsignedShort(CONTROL_TYPE_AT) == OUTGOING_CALL_REPLY) {
                network.at(network.now() + callReplyDelay.toNanos(), () -> network.stream(() -> controlReceived(copy)));
            } else {
                network.stream(() -> controlReceived(copy));
            }
        }

        private void sendGre(ByteBuf packet) {
            serverDid.add("GRE");
            gre.fromServer(packet);
        }

        @Override
        public void event(PppEvent event) {
            serverUp |= event instanceof PppEvent.NetworkUp;
        }

        @Override
        public void ended(String why) {
            serverStreamClosed = true;
            network.stream(() -> serverCloses(TransportEnd.CLOSED));
        }
    }

    private static byte[] octets(ByteBuf datagram) {
        byte[] octets = new byte[datagram.readableBytes()];
        datagram.getBytes(datagram.readerIndex(), octets);
        return octets;
    }

    static Inet4Address address(String literal) {
        return (Inet4Address) NetUtil.createInetAddressFromIpAddressString(literal);
    }
}
