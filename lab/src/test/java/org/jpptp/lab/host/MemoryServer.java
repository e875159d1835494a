package org.jpptp.lab.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.ControlTransport;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.ServerEdge;
import org.jpptp.lab.server.ServerSession;
import org.jpptp.lab.simulation.Ipv4Packets;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppTrace;
import org.jspecify.annotations.Nullable;

/** The embedded server's machine as the far end of a {@link MemoryHost}; it has one client at a time. */
public final class MemoryServer implements FarEnd {
    /** Its address. */
    public static final Inet4Address ADDRESS = Ipv4Packets.address("192.0.2.1");
    /** Of its other uplink. */
    public static final Inet4Address OTHER_ADDRESS = Ipv4Packets.address("198.51.100.1");

    private ServerConfig config;
    private final List<String> received = new ArrayList<>();
    private @Nullable MemoryHost host;
    private @Nullable Client client;
    private Inet4Address address = ADDRESS;

    public MemoryServer(ServerConfig config) {
        this.config = config;
    }

    /** The machine that the server is reached from. */
    public MemoryHost host() {
        if (host == null) {
            host = new MemoryHost(this);
        }
        return host;
    }

    /** The texts of the datagrams that have come through the tunnel. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** Sends a datagram into the tunnel. */
    public void send(String text) {
        Objects.requireNonNull(client, "no client").useLink((link, now) -> link.send(Ipv4Packets.datagram(text), now));
    }

    /** Sends a PPP frame that the server's machine knows nothing of; with room for the header before it. */
    public void sendFrame(ByteBuf frame) {
        Objects.requireNonNull(client, "no client")
                .useLink((link, now) -> link.gre().send(frame, now));
    }

    /** Is at another address from now on. */
    public void moveTo(Inet4Address other) {
        address = other;
    }

    /** What it is to clients that connect from now on. */
    public void becomes(ServerConfig other) {
        config = other;
    }

    /** Lets the session of the client do something. */
    public void act(BiConsumer<ServerSession, Long> step) {
        Objects.requireNonNull(client, "no client").turn(step);
    }

    @Override
    public ControlTransport.Listener connected(ControlTransport back) {
        Client connected = new Client(back);
        client = connected;
        return connected;
    }

    @Override
    public void greReceived(ByteBuf packet) {
        Objects.requireNonNull(client, "no client").useLink((link, now) -> {
            link.receive(packet, GreHeader.callId(packet), now);
            link.batchEnd(now);
        });
    }

    /** Drives one session. */
    private final class Client implements ControlTransport.Listener, ServerEdge {
        private final ControlTransport control;
        private final ServerSession session;
        private @Nullable TunneledLink link;
        private long wakeUp = Long.MAX_VALUE;

        Client(ControlTransport control) {
            this.control = control;
            this.session = new ServerSession(
                    config,
                    config.network().pool().get(0),
                    new SplittableRandom(2),
                    this,
                    ControlTrace.NONE,
                    PppTrace.NONE);
        }

        void turn(BiConsumer<ServerSession, Long> step) {
            step.accept(session, host().network().now());
            long deadline = session.deadlineNanos();
            if (deadline < wakeUp) {
                wakeUp = deadline;
                host().network().at(deadline, this::wake);
            }
        }

        /** What comes while there is no call is dropped. */
        void useLink(BiConsumer<TunneledLink, Long> step) {
            turn((machine, now) -> {
                if (link != null) {
                    step.accept(link, now);
                }
            });
        }

        private void wake() {
            wakeUp = Long.MAX_VALUE;
            turn((machine, now) -> {
                if (machine.deadlineNanos() <= now) {
                    machine.onDeadline(now);
                }
            });
        }

        @Override
        public void received(ByteBuf octets) {
            turn((machine, now) -> machine.controlReceived(octets, now));
        }

        @Override
        public void closed(@Nullable Throwable cause) {
            turn(ServerSession::controlClosed);
        }

        @Override
        public void sendControl(ByteBuf octets) {
            control.send(octets);
        }

        @Override
        public boolean callIdIsFree(int callId) {
            return true;
        }

        @Override
        public TunneledLink.Ends openGre(int callId) {
            return new TunneledLink.Ends(
                    packet -> host().greSent(address, packet),
                    datagram -> received.add(Ipv4Packets.text(ByteBufUtil.getBytes(datagram))));
        }

        @Override
        public void callConnected(TunneledLink connected) {
            link = connected;
        }

        @Override
        public void callEnded() {
            link = null;
        }

        @Override
        public void event(PppEvent event) {}

        @Override
        public void ended(String why) {
            control.close();
        }
    }
}
