package org.jpptp.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.driver.WakeUp;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.session.SessionTrace;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.control.ControlTransport;
import org.jpptp.control.netty.TcpTransport;
import org.jpptp.gre.GreSocket;
import org.jpptp.gre.IcmpError;
import org.jpptp.gre.io.RawSocketException;
import org.jpptp.lab.server.ServerConfig;
import org.jpptp.lab.server.ServerEdge;
import org.jpptp.lab.server.ServerSession;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * Serves one client, lets its {@link ServerSession} encrypt datagrams into memory, and sends them then: so they come faster
 * than a client receives, and what is measured is the client.
 */
final class PacketsAhead implements ServerEdge, ControlTransport.Listener {
    private static final int BATCH = 64;
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    /** GRE, PPP and MPPE. */
    private static final int OVERHEAD = 32;

    private static final int HEADROOM = 64;
    /** For the client to configure its interface. */
    private static final long SETTLE_MILLIS = 500;

    /**
     * What to send.
     *
     * @param packets how many; all but the last quarter warm the client up and are not counted
     * @param octets of a datagram
     * @param snmp {@code /proc/PID/net/snmp} of a process in the client's namespace
     * @param window packets on their way at most
     * @param port of the datagrams
     */
    record Plan(int packets, int octets, Path snmp, int window, int port) {}

    private final Plan plan;
    private final Inet4Address local;
    private final Inet4Address assigned;
    private final Inet4Address outer;
    private final TcpTransport control;
    private final TunnelLoop loop;
    private final ServerSession session;
    private final WakeUp wakeUp;
    private @Nullable GreSocket gre;
    private @Nullable TunneledLink link;
    private @Nullable ByteBuf kept;
    private boolean scheduled;

    PacketsAhead(
            ServerConfig config,
            Plan plan,
            Inet4Address local,
            Inet4Address assigned,
            TcpTransport control,
            TunnelLoop loop) {
        this.plan = plan;
        this.local = local;
        this.assigned = assigned;
        this.outer = (Inet4Address) control.remoteAddress().getAddress();
        this.control = control;
        this.loop = loop;
        SessionTrace silent = new SessionTrace(new Silent());
        this.session = new ServerSession(config, assigned, new SecureRandom(), this, silent, silent);
        this.wakeUp = new WakeUp(loop, () -> {
            session.onDeadline(System.nanoTime());
            endTurn();
        });
    }

    private void endTurn() {
        if (gre != null) {
            gre.flush();
        }
        wakeUp.arm(session.deadlineNanos());
    }

    private void flood() {
        try {
            System.out.printf("%.0f%n", measure());
        } catch (IOException e) {
            System.out.println("cannot flood: " + e.getMessage());
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Encrypts all, sends all; gives the packets a second that arrived of the last quarter. */
    private double measure() throws IOException {
        GreSocket socket = gre;
        TunneledLink sender = link;
        if (socket == null || sender == null) {
            throw new IOException("there is no raw socket");
        }
        int stride = plan.octets() + OVERHEAD;
        ByteBuf memory = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(plan.packets(), stride)));
        int[] lengths = encrypt(sender, memory, stride);
        SendingWindow window = new SendingWindow(plan.snmp(), plan.window());
        ByteBuf packet = memory.duplicate();
        int counted = plan.packets() / 4 * 3;
        long begin = 0;
        for (int i = 0; i < plan.packets(); i++) {
            if (i == counted) {
                begin = System.nanoTime();
                window.mark();
            }
            if (i % BATCH == 0) {
                send(socket);
                window.await();
            }
            socket.send(packet.setIndex(i * stride, i * stride + lengths[i]));
            window.sent();
        }
        send(socket);
        window.awaitLast();
        return window.arrivedSinceMark() / ((System.nanoTime() - begin) / 1e9);
    }

    private int[] encrypt(TunneledLink sender, ByteBuf memory, int stride) {
        int[] lengths = new int[plan.packets()];
        ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(HEADROOM + plan.octets()));
        kept = memory;
        for (int i = 0; i < plan.packets(); i++) {
            memory.setIndex(i * stride, i * stride);
            makeDatagram(datagram.setIndex(HEADROOM, HEADROOM), i);
            sender.send(datagram, System.nanoTime());
            lengths[i] = memory.readableBytes();
        }
        kept = null;
        return lengths;
    }

    private static void send(GreSocket socket) {
        do {
            socket.flush();
        } while (socket.isCongested());
    }

    private void makeDatagram(ByteBuf to, int number) {
        int at = to.writerIndex();
        to.writeShort(0x4500).writeShort(plan.octets()).writeInt(0).writeShort(64 << 8 | 17);
        to.writeShort(0).writeBytes(local.getAddress()).writeBytes(assigned.getAddress());
        int sum = 0;
        for (int i = 0; i < IPV4; i += Short.BYTES) {
            sum += to.getUnsignedShort(at + i);
        }
        to.setShort(at + 10, ~((sum & 0xffff) + (sum >> 16)));
        // Ports by turns, so that no two datagrams can be joined; a checksum of 0 is none (RFC 768).
        to.writeShort(1024 + (number & 1)).writeShort(plan.port());
        to.writeShort(plan.octets() - IPV4).writeShort(0).writeZero(plan.octets() - IPV4 - UDP);
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
        try {
            GreSocket socket = loop.greSocket(outer, callId, new FromNetwork());
            gre = socket;
            return new TunneledLink.Ends(packet -> send(packet, socket), datagram -> {});
        } catch (RawSocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(ByteBuf packet, GreSocket socket) {
        if (kept != null) {
            kept.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
        } else {
            socket.send(packet);
        }
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
        if (event instanceof PppEvent.NetworkUp && !scheduled) {
            scheduled = true;
            Future<?> unused = loop.schedule(this::flood, TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
        }
    }

    @Override
    public void ended(String why) {
        control.close();
    }

    @Override
    public void received(ByteBuf octets) {
        session.controlReceived(octets, System.nanoTime());
        endTurn();
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        session.controlClosed(System.nanoTime());
    }

    private final class FromNetwork implements GreSocket.Listener {
        @Override
        public void received(ByteBuf packet, int callId) {
            if (link != null) {
                link.receive(packet, callId, System.nanoTime());
            }
        }

        @Override
        public void batchEnd(int datagrams) {
            if (link != null) {
                link.batchEnd(System.nanoTime());
            }
            endTurn();
        }

        @Override
        public void writable() {}

        @Override
        public void icmpError(IcmpError error) {}

        @Override
        public void failed(int errno) {}
    }

    private static final class Silent implements TunnelListener {
        @Override
        public void event(TunnelEvent event) {}
    }
}
