package org.jpptp.client.explain;

import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.ppp.Negotiation;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/** One negotiation of options as somebody beside it sees it: who has asked for what, and who has agreed to it. */
final class Dialogue {
    private final int protocol;
    private int clientRequests;
    private int serverRequests;
    private String lastSent = "";
    private String lastReceived = "";
    private boolean serverAgreed;
    private boolean clientAgreed;
    private List<ConfigOption> ofClient = List.of();
    private List<ConfigOption> ofServer = List.of();
    private boolean clientTold;
    private boolean serverTold;
    private final Map<Side, Integer> asked = new EnumMap<>(Side.class);
    /** What each side was acknowledged before it has asked for it, as a capture of two directions has it at times. */
    private final Map<Side, ControlPacket> early = new EnumMap<>(Side.class);

    private boolean wasOpen;
    private boolean heardServer;
    private boolean heardClient;
    private @Nullable Step lastOfServer;
    private @Nullable Step lastOfClient;
    private @Nullable String serverEnded;
    private int reopened;

    Dialogue(int protocol) {
        this.protocol = protocol;
    }

    /** A packet of it; returns whether this opened it. */
    boolean packet(Step step, ControlPacket packet, ByteBuf octets) {
        Side from = step.from();
        if (from == Side.SERVER) {
            heardServer = true;
            lastReceived = PacketText.describe(protocol, octets);
            lastOfServer = step;
        } else {
            heardClient = true;
            lastOfClient = step;
        }
        boolean before = isOpen();
        switch (packet.code()) {
            case ControlPacket.CONFIGURE_REQUEST -> requested(from, packet, octets);
            case ControlPacket.CONFIGURE_ACK -> acknowledged(from, packet);
            case ControlPacket.TERMINATE_REQUEST -> {
                if (from == Side.SERVER && serverEnded == null) {
                    serverEnded = PeerText.escape(packet.data());
                }
            }
            default -> {
                // Refusals leave both as they are.
            }
        }
        early.remove(from);
        wasOpen |= isOpen();
        return isOpen() && !before;
    }

    /** A packet of it whose options were not captured. */
    void cut(Step step, ControlPacket header) {
        packet(step, header, ControlPacket.encode(header.code(), header.id()));
        boolean ofClient = (step.from() == Side.CLIENT) == (header.code() == ControlPacket.CONFIGURE_REQUEST);
        clientTold &= !ofClient;
        serverTold &= ofClient;
    }

    private void requested(Side from, ControlPacket packet, ByteBuf octets) {
        List<ConfigOption> options = options(packet);
        asked.put(from, packet.id());
        ControlPacket answer = early.get(from);
        if (answer != null && answer.id() == packet.id() && answer.data().equals(packet.data())) {
            return;
        }
        if (isOpen()) {
            reopened++;
            serverAgreed = false;
            clientAgreed = false;
        }
        if (from == Side.CLIENT) {
            clientRequests++;
            lastSent = PacketText.describe(protocol, octets);
            serverAgreed = false;
            ofClient = options;
            clientTold = true;
        } else {
            serverRequests++;
            clientAgreed = false;
            ofServer = options;
            serverTold = true;
        }
    }

    private void acknowledged(Side from, ControlPacket packet) {
        Integer awaited = asked.get(from.other());
        if (awaited == null || awaited != packet.id()) {
            early.put(from.other(), packet);
        }
        if (from == Side.SERVER) {
            serverAgreed = true;
            ofClient = options(packet);
            clientTold = true;
        } else {
            clientAgreed = true;
            ofServer = options(packet);
            serverTold = true;
        }
    }

    static List<ConfigOption> options(ControlPacket packet) {
        return ConfigOptions.parse(packet.data()) instanceof ConfigOptions.Listed listed ? listed.options() : List.of();
    }

    /** Both sides have agreed. */
    boolean isOpen() {
        return serverAgreed && clientAgreed;
    }

    boolean wasOpen() {
        return wasOpen;
    }

    /** It must have been agreed on, in packets that were not recorded. */
    void assumeOpen() {
        serverAgreed = true;
        clientAgreed = true;
        wasOpen = true;
    }

    /** Whether it is recorded what was agreed on, of both sides. */
    boolean isTold() {
        return isOpen() && clientTold && serverTold;
    }

    boolean serverAgreed() {
        return serverAgreed;
    }

    boolean clientAgreed() {
        return clientAgreed;
    }

    /** What the client has asked for last. */
    List<ConfigOption> ofClient() {
        return ofClient;
    }

    /** What the server has asked for last. */
    List<ConfigOption> ofServer() {
        return ofServer;
    }

    boolean heard(Side from) {
        return from == Side.SERVER ? heardServer : heardClient;
    }

    /** What the server said as it ended it; null where it did not. */
    @Nullable
    String serverEnded() {
        return serverEnded;
    }

    /** How often either side has asked. */
    int requests() {
        return clientRequests + serverRequests;
    }

    int clientRequests() {
        return clientRequests;
    }

    /** How often an open one was negotiated anew. */
    int reopened() {
        return reopened;
    }

    @Nullable
    Step last(Side from) {
        return from == Side.SERVER ? lastOfServer : lastOfClient;
    }

    /** What is told of one that came to nothing. */
    Negotiation seen() {
        return new Negotiation(protocol, clientRequests, lastSent, lastReceived);
    }
}
