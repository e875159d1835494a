package org.jpptp.client.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jspecify.annotations.Nullable;

/** What a record shows of the negotiation of encryption. */
final class EncryptionStory {
    private static final int OPTION = 18;
    private static final int STATELESS = 0x01000000;
    private static final int MPPC = 1;

    private final Set<MppeOffer> offers = new LinkedHashSet<>();
    private final List<MppeOffer> rejected = new ArrayList<>();
    private final Set<MppeOffer> asked = new LinkedHashSet<>();
    private final Set<MppeOffer> wantedByServer = new LinkedHashSet<>();
    private @Nullable MppeOffer last;
    private @Nullable MppeOffer pending;
    private boolean serverAskedForNone;
    private boolean allRejected;
    private boolean unanswered;
    private int refusals;

    /** What an option list asks for in MPPE; null where it has no such option. */
    static @Nullable MppeOffer offer(List<ConfigOption> options) {
        for (ConfigOption option : options) {
            if (option.type() == OPTION && option.valueLength() == 4) {
                int bits = option.intValue();
                Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
                for (MppeStrength strength : MppeStrength.values()) {
                    if ((bits & strength.optionBit()) != 0) {
                        strengths.add(strength);
                    }
                }
                MppeOffer offer =
                        MppeOffer.of(strengths, (bits & STATELESS) != 0 ? MppeMode.STATELESS : MppeMode.STATEFUL);
                return (bits & MPPC) != 0 ? offer.withMppc() : offer;
            }
        }
        return null;
    }

    /** Whether the server asked once more for what had been refused, and got no answer. */
    boolean insists() {
        return unanswered && refusals > 0;
    }

    void packet(Side from, ControlPacket packet) {
        if (from == Side.SERVER && packet.code() == ControlPacket.CONFIGURE_REQUEST) {
            unanswered = true;
        } else if (from == Side.CLIENT) {
            answered(packet);
        }
        MppeOffer offer = offer(Dialogue.options(packet));
        switch (packet.code()) {
            case ControlPacket.CONFIGURE_REQUEST -> requested(from, offer);
            case ControlPacket.CONFIGURE_NAK -> refused(from, offer);
            case ControlPacket.CONFIGURE_REJECT -> rejected(from, offer);
            case ControlPacket.CONFIGURE_ACK -> {
                if (from == Side.CLIENT) {
                    pending = null;
                }
            }
            default -> {
                // Says nothing of what is wanted.
            }
        }
    }

    /** What the client says, which may be an answer. */
    private void answered(ControlPacket packet) {
        if (packet.code() != ControlPacket.CONFIGURE_REQUEST) {
            unanswered = false;
            refusals += packet.code() == ControlPacket.CONFIGURE_NAK ? 1 : 0;
        }
    }

    private void requested(Side from, @Nullable MppeOffer offer) {
        if (from == Side.CLIENT) {
            if (offer != null) {
                asked.add(offer);
                allRejected = false;
            }
            return;
        }
        pending = offer;
        serverAskedForNone |= offer == null;
        if (offer != null && !offer.strengths().isEmpty()) {
            wantedByServer.add(offer);
        }
    }

    /** A Nak: of the server it names what it wants, of the client it refuses what the server wanted. */
    private void refused(Side from, @Nullable MppeOffer offer) {
        MppeOffer named = from == Side.SERVER ? offer : pending;
        if (named != null) {
            offers.add(named);
            last = named;
        }
    }

    private void rejected(Side from, @Nullable MppeOffer offer) {
        if (from == Side.SERVER && offer != null) {
            rejected.add(offer);
            allRejected = true;
        } else if (from == Side.CLIENT && pending != null && pending.strengths().isEmpty()) {
            offers.add(pending);
            last = pending;
        }
    }

    /** What the client has asked for, as a policy; null where it asked for nothing. */
    @Nullable
    MppePolicy policy() {
        Set<MppeStrength> strengths = EnumSet.noneOf(MppeStrength.class);
        Set<MppeMode> modes = EnumSet.noneOf(MppeMode.class);
        boolean mppc = false;
        for (MppeOffer offer : asked) {
            strengths.addAll(offer.strengths());
            modes.add(offer.mode());
            mppc |= offer.mppc();
        }
        if (strengths.isEmpty()) {
            return null;
        }
        MppePolicy policy = MppePolicy.require(strengths, modes);
        return mppc ? policy.withMppc() : policy;
    }

    /** Whether the last request of the client was rejected. */
    boolean allRejected() {
        return allRejected;
    }

    List<MppeOffer> rejected() {
        return rejected;
    }

    Set<MppeOffer> wantedByServer() {
        return wantedByServer;
    }

    boolean serverAskedForNone() {
        return serverAskedForNone;
    }

    Set<MppeOffer> offers() {
        return offers;
    }

    EncryptionFailure.Terms terms(MppePolicy allowed) {
        return new EncryptionFailure.Terms(allowed, List.copyOf(offers), last);
    }

    /** Where the client speaks no CCP: what the server would have had. */
    EncryptionFailure.Terms demanded(MppePolicy allowed) {
        Set<MppeOffer> all = new LinkedHashSet<>(wantedByServer);
        all.addAll(offers);
        MppeOffer named = null;
        for (MppeOffer offer : wantedByServer) {
            named = offer;
        }
        return new EncryptionFailure.Terms(allowed, List.copyOf(all), named == null ? last : named);
    }
}
