package org.jpptp.client.explain;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.client.explain.evidence.Tally;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.ipcp.IpcpOption;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** The link as its packets tell it, seen from the client. */
final class LinkStory {
    final Dialogue lcp = new Dialogue(PppProtocol.LCP);
    final Dialogue ccp = new Dialogue(PppProtocol.CCP);
    final Dialogue ipcp = new Dialogue(PppProtocol.IPCP);
    final AuthStory auth = new AuthStory();
    final EncryptionStory encryption = new EncryptionStory();
    final Echoes echoes = new Echoes();

    /** What anybody may have asked for; another number in a Protocol-Reject is what a wrong key made of a datagram. */
    private static final Set<Integer> CONTROL = Set.of(
            PppProtocol.LCP,
            PppProtocol.PAP,
            PppProtocol.SPAP,
            PppProtocol.CHAP,
            PppProtocol.EAP,
            PppProtocol.CBCP,
            PppProtocol.LINK_QUALITY,
            PppProtocol.CCP,
            PppProtocol.IPCP,
            PppProtocol.IPV6CP,
            PppProtocol.MPLSCP);

    private final Set<Integer> rejectedByServer = new LinkedHashSet<>();
    private final List<Integer> rejectedByClient = new ArrayList<>();
    private final List<Integer> garbage = new ArrayList<>();
    private final Set<Integer> magics = new LinkedHashSet<>();
    private int reflections;
    private boolean clientAnswers;
    private @Nullable Ending ending;
    private boolean encrypted;
    private boolean up;
    private boolean upIsInferred;
    private Moment upSince = new Moment(0, Moment.NO_TIME);
    private final Set<Side> carrying = EnumSet.noneOf(Side.class);
    private boolean addressRejected;
    private @Nullable ConfigOption address;
    private @Nullable Step decisive;
    private boolean serverMovedOn;

    void packet(Step step, Fact.Packet fact) {
        int protocol = fact.protocol();
        if (step.from() == Side.SERVER && protocol != PppProtocol.LCP) {
            echoes.heard();
        }
        if (fact.missing() > 0) {
            cut(step, fact);
        }
        if (!(ControlPacket.parse(fact.octets()) instanceof ControlPacket control)) {
            return;
        }
        switch (protocol) {
            case PppProtocol.LCP -> lcp(step, control, fact.octets());
            case PppProtocol.CHAP, PppProtocol.PAP, PppProtocol.EAP -> {
                beyondLcp(step.from());
                auth.packet(step, protocol, control, fact.octets());
            }
            case PppProtocol.CCP -> {
                beyondAuthentication(step.from());
                encryption.packet(step.from(), control);
                ccp.packet(step, control, fact.octets());
                settle(step);
            }
            case PppProtocol.IPCP -> {
                beyondAuthentication(step.from());
                serverMovedOn |= step.from() == Side.SERVER && control.code() == ControlPacket.CONFIGURE_REQUEST;
                ipcp(step, control);
                ipcp.packet(step, control, fact.octets());
                settle(step);
            }
            default -> {
                // IPv6 and whatever else: the link goes on without.
            }
        }
    }

    /** Of a packet of which the capture has only the beginning: that there was one, and of which kind. */
    private void cut(Step step, Fact.Packet fact) {
        ControlPacket control = CutShort.packet(fact);
        if (control == null) {
            return;
        }
        upIsInferred |= !up;
        switch (fact.protocol()) {
            case PppProtocol.LCP -> {
                if (CutShort.isNegotiation(control.code())) {
                    lcp.cut(step, control);
                } else {
                    lcp(step, control, fact.octets());
                }
            }
            case PppProtocol.CHAP, PppProtocol.PAP, PppProtocol.EAP -> {
                beyondLcp(step.from());
                auth.cut(step, fact.protocol(), control.code());
            }
            case PppProtocol.CCP, PppProtocol.IPCP -> {
                beyondAuthentication(step.from());
                (fact.protocol() == PppProtocol.CCP ? ccp : ipcp).cut(step, control);
                settle(step);
            }
            default -> {
                // Nor would it matter, were it whole.
            }
        }
    }

    /**
     * Datagrams of one side, which has agreed to all that comes before them, whether it was recorded or not. Of both sides
     * they are a tunnel that is up.
     */
    void traffic(Step step, Side from, Tally.Cover cover) {
        if (from == Side.SERVER) {
            echoes.heard();
        }
        if (cover == Tally.Cover.ENCRYPTED && !ccp.isOpen()) {
            ccp.assumeOpen();
        }
        carrying.add(from);
        if (!up && carrying.size() == Side.values().length) {
            lcp.assumeOpen();
            auth.assumeAccepted();
            ipcp.assumeOpen();
            upIsInferred = true;
            assumeUp(step.at());
        }
    }

    /** Whether nothing of what comes before a tunnel was recorded. */
    boolean isUntold() {
        return !up
                && Stream.of(lcp, ccp, ipcp).noneMatch(each -> each.heard(Side.CLIENT) || each.heard(Side.SERVER))
                && !auth.isBegun();
    }

    /** Its negotiation was not recorded, or not all of it: the client does not go on before it is complete. */
    private void beyondLcp(Side from) {
        boolean unheard = !lcp.heard(Side.CLIENT) && !lcp.heard(Side.SERVER);
        if (unheard || (from == Side.CLIENT && !lcp.wasOpen())) {
            if (!lcp.clientAgreed()) {
                auth.assumeAgreed();
            }
            lcp.assumeOpen();
        }
    }

    /** A log says that encryption is agreed on, without the packets. */
    void assumeEncrypted() {
        beyondAuthentication(Side.SERVER);
        encrypted = true;
    }

    /** A log says that it is up, without the packets. */
    void assumeUp(Moment at) {
        if (!up) {
            up = true;
            upSince = at;
        }
    }

    private void beyondAuthentication(Side from) {
        beyondLcp(from);
        boolean unheard = auth.agreed() == null || auth.method() == null || auth.isMutual();
        if (auth.refusedBy() == null && !auth.isAccepted() && (unheard || from == Side.CLIENT)) {
            auth.assumeAccepted();
        }
    }

    private void settle(Step step) {
        if (!up && ipcp.isOpen() && isSettled()) {
            up = true;
            upSince = step.at();
        }
    }

    /** Whether encryption is agreed on, or nobody wants any. */
    boolean isSettled() {
        return ccp.isOpen()
                || encrypted
                || rejectedByServer.contains(PppProtocol.CCP)
                || rejectedByClient.contains(PppProtocol.CCP)
                || (!ccp.heard(Side.CLIENT) && ipcp.heard(Side.CLIENT));
    }

    private void lcp(Step step, ControlPacket control, ByteBuf octets) {
        clientAnswers |= step.from() == Side.CLIENT
                && control.code() != ControlPacket.CONFIGURE_REQUEST
                && control.code() != ControlPacket.TERMINATE_REQUEST;
        switch (control.code()) {
            case ControlPacket.TERMINATE_REQUEST -> terminated(step, control);
            case ControlPacket.PROTOCOL_REJECT -> protocolRejected(step, control);
            case ControlPacket.ECHO_REQUEST -> {
                if (step.from() == Side.CLIENT) {
                    echoes.asked(step);
                }
            }
            case ControlPacket.ECHO_REPLY -> {
                if (step.from() == Side.SERVER) {
                    echoes.answered();
                }
            }
            case ControlPacket.CONFIGURE_REQUEST,
                    ControlPacket.CONFIGURE_ACK,
                    ControlPacket.CONFIGURE_NAK,
                    ControlPacket.CONFIGURE_REJECT -> {
                auth.negotiation(step.from(), control);
                loop(step, control);
                lcp.packet(step, control, octets);
            }
            default -> {
                // Identification and the like.
            }
        }
    }

    /** The client's own number in a request of the server's. */
    private void loop(Step step, ControlPacket control) {
        if (control.code() != ControlPacket.CONFIGURE_REQUEST) {
            return;
        }
        for (ConfigOption option : Dialogue.options(control)) {
            if (option.type() == LcpOption.MAGIC && option.valueLength() == 4) {
                if (step.from() == Side.CLIENT) {
                    magics.add(option.intValue());
                } else if (magics.contains(option.intValue())) {
                    reflections++;
                }
            }
        }
    }

    private void terminated(Step step, ControlPacket control) {
        boolean server = step.from() == Side.SERVER;
        end(new Ending(server ? Ending.Kind.SERVER_LINK : Ending.Kind.CLIENT, step, PeerText.escape(control.data())));
    }

    private void protocolRejected(Step step, ControlPacket control) {
        ByteBuf data = control.data();
        if (data.readableBytes() < 2) {
            return;
        }
        int protocol = data.getUnsignedShort(data.readerIndex());
        if (step.from() == Side.CLIENT) {
            rejectedByClient.add(protocol);
            return;
        }
        boolean negotiated = CONTROL.contains(protocol);
        if (!negotiated && (ccp.wasOpen() || protocol == PppProtocol.COMPRESSED)) {
            garbage.add(protocol);
            decisive = step;
        } else {
            rejectedByServer.add(protocol);
            decisive = step;
        }
    }

    private void ipcp(Step step, ControlPacket control) {
        for (ConfigOption option : Dialogue.options(control)) {
            if (option.type() == IpcpOption.ADDRESS && option.valueLength() == 4) {
                boolean rejects = step.from() == Side.SERVER && control.code() == ControlPacket.CONFIGURE_REJECT;
                addressRejected |= rejects;
                if (step.from() == Side.SERVER
                        && (control.code() == ControlPacket.CONFIGURE_ACK
                                || control.code() == ControlPacket.CONFIGURE_NAK)) {
                    address = option;
                }
            }
        }
    }

    /** What the client still says: why it left, where it left by the control connection; and what it had not yet answered. */
    void afterwards(Fact.Packet fact) {
        if (ending == null || !(ControlPacket.parse(fact.octets()) instanceof ControlPacket control)) {
            return;
        }
        if (fact.protocol() == PppProtocol.CCP) {
            encryption.packet(Side.CLIENT, control);
        } else if (fact.protocol() == PppProtocol.LCP
                && control.code() == ControlPacket.TERMINATE_REQUEST
                && ending.kind() == Ending.Kind.CLIENT
                && ending.said().isEmpty()) {
            ending = new Ending(Ending.Kind.CLIENT, ending.step(), PeerText.escape(control.data()));
        }
    }

    /** What ended it, unless something else has before. Why its line went away may be told later. */
    void end(Ending how) {
        Ending before = ending;
        boolean why = how.kind() == Ending.Kind.SERVER_CONTROL || how.kind() == Ending.Kind.SERVER_TCP;
        if (before == null || (before.kind() == Ending.Kind.HANGUP && why)) {
            ending = how;
        }
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    /** How far it had come. */
    LinkFailure.Reached reached() {
        if (up) {
            return LinkFailure.Reached.UP;
        }
        if (!lcp.wasOpen() && !lcp.isOpen() && !auth.isAccepted()) {
            return LinkFailure.Reached.ESTABLISHING;
        }
        if (!auth.isAccepted()) {
            return LinkFailure.Reached.AUTHENTICATING;
        }
        return isSettled() ? LinkFailure.Reached.ADDRESSING : LinkFailure.Reached.ENCRYPTING;
    }

    /** Whether it is known that nobody wanted encryption. */
    boolean isSettledWithout() {
        return isSettled() && !ccp.isOpen();
    }

    boolean isUp() {
        return up;
    }

    /** Whether what brought it up was not recorded, and follows from what it carried. */
    boolean isUpInferred() {
        return upIsInferred;
    }

    Moment upSince() {
        return upSince;
    }

    Set<Integer> rejectedByServer() {
        return rejectedByServer;
    }

    List<Integer> rejectedByClient() {
        return rejectedByClient;
    }

    /** Protocols that the server rejects and nobody negotiated. */
    List<Integer> garbage() {
        return garbage;
    }

    /** Whether the client has answered anything of the server's. */
    boolean clientAnswers() {
        return clientAnswers;
    }

    int reflections() {
        return reflections;
    }

    boolean addressRejected() {
        return addressRejected;
    }

    /** The address that the server gives; null where it names none. */
    @Nullable
    ConfigOption address() {
        return address;
    }

    /** Whether the server has begun with addresses. */
    boolean serverMovedOn() {
        return serverMovedOn;
    }

    @Nullable
    Step decisive() {
        return decisive;
    }
}
