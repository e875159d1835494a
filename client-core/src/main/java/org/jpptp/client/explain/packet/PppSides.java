package org.jpptp.client.explain.packet;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ConfigOptions;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/** Who sent a frame of PPP in a capture that does not say: magic numbers tell, and who asks whom for a proof. */
final class PppSides {
    private static final int MOST = 256;

    private final Map<Integer, Side> magics = new HashMap<>();
    private final Map<Integer, Side> requests = new HashMap<>();

    /** @param frame its indexes are left alone */
    Side from(ByteBuf frame) {
        ByteBuf packet = frame.slice();
        int protocol = PppFrame.parse(packet);
        if (!(ControlPacket.parse(packet) instanceof ControlPacket control)) {
            return Side.CLIENT;
        }
        return switch (protocol) {
            case PppProtocol.EAP -> control.code() == 2 ? Side.CLIENT : Side.SERVER;
            case PppProtocol.CHAP -> control.code() == 2 || control.code() > 4 ? Side.CLIENT : Side.SERVER;
            case PppProtocol.PAP -> control.code() == 1 ? Side.CLIENT : Side.SERVER;
            case PppProtocol.LCP -> lcp(control);
            default -> negotiation(protocol, control);
        };
    }

    private Side lcp(ControlPacket control) {
        if (control.code() == ControlPacket.ECHO_REQUEST || control.code() == ControlPacket.ECHO_REPLY) {
            return control.data().readableBytes() < 4
                    ? Side.CLIENT
                    : magics.getOrDefault(control.data().getInt(control.data().readerIndex()), Side.CLIENT);
        }
        if (control.code() <= ControlPacket.CONFIGURE_REJECT
                && ConfigOptions.parse(control.data()) instanceof ConfigOptions.Listed listed) {
            boolean asks = control.code() == ControlPacket.CONFIGURE_REQUEST;
            for (ConfigOption option : listed.options()) {
                if (option.type() == LcpOption.AUTHENTICATION) {
                    return remember(listed, asks, asks ? Side.SERVER : Side.CLIENT);
                }
            }
            return remember(listed, asks, asks ? Side.CLIENT : Side.SERVER);
        }
        return negotiation(PppProtocol.LCP, control);
    }

    private Side remember(ConfigOptions.Listed listed, boolean asks, Side from) {
        for (ConfigOption option : listed.options()) {
            if (asks && option.type() == LcpOption.MAGIC && option.valueLength() == 4 && magics.size() < MOST) {
                magics.put(option.intValue(), from);
            }
        }
        return from;
    }

    /** Requests with one identifier in a row are of one side; whoever has answered one is the other. */
    private Side negotiation(int protocol, ControlPacket control) {
        int key = protocol << 8 | control.id();
        boolean asks =
                control.code() == ControlPacket.CONFIGURE_REQUEST || control.code() == ControlPacket.TERMINATE_REQUEST;
        if (!asks) {
            return requests.getOrDefault(key, Side.CLIENT).other();
        }
        Side asker = requests.containsValue(Side.CLIENT) && !requests.containsKey(key) ? Side.SERVER : Side.CLIENT;
        if (requests.size() < MOST) {
            requests.putIfAbsent(key, asker);
        }
        return requests.getOrDefault(key, asker);
    }
}
