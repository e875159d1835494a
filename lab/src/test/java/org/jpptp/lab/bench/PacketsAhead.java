package org.jpptp.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
 * Serves one client, and lets its {@link ServerSession} encrypt datagrams into a file, from which {@code source} of {@code
 * lab/bench/ceiling} sends them: so they come faster than a client receives, and what is measured is the client.
 */
final class PacketsAhead implements ServerEdge, ControlTransport.Listener {
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    /** Room in a slot beside the datagram: for the length, GRE, PPP and MPPE. */
    private static final int OVERHEAD = 32;

    private static final int HEADROOM = 64;
    /** For the client to configure its interface. */
    private static final long SETTLE_MILLIS = 500;

    /**
     * What to encrypt.
     *
     * @param packets how many
     * @param octets of a datagram
     * @param port of the datagrams
     * @param file gets a slot of {@code octets} + 32 octets for each packet: its length, two octets, and the packet from GRE on
     */
    record Plan(int packets, int octets, int port, Path file) {}

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

    private void encrypt() {
        try {
            write();
            System.out.println("encrypted");
        } catch (IOException e) {
            System.out.println("cannot encrypt ahead: " + e.getMessage());
        }
        System.out.flush();
    }

    private void write() throws IOException {
        TunneledLink sender = link;
        if (sender == null) {
            throw new IOException("the call has ended");
        }
        ByteBuf slot = Unpooled.buffer(plan.octets() + OVERHEAD);
        ByteBuf datagram = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(HEADROOM + plan.octets()));
        kept = slot;
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(plan.file()), 1 << 20)) {
            for (int i = 0; i < plan.packets(); i++) {
                slot.clear().writeShort(0);
                makeDatagram(datagram.setIndex(HEADROOM, HEADROOM), i);
                sender.send(datagram, System.nanoTime());
                slot.setShort(0, slot.readableBytes() - Short.BYTES);
                file.write(slot.array());
            }
        } finally {
            kept = null;
        }
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
            Future<?> unused = loop.schedule(this::encrypt, TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
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
