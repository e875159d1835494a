package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jpptp.client.session.GreReceiver;
import org.jpptp.client.session.TunneledLink;
import org.jpptp.gre.wire.GreDatagram;
import org.jpptp.gre.wire.GreHeader;
import org.jspecify.annotations.Nullable;

/** One end of a tunnel, client or server, and what is promised of both. */
abstract class TunnelEnd {
    static final Inet4Address CLIENT = Packets.address("192.0.2.2");
    static final Inet4Address SERVER = Packets.address("192.0.2.1");

    /** On which way something goes. */
    enum Way {
        TCP,
        GRE,
        END_OF_TCP
    }

    /** @param octets what goes: for GRE from the GRE header on */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    record Sent(Way way, byte[] octets) {}

    /** What it has sent and nobody has taken. */
    final Deque<Sent> sent = new ArrayDeque<>();

    private final GreDatagram socket;
    /** Who gets what comes for the call; null where nobody does. */
    @Nullable
    GreReceiver receiver;

    private @Nullable TunneledLink link;

    /** The call id that packets to this end carry. */
    int callId;

    int events;
    long packets;
    boolean up;
    boolean ended;

    TunnelEnd(Inet4Address peer) {
        socket = new GreDatagram(peer);
    }

    abstract void start(long now);

    abstract void controlReceived(ByteBuf octets, long now);

    abstract void controlClosed(long now);

    /** A datagram of the raw socket, from its IPv4 header on. */
    final void greReceived(ByteBuf datagram, long now) {
        if (socket.unwrap(datagram) == GreDatagram.Result.OK && receiver != null) {
            receiver.receive(datagram, GreHeader.callId(datagram), now);
        }
    }

    final void greBatchEnd(long now) {
        if (receiver != null) {
            receiver.batchEnd(now);
        }
    }

    /** A datagram of the host's. */
    final void tunReceived(ByteBuf datagram, long now) {
        if (link != null) {
            link.send(datagram, now);
        }
    }

    /** Its call is connected. */
    final void connected(TunneledLink connected) {
        receiver = connected;
        link = connected;
    }

    /** Its call is over. */
    final void disconnected() {
        receiver = null;
        link = null;
    }

    final TunneledLink.Ends ways() {
        return new TunneledLink.Ends(packet -> send(Way.GRE, packet), datagram -> wroteTun());
    }

    abstract void onDeadline(long now);

    abstract long deadlineNanos();

    /** The user, the host or the network does something; the input says what. */
    abstract void command(Input input, long now);

    /** The host answers, where it was asked for something. */
    abstract void hostAnswers(long now);

    abstract void close(long now);

    /** A datagram of the other end, of its IP protocol GRE. */
    abstract ByteBuf fromPeer(byte[] gre);

    /** What the other end has sent arrives. */
    final void take(Way way, byte[] octets, long now) {
        switch (way) {
            case TCP -> controlReceived(Unpooled.wrappedBuffer(octets), now);
            case GRE -> {
                greReceived(fromPeer(octets), now);
                greBatchEnd(now);
            }
            case END_OF_TCP -> controlClosed(now);
        }
    }

    final void send(Way way, ByteBuf octets) {
        kept(!ended, "nothing is sent after the end");
        packets++;
        sent.add(new Sent(way, ByteBufUtil.getBytes(octets)));
    }

    final void wroteTun() {
        kept(up, "no datagram reaches the host before authentication, encryption and addresses");
        kept(!ended, "no datagram reaches the host after the end");
    }

    final void hasEnded() {
        kept(!ended, "the end is told once");
        ended = true;
        disconnected();
        sent.add(new Sent(Way.END_OF_TCP, new byte[0]));
    }
}
