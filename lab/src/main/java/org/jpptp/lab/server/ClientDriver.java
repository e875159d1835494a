package org.jpptp.lab.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.driver.TurnClock;
import org.jpptp.client.driver.WakeUp;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.session.SessionTrace;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.client.tun.DatagramSink;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.netty.TcpTransport;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.PacketSink;
import org.jpptp.gre.io.RawSocketException;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/** Drives one {@link ServerSession}: its sockets, its way inside, its clock. On the server's event loop. */
final class ClientDriver implements ControlTransport.Listener {
    private static final int NOWHERE_OCTETS = GreSocket.SLOT_HEADROOM + 64;

    private final TunnelLoop loop;
    private final ServerConfig config;
    private final TcpTransport control;
    private final Inet4Address client;
    private final Inet4Address assigned;
    private final Consumer<String> trace;
    private final Consumer<ClientDriver> gone;
    private final ServerSession session;
    private final WakeUp wakeUp;
    private final TurnClock clock;
    private @Nullable GreSocket gre;
    /** While a call is connected. */
    private @Nullable TunneledLink link;

    private @Nullable ClientPort port;
    /** For what the host sends before there is a call. */
    private final ByteBuf nowhere = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(NOWHERE_OCTETS));

    private boolean ended;

    ClientDriver(
            TunnelLoop loop,
            ServerConfig config,
            TcpTransport control,
            Inet4Address assigned,
            Consumer<String> trace,
            Consumer<ClientDriver> gone) {
        this.loop = loop;
        this.clock = new TurnClock(loop::now);
        this.config = config;
        this.control = control;
        this.client = (Inet4Address) control.remoteAddress().getAddress();
        this.assigned = assigned;
        this.trace = trace;
        this.gone = gone;
        SessionTrace packets = new SessionTrace(new Lines());
        this.session = new ServerSession(config, assigned, new SecureRandom(), new Edge(), packets, packets);
        this.wakeUp = new WakeUp(loop, () -> turn(session::onDeadline));
    }

    Inet4Address assigned() {
        return assigned;
    }

    /** Opens the way to the server's network before the client's first request is read. */
    void start(InnerNetwork network) {
        try {
            port = network.attach(assigned, new FromHost());
        } catch (HostChangeException e) {
            trace.accept("cannot serve " + client.getHostAddress() + ": " + e.getMessage());
            abandon();
        }
    }

    void terminateLink(String reason) {
        turn(now -> session.terminateLink(reason, now));
    }

    void disconnectCall() {
        turn(session::close);
    }

    /** Closes everything without a word to the client. */
    void abandon() {
        ended = true;
        wakeUp.cancel();
        if (gre != null) {
            gre.close();
        }
        if (port != null) {
            port.close();
        }
        control.close();
        gone.accept(this);
    }

    @Override
    public void received(ByteBuf octets) {
        turn(now -> session.controlReceived(octets, now));
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        turn(session::controlClosed);
    }

    private void turn(LongConsumer step) {
        if (ended) {
            return;
        }
        step.accept(clock.now());
        endTurn();
    }

    private void endTurn() {
        if (ended) {
            return;
        }
        if (port != null) {
            port.flush();
        }
        if (gre != null) {
            gre.flush();
            if (port != null && gre.isCongested()) {
                port.pause();
            }
        }
        clock.endTurn();
        wakeUp.arm(session.deadlineNanos());
    }

    private final class Edge implements ServerEdge, PppEvent.Cases {
        @Override
        public void sendControl(ByteBuf octets) {
            control.send(octets);
        }

        @Override
        public boolean callIdIsFree(int callId) {
            return loop.isFree(client, callId);
        }

        @Override
        public TunneledLink.Ends openGre(int callId) {
            GreSocket socket = null;
            try {
                socket = config.faults().gre() == ServerConfig.GreSocket.OPEN
                        ? loop.greSocket(client, callId, new FromNetwork())
                        : null;
            } catch (RawSocketException e) {
                trace.accept("cannot serve " + client.getHostAddress() + ": " + e.getMessage());
            }
            gre = socket;
            PacketSink network = socket == null ? packet -> {} : socket;
            DatagramSink inside = port == null ? datagram -> {} : port;
            return new TunneledLink.Ends(network, inside);
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
        public void event(PppEvent event) {
            trace.accept("*** " + event);
            event.match(this);
        }

        @Override
        public void linkOpened(PppEvent.LinkOpened event) {
            if (port != null) {
                port.fit(event.peerMru());
            }
        }

        @Override
        public void authenticated(PppEvent.Authenticated event) {
            // The trace has it, and the host has nothing to do with it.
        }

        @Override
        public void encryptionSettled(PppEvent.EncryptionSettled event) {
            // The trace has it, and the host has nothing to do with it.
        }

        @Override
        public void networkUp(PppEvent.NetworkUp event) {
            // The way inside is open since before the call.
        }

        @Override
        public void secretWanted(PppEvent.SecretWanted event) {
            // A server asks nobody.
        }

        @Override
        public void foreignPackets(PppEvent.ForeignPackets event) {
            // The trace has it, and the host has nothing to do with it.
        }

        @Override
        public void echoMissed(PppEvent.EchoMissed event) {
            // Of a client that goes, its end is told.
        }

        @Override
        public void down(PppEvent.Down event) {
            // The session ends the call, and tells so.
        }

        @Override
        public void ended(String why) {
            trace.accept("*** ended: " + why);
            abandon();
        }
    }

    private final class FromNetwork implements GreSocket.Listener {
        @Override
        public void received(ByteBuf packet, int callId) {
            if (link != null) {
                link.receive(packet, callId, clock.now());
            }
        }

        @Override
        public void batchEnd(int datagrams) {
            if (datagrams > 1 && port != null && !ended) {
                port.flush();
                port.poll();
            }
            // Without turn(): what it would be given is an object for each batch.
            if (!ended) {
                if (link != null) {
                    link.batchEnd(clock.now());
                }
                endTurn();
            }
        }

        @Override
        public void writable() {
            if (port != null) {
                port.resume();
            }
        }

        @Override
        public void icmpError(IcmpError error) {}

        @Override
        public void failed(int errno) {}
    }

    private final class FromHost implements TunDevice.Listener {
        @Override
        public ByteBuf buffer() {
            return gre == null ? nowhere.setIndex(GreSocket.SLOT_HEADROOM, GreSocket.SLOT_HEADROOM) : gre.slot();
        }

        @Override
        public void received(ByteBuf datagram) {
            if (link != null) {
                link.send(datagram, clock.now());
            }
        }

        @Override
        public void batchEnd() {
            endTurn();
        }

        @Override
        public void failed(int errno) {
            abandon();
        }
    }

    private final class Lines implements TunnelListener {
        @Override
        public void event(TunnelEvent event) {
            // Only clients tell them; a trace has lines.
        }

        @Override
        public boolean traces(Detail detail) {
            return detail != Detail.OCTETS;
        }

        @Override
        public void trace(Detail detail, String line) {
            trace.accept(line);
        }
    }
}
