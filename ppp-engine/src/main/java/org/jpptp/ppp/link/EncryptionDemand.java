package org.jpptp.ppp.link;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.ccp.CcpPolicy;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a peer requires encryption where we go on without: it asked for MPPE, had that refused, and ended the
 * link instead of going on to addresses, or it says so in its Terminate-Request.
 */
public final class EncryptionDemand {
    /**
     * What Windows puts into a Terminate-Request behind its magic number: an identifier and the number of the error, here 741
     * to 743, that one side has no encryption or that one requires it.
     */
    private static final Pattern WINDOWS_ENCRYPTION =
            Pattern.compile(".*\\\\x00<\\\\xcdt\\\\x00\\\\x00\\\\x02\\\\xe[567]");

    private final Set<MppeOffer> asked = new LinkedHashSet<>();
    private @Nullable MppeOffer last;
    /** Whether the peer has begun to negotiate addresses since. */
    private boolean movedOn;

    /** Whether what a peer said in a Terminate-Request is about encryption. */
    public static boolean means(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return text.contains("mppe")
                || text.contains("encrypt")
                || WINDOWS_ENCRYPTION.matcher(said).matches();
    }

    /** Whether it may be: nothing is said, or nothing that can be read. */
    public static boolean mayMeanIt(String said) {
        return means(said) || said.isEmpty() || said.contains("\\x");
    }

    /** A packet of CCP is refused. */
    void refused(ByteBuf packet) {
        if (ControlPacket.parse(packet) instanceof ControlPacket control
                && control.code() == ControlPacket.CONFIGURE_REQUEST) {
            MppeOffer offer = CcpPolicy.encryptionIn(control.data());
            if (offer != null) {
                asked.add(offer);
                last = offer;
                movedOn = false;
            }
        }
    }

    /** A packet of IPCP came. */
    void addresses(ByteBuf packet) {
        movedOn |= ControlPacket.parse(packet) instanceof ControlPacket control
                && control.code() == ControlPacket.CONFIGURE_REQUEST;
    }

    /**
     * The peer ended a link without encryption.
     *
     * @param negotiated what came of the negotiation of CCP, as far as there was one
     * @return null where that is about something else
     */
    @Nullable
    PppFailure terminated(LinkFailure.PeerTerminated plain, EncryptionFailure.Terms negotiated) {
        asked.addAll(negotiated.offered());
        if (plain.reached() == LinkFailure.Reached.UP
                || !(means(plain.said()) || (!asked.isEmpty() && !movedOn && mayMeanIt(plain.said())))) {
            return null;
        }
        return new EncryptionFailure.EncryptionDemanded(
                plain.said(),
                new EncryptionFailure.Terms(
                        negotiated.allowed(), List.copyOf(asked), last == null ? negotiated.lastOffered() : last));
    }
}
