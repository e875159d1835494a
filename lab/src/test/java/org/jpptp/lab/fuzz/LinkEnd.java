package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jpptp.client.diagnosis.LinkEvidence;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.link.PppLink;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** One end of a link, and what is promised of it at every moment. */
final class LinkEnd implements PppOutput, PppTrace {
    /** The largest frame: an MRU of 1500, and PPP's own fields (docs/architecture.md bounds every answer so). */
    private static final int FRAME = 1504;
    /** Frames that one call may send: what opens a phase begins several protocols. */
    private static final int FRAMES_A_CALL = 8;

    private static final int FRAMES_AT_FIRST = 64;

    final PppLink link;
    /** What it has sent and nobody has taken. */
    final Deque<byte[]> sent = new ArrayDeque<>();

    final List<PppEvent> events = new ArrayList<>();
    final List<byte[]> delivered = new ArrayList<>();

    private final int watched;
    private final boolean encryptionRequired;
    private long calls;
    private long frames;
    private int receiving;
    private int lastId;
    private boolean authenticated;
    private boolean encryptionSettled;
    /** How many frames came, as a transport numbers them. */
    private int received;

    private boolean networkUp;
    private boolean down;
    private boolean wanting;
    private boolean echoRejected;

    /** @param watched the protocol whose identifiers are remembered */
    LinkEnd(PppConfig config, long seed, int watched) {
        this.watched = watched;
        encryptionRequired = config.mppe().required();
        link = new PppLink(config, new SplittableRandom(seed), this, this);
    }

    void receive(byte[] frame, long now) {
        calls++;
        ByteBuf packet = Unpooled.wrappedBuffer(frame);
        receiving = PppFrame.parse(packet);
        echoRejected |= receiving == PppProtocol.LCP
                && packet.readableBytes() > ControlPacket.HEADER
                && packet.getByte(packet.readerIndex()) == ControlPacket.CODE_REJECT
                && packet.getByte(packet.readerIndex() + ControlPacket.HEADER) == ControlPacket.ECHO_REQUEST;
        link.receive(Unpooled.wrappedBuffer(frame.clone()), received++, now);
        receiving = 0;
    }

    void onDeadline(long now) {
        calls++;
        link.onDeadline(now);
    }

    boolean send(byte[] payload, long now) {
        calls++;
        return link.send(Packets.datagram(payload), now);
    }

    /** The identifier of the last packet of the watched protocol that it sent. */
    int lastId() {
        return lastId;
    }

    boolean isUp() {
        return networkUp && !down;
    }

    boolean isDown() {
        return down;
    }

    /** Whether it was told that the peer does not know Echo-Requests: it then cannot tell silence from the end. */
    boolean echoRejected() {
        return echoRejected;
    }

    /** Whether it waits for another secret; asked once. */
    boolean wanted() {
        boolean wanted = wanting;
        wanting = false;
        return wanted;
    }

    @Override
    public void sendFrame(ByteBuf frame, long time) {
        kept(!down, "nothing is sent after the end");
        kept(frame.readerIndex() >= PppLink.FRAME_HEADROOM, "a frame has head-room");
        kept(frame.readableBytes() <= FRAME, "a frame is bounded");
        kept(++frames <= FRAMES_AT_FIRST + FRAMES_A_CALL * calls, "what is sent is bounded by what came");
        byte[] octets = ByteBufUtil.getBytes(frame);
        ByteBuf copy = Unpooled.wrappedBuffer(octets);
        if (PppFrame.parse(copy) == watched && copy.readableBytes() >= 2) {
            lastId = copy.getUnsignedByte(copy.readerIndex() + 1);
        }
        sent.add(octets);
    }

    @Override
    public void deliverDatagram(ByteBuf datagram) {
        kept(authenticated, "no datagram is delivered before authentication");
        kept(encryptionSettled, "no datagram is delivered before encryption is settled");
        kept(networkUp, "no datagram is delivered before the network is up");
        kept(!encryptionRequired || receiving == PppProtocol.COMPRESSED, "no clear datagram is delivered");
        delivered.add(ByteBufUtil.getBytes(datagram));
    }

    @Override
    public void event(PppEvent event, long time) {
        kept(!down, "the end is told once, and last");
        if (event instanceof PppEvent.Authenticated) {
            kept(!authenticated, "authentication is told once");
            authenticated = true;
        } else if (event instanceof PppEvent.EncryptionSettled settled) {
            kept(authenticated, "encryption comes after authentication");
            kept(
                    !encryptionRequired || (encrypts(settled.send()) && encrypts(settled.receive())),
                    "required encryption is there, both ways");
            encryptionSettled = true;
        } else if (event instanceof PppEvent.NetworkUp) {
            kept(authenticated && encryptionSettled, "the network comes last");
            networkUp = true;
        } else if (event instanceof PppEvent.SecretWanted) {
            wanting = true;
        } else if (event instanceof PppEvent.Down) {
            down = true;
        }
        events.add(event);
    }

    private static boolean encrypts(PppEvent.@Nullable Coding coding) {
        return coding != null && coding.strength() != null;
    }

    @Override
    public void sent(int protocol, ByteBuf packet) {
        PacketText.describe(protocol, packet);
    }

    @Override
    public void received(int protocol, ByteBuf packet) {
        PacketText.describe(protocol, packet);
    }

    @Override
    public void note(String why) {
        kept(why.chars().allMatch(c -> c >= ' ' && c <= '~'), "a note is a printable line");
    }

    @Override
    public void ends(PppFailure why) {
        note(LinkEvidence.line(why));
    }

    @Override
    public void goesOnWithout(Omitted what, PppFailure why) {
        note(LinkEvidence.line(why));
    }
}
