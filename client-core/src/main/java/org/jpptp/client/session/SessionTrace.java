package org.jpptp.client.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelListener.Detail;
import org.jpptp.control.ControlTrace;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.MessageText;
import org.jpptp.ppp.PppTrace;
import org.jpptp.ppp.text.PacketText;

/** Turns what the machines see and decide into trace lines, in the notation of pppd's debug log. */
public final class SessionTrace implements ControlTrace, PppTrace {
    private final TunnelListener listener;

    public SessionTrace(TunnelListener listener) {
        this.listener = listener;
    }

    @Override
    public void message(boolean sent, ControlMessage message, ByteBuf octets) {
        if (listener.traces(Detail.PACKETS)) {
            packet(sent, MessageText.describe(message), octets);
        }
    }

    @Override
    public void packet(boolean sent, int protocol, ByteBuf packet) {
        if (listener.traces(Detail.PACKETS)) {
            packet(sent, PacketText.describe(protocol, packet), packet);
        }
    }

    @Override
    public void note(String why) {
        if (listener.traces(Detail.DECISIONS)) {
            listener.trace(Detail.DECISIONS, why);
        }
    }

    private void packet(boolean sent, String text, ByteBuf octets) {
        listener.trace(Detail.PACKETS, (sent ? "sent [" : "rcvd [") + text + "]");
        if (listener.traces(Detail.OCTETS)) {
            listener.trace(Detail.OCTETS, ByteBufUtil.hexDump(octets));
        }
    }
}
