package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.client.diagnosis.LinkEvidence;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageText;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.auth.PapPacket;
import org.jpptp.ppp.text.PacketText;
import org.jpptp.ppp.wire.PppProtocol;

/** Turns what the machines see and decide into trace lines, in the notation of pppd's debug log. */
public final class SessionTrace implements ControlTrace, PppTrace {
    private static final String SENT = "sent";
    private static final String RECEIVED = "rcvd";

    private final TunnelListener listener;

    public SessionTrace(TunnelListener listener) {
        this.listener = listener;
    }

    @Override
    public void sent(ControlMessage message, ByteBuf octets) {
        keep(Side.CLIENT, message);
        if (listener.traces(Detail.PACKETS)) {
            trace(SENT, MessageText.describe(message), octets);
        }
    }

    @Override
    public void received(ControlMessage message, ByteBuf octets) {
        keep(Side.SERVER, message);
        if (listener.traces(Detail.PACKETS)) {
            trace(RECEIVED, MessageText.describe(message), octets);
        }
    }

    @Override
    public void sent(int protocol, ByteBuf packet) {
        keep(Side.CLIENT, protocol, packet);
        if (listener.traces(Detail.PACKETS)) {
            trace(SENT, protocol, packet);
        }
    }

    @Override
    public void received(int protocol, ByteBuf packet) {
        keep(Side.SERVER, protocol, packet);
        if (listener.traces(Detail.PACKETS)) {
            trace(RECEIVED, protocol, packet);
        }
    }

    @Override
    public void note(String why) {
        if (listener.traces(Detail.DECISIONS)) {
            listener.trace(Detail.DECISIONS, why);
        }
    }

    @Override
    public void ends(PppFailure why) {
        note("the link ends: " + LinkEvidence.line(why));
    }

    @Override
    public void goesOnWithout(Omitted what, PppFailure why) {
        String seen = LinkEvidence.line(why);
        note(
                switch (what) {
                    case ENCRYPTION -> seen + "; going on without encryption";
                    case IPV6 -> "IPv6 is not carried: " + seen;
                });
    }

    private void keep(Side from, ControlMessage message) {
        if (listener.keepsFacts()) {
            listener.seen(from, new Fact.Control(message));
        }
    }

    private void keep(Side from, int protocol, ByteBuf packet) {
        if (listener.keepsFacts()) {
            ByteBuf copy = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(packet));
            if (protocol == PppProtocol.PAP) {
                PapPacket.blankPassword(copy);
            }
            listener.seen(from, new Fact.Packet(protocol, copy));
        }
    }

    private void trace(String direction, int protocol, ByteBuf packet) {
        if (listener.showsSecrets() || !PacketText.isAuthentication(protocol)) {
            trace(direction, PacketText.describe(protocol, packet), packet);
        } else {
            listener.trace(Detail.PACKETS, direction + " [" + PacketText.describeForOthers(protocol, packet) + "]");
        }
    }

    private void trace(String direction, String text, ByteBuf octets) {
        listener.trace(Detail.PACKETS, direction + " [" + text + "]");
        if (listener.traces(Detail.OCTETS)) {
            listener.trace(Detail.OCTETS, ByteBufUtil.hexDump(octets));
        }
    }
}
