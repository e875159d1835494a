package org.jpptp.lab.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jpptp.client.session.GreReceiver;
import org.jpptp.gre.wire.GreHeader;
import org.jspecify.annotations.Nullable;

/** The way of GRE packets between the ends of a {@link SimulatedTunnel}: blocked, or forged on, by whoever is on it. */
final class SimulatedGre {
    private static final int HAS_SEQUENCE = 0x10;
    private static final int SEQUENCE_AT = 8;

    private final SimulatedNetwork network;
    private final Recording recording;
    private @Nullable GreReceiver client;
    private @Nullable GreReceiver server;
    private int clientCallId;
    private int peerCallId = -1;

    /** Nothing passes, in neither direction. */
    boolean blocked;
    /** The number of the last payload that the server sent to the client. */
    int lastToClient;

    SimulatedGre(SimulatedNetwork network, Recording recording) {
        this.network = network;
        this.recording = recording;
    }

    /** Who receives on the client's side; null for nobody. */
    void client(@Nullable GreReceiver receiver) {
        client = receiver;
    }

    /** The same on the server's. */
    void server(@Nullable GreReceiver receiver) {
        server = receiver;
    }

    /** The call id that the client's last packet has carried. */
    int peerCallId() {
        return peerCallId;
    }

    /** The client asks its host to send a packet, which may refuse. */
    void asked(ByteBuf packet) {
        peerCallId = GreHeader.callId(packet);
    }

    void fromClient(ByteBuf packet) {
        ByteBuf copy = Unpooled.copiedBuffer(packet);
        recording.greSent(copy);
        if (!blocked) {
            network.datagram(() -> arriveAtServer(copy.duplicate()));
            network.datagram(this::batchEndAtServer);
        }
    }

    void fromServer(ByteBuf packet) {
        record(packet);
        ByteBuf copy = Unpooled.copiedBuffer(packet);
        if (!blocked) {
            network.datagram(() -> arriveAtClient(copy.duplicate()));
            network.datagram(this::batchEndAtClient);
        }
    }

    /** Somebody sends the client a GRE packet in the server's name. */
    void forgeToClient(int sequence, byte... frame) {
        ByteBuf packet = Unpooled.buffer(GreHeader.MAXIMUM_LENGTH + frame.length);
        packet.setIndex(GreHeader.MAXIMUM_LENGTH, GreHeader.MAXIMUM_LENGTH).writeBytes(frame);
        GreHeader.prepend(packet, clientCallId, sequence);
        arriveAtClient(packet);
        batchEndAtClient();
    }

    /** What somebody on the way has seen of the numbers. */
    private void record(ByteBuf packet) {
        clientCallId = GreHeader.callId(packet);
        if ((packet.getByte(packet.readerIndex()) & HAS_SEQUENCE) != 0) {
            lastToClient = packet.getInt(packet.readerIndex() + SEQUENCE_AT);
        }
    }

    private void arriveAtClient(ByteBuf packet) {
        recording.greReceived(packet);
        if (client != null) {
            client.receive(packet, GreHeader.callId(packet), network.now());
        }
    }

    /** Whatever the server sends of a call that it has not accepted yet. */
    void beforeTheCall() {
        arriveAtClient(Unpooled.wrappedBuffer(new byte[GreHeader.MAXIMUM_LENGTH]));
    }

    private void batchEndAtClient() {
        if (client != null) {
            client.batchEnd(network.now());
        }
    }

    private void arriveAtServer(ByteBuf packet) {
        if (server != null) {
            server.receive(packet, GreHeader.callId(packet), network.now());
        }
    }

    private void batchEndAtServer() {
        if (server != null) {
            server.batchEnd(network.now());
        }
    }
}
