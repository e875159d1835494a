package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which types of EAP a server asks for, and proves nothing to it: each Request is answered with a Nak that names
 * what has not been asked for yet (RFC 2284 §3.3).
 */
public final class EapInquiry {
    /** A name that nobody has (RFC 7542 §2.4). */
    private static final String NOBODY = "anonymous";

    /** What servers are known to have, the one that matters most first. */
    private static final List<Integer> TYPES = List.of(EapType.MSCHAPV2, 13, 25, EapType.MD5_CHALLENGE, 21, 29, 6);

    private final byte[] identity;
    private final Set<Integer> asked = new LinkedHashSet<>();
    private boolean over;

    /** @param name who is there; empty for nobody, to whom many a server proposes no type at all */
    public EapInquiry(String name) {
        identity = (name.isEmpty() ? NOBODY : name).getBytes(StandardCharsets.UTF_8);
    }

    /** What the server has asked for, in its order. */
    public List<AuthDemand> demands() {
        List<AuthDemand> demands = new ArrayList<>();
        asked.forEach(type -> demands.add(EapType.demand(type)));
        return demands;
    }

    /** Whether nothing more is to be learnt. */
    public boolean isOver() {
        return over;
    }

    /**
     * Takes a packet of EAP.
     *
     * @param packet from the code field on; borrowed
     * @return the answer, with head-room for a frame; null for none
     */
    public @Nullable ByteBuf receive(ByteBuf packet) {
        EapPacket read = EapPacket.parse(packet);
        if (!(read instanceof EapPacket.Request request)) {
            over |= read instanceof EapPacket.Failure || read instanceof EapPacket.Success;
            return null;
        }
        return switch (request.type()) {
            case EapType.IDENTITY -> answer(new EapPacket.Response(request.identifier(), EapType.IDENTITY, identity));
            case EapType.NOTIFICATION ->
                answer(new EapPacket.Response(request.identifier(), EapType.NOTIFICATION, new byte[0]));
            default -> method(request);
        };
    }

    private @Nullable ByteBuf method(EapPacket.Request request) {
        over |= !asked.add(request.type());
        List<Integer> others =
                TYPES.stream().filter(type -> !asked.contains(type)).toList();
        if (over || others.isEmpty()) {
            over = true;
            return null;
        }
        byte[] wanted = new byte[others.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = others.get(i).byteValue();
        }
        return answer(new EapPacket.Response(request.identifier(), EapType.NAK, wanted));
    }

    private static ByteBuf answer(EapPacket packet) {
        ByteBuf octets =
                Unpooled.buffer(ControlPacket.HEADROOM + 64).setIndex(ControlPacket.HEADROOM, ControlPacket.HEADROOM);
        packet.writeTo(octets);
        return octets;
    }
}
