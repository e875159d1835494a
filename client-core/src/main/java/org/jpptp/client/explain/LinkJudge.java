package org.jpptp.client.explain;

import java.net.Inet4Address;
import java.util.EnumSet;
import java.util.List;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.explain.evidence.Call;
import org.jpptp.client.explain.evidence.Gre;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.ppp.AddressFailure;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.LinkFailure;
import org.jpptp.ppp.LinkFailure.Reached;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.link.EncryptionDemand;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** The part of the verdict that is about PPP: the facts that the engine would have failed with. */
final class LinkJudge {
    /** So many of the client's own requests come back on a line that is looped. */
    private static final int REFLECTIONS = 3;
    /** LCP Echo-Requests in a row that make a link count as lost. */
    private static final int ECHOES = 3;

    private static final int RENEGOTIATIONS = 20;
    /** What our own client says where the keys had worked before. */
    private static final String OUT_OF_STEP = "out of step";

    private final Story story;
    private final LinkStory link;
    private final Judge judge;
    private final PolicySettings policy;
    private final MppePolicy mppe;

    LinkJudge(Story story, Judge judge, PolicySettings policy) {
        this.story = story;
        this.link = story.link;
        this.judge = judge;
        this.policy = policy;
        this.mppe = policy.mppe();
    }

    /** Null where the link has no word on it. */
    @Nullable
    PppFailure failure() {
        Gre.Count server = story.call.gre().of(Side.SERVER);
        if (server.payloads + server.acknowledgements == 0 && story.call.source() == Call.Source.CAPTURE) {
            return null;
        }
        Ending ending = link.ending();
        String said = ending == null ? "" : ending.said();
        PppFailure plain =
                switch (ending == null ? Ending.Kind.NONE : ending.kind()) {
                    case SERVER_LINK -> serverEnds(said);
                    case SERVER_CONTROL, SERVER_TCP, HANGUP -> definite();
                    case CLIENT -> clientEnds(said);
                    case NONE -> recordEnds();
                };
        return plain;
    }

    /** The server's Terminate-Request: what for depends on what was going on. */
    private PppFailure serverEnds(String said) {
        PppFailure definite = definite();
        if (definite != null) {
            return definite;
        }
        Reached reached = story.isHeadless() ? Reached.UP : link.reached();
        LinkFailure.PeerTerminated terminated =
                new LinkFailure.PeerTerminated(reached, List.copyOf(link.rejectedByClient()), said);
        if (reached == Reached.ESTABLISHING || reached == Reached.AUTHENTICATING) {
            return terminated;
        }
        boolean encrypted = link.ccp.wasOpen();
        if (!mppe.required() && !encrypted) {
            PppFailure demanded = demanded(reached, said);
            return demanded == null ? terminated : demanded;
        }
        if (mppe.required()
                && reached != Reached.UP
                && !link.ccp.heard(Side.SERVER)
                && EncryptionDemand.mayMeanIt(said)) {
            judge.prove(link.auth.verdict());
            return new EncryptionFailure.EndedBeforeCcp(said);
        }
        if (mppe.required() && !encrypted && link.encryption.insists()) {
            judge.prove(link.ccp.last(Side.SERVER)); // and both gave up at the same time
            return insisted(link.encryption.terms(mppe));
        }
        if (mppe.required() && !encrypted && !link.encryption.offers().isEmpty()) {
            judge.prove(link.ccp.last(Side.SERVER));
            return new EncryptionFailure.LinkTerminatedInstead(said, link.encryption.terms(mppe));
        }
        boolean unseen = story.call.source() == Call.Source.LOG
                && !link.encryption.wantedByServer().isEmpty()
                && EncryptionDemand.means(said);
        if (mppe.required() && !encrypted && reached != Reached.UP && unseen) {
            judge.prove(link.ccp.last(Side.SERVER)); // the client's refusal came too late for the server's log
            return new EncryptionFailure.LinkTerminatedInstead(said, link.encryption.demanded(mppe));
        }
        return terminated;
    }

    private PppFailure insisted(EncryptionFailure.Terms terms) {
        boolean none = terms.offered().isEmpty() && link.encryption.serverAskedForNone();
        return new EncryptionFailure.EncryptionRefused(
                none ? EncryptionFailure.How.NONE_ASKED : EncryptionFailure.How.OTHER_ASKED, terms);
    }

    private @Nullable PppFailure demanded(Reached reached, String said) {
        boolean asked = !link.encryption.wantedByServer().isEmpty();
        boolean means =
                EncryptionDemand.means(said) || (asked && !link.serverMovedOn() && EncryptionDemand.mayMeanIt(said));
        if (reached == Reached.UP || !means) {
            return null;
        }
        judge.prove(link.ccp.last(Side.SERVER));
        return new EncryptionFailure.EncryptionDemanded(said, link.encryption.demanded(mppe));
    }

    /** What the server has said, after which there is nothing to wait for. */
    private @Nullable PppFailure definite() {
        if (link.reflections() >= REFLECTIONS && !link.lcp.wasOpen()) {
            return new LinkFailure.Looped(LinkFailure.Reflection.CONFIGURE_REQUESTS, link.reflections());
        }
        if (link.lcp.reopened() > RENEGOTIATIONS) {
            return new LinkFailure.LcpRenegotiated(link.lcp.reopened());
        }
        if (!link.lcp.isOpen() && !link.auth.refused().isEmpty() && !link.auth.isAccepted()) {
            judge.prove(link.lcp.last(Side.SERVER));
            return new AuthFailure.MethodRefused(List.copyOf(link.auth.refused()), sorted(), mppe.required());
        }
        PppFailure refused = link.auth.refusedBy();
        if (refused != null) {
            judge.prove(link.auth.verdict());
            return refused;
        }
        if (link.rejectedByServer().contains(PppProtocol.LCP)) {
            judge.prove(link.decisive());
            return new LinkFailure.LcpRejected();
        }
        if (link.auth.agreed() != null
                && link.rejectedByServer().contains(link.auth.agreed().number())
                && !link.auth.isAccepted()) {
            judge.prove(link.decisive());
            return new AuthFailure.ProtocolRejected(link.auth.agreed());
        }
        return definiteOfNetwork();
    }

    private List<AuthMethod> sorted() {
        return policy.auth().stream()
                .filter(method -> method.yieldsKeys() || !mppe.required())
                .sorted()
                .toList();
    }

    private @Nullable PppFailure definiteOfNetwork() {
        if (link.rejectedByServer().contains(PppProtocol.CCP)
                && mppe.required()
                && (!link.isUp() || link.ending() != null)) {
            judge.prove(link.decisive());
            return new EncryptionFailure.EncryptionRefused(
                    EncryptionFailure.How.CCP_REJECTED, link.encryption.terms(mppe));
        }
        if (link.rejectedByServer().contains(PppProtocol.IPCP)) {
            judge.prove(link.decisive());
            return link.ipcp.wasOpen()
                    ? new LinkFailure.IpcpRejected()
                    : new AddressFailure.AddressesRefused(AddressFailure.How.IPCP_REJECTED);
        }
        String ccpEnded = link.ccp.serverEnded();
        if (ccpEnded != null && (mppe.required() || link.ccp.wasOpen())) {
            judge.prove(link.ccp.last(Side.SERVER));
            return new EncryptionFailure.CcpTerminated(ccpEnded, link.encryption.terms(mppe));
        }
        String ipcpEnded = link.ipcp.serverEnded();
        if (ipcpEnded != null) {
            judge.prove(link.ipcp.last(Side.SERVER));
            return link.ipcp.wasOpen()
                    ? new LinkFailure.IpcpTerminated(ipcpEnded)
                    : new AddressFailure.IpcpRefused(ipcpEnded);
        }
        if (link.garbage().size() >= 3) {
            judge.prove(link.decisive());
            return link.garbage().contains(PppProtocol.COMPRESSED)
                    ? new EncryptionFailure.EncryptionRefused(
                            EncryptionFailure.How.PACKETS_REJECTED, link.encryption.terms(mppe))
                    : garbage(List.copyOf(link.garbage().subList(0, 3)));
        }
        Judge.Check check = judge.check();
        return check != null && check.nothingDecrypts() && link.ccp.wasOpen()
                ? new EncryptionFailure.NothingDecrypts()
                : null;
    }

    /** The client gave up, for what the server said or did not say. */
    private @Nullable PppFailure clientEnds(String said) {
        PppFailure definite = definite();
        if (definite != null) {
            return definite;
        }
        if (judge.byUser(said) || (link.isUp() && !lost(said))) {
            return ofKeys(said);
        }
        return inVain();
    }

    /** What our own client says of keys in its Terminate-Request. */
    private @Nullable PppFailure ofKeys(String said) {
        if (!link.ccp.wasOpen()) {
            return null;
        }
        return switch (said) {
            case "keys differ" -> new EncryptionFailure.NothingDecrypts();
            case OUT_OF_STEP -> new EncryptionFailure.OutOfStep(List.of());
            default -> null;
        };
    }

    private PppFailure garbage(List<Integer> protocols) {
        Ending ending = link.ending();
        return ending != null
                        && ending.kind() == Ending.Kind.CLIENT
                        && ending.said().equals(OUT_OF_STEP)
                ? new EncryptionFailure.OutOfStep(protocols)
                : new EncryptionFailure.GarbageRejected(protocols);
    }

    /** So many echoes are missing, or so few as the client was told to put up with. */
    private boolean lost(String said) {
        return link.echoes.unanswered() >= ECHOES || (link.echoes.unanswered() > 0 && said.equals("link lost"));
    }

    private @Nullable PppFailure recordEnds() {
        PppFailure definite = definite();
        if (definite != null) {
            return definite;
        }
        if (link.isUp()) {
            return lost("") ? inVain() : null;
        }
        boolean logged = story.call.source() == Call.Source.LOG && gaveUp();
        return judge.silent() || logged ? inVain() : null;
    }

    /** What a log says where its program gave up. */
    private boolean gaveUp() {
        return story.says("timeout sending")
                || story.says("terminated")
                || story.says("peer refused")
                || story.says("peer not responding")
                || story.says("timeout: state reqsent")
                || story.says("mppe required");
    }

    /** What was waited for, or not agreed on, where the client gave up. */
    private @Nullable PppFailure inVain() {
        return switch (link.reached()) {
            case ESTABLISHING -> establishing();
            case AUTHENTICATING -> {
                judge.prove(link.auth.verdict());
                yield link.auth.agreed() == null ? null : link.auth.silence();
            }
            case ENCRYPTING -> encrypting();
            case ADDRESSING -> addressing();
            case UP ->
                new LinkFailure.EchoLost(
                        link.echoes.unanswered(),
                        link.echoes.everAnswered() ? LinkFailure.Echoes.ANSWERED : LinkFailure.Echoes.NEVER_ANSWERED);
        };
    }

    private @Nullable PppFailure establishing() {
        if (link.lcp.clientRequests() == 0) {
            return null;
        }
        judge.prove(link.lcp.last(Side.CLIENT));
        judge.prove(link.lcp.last(Side.SERVER));
        return link.lcp.heard(Side.SERVER)
                ? new LinkFailure.LcpNotConverging(link.lcp.seen())
                : new LinkFailure.LcpTimeout(link.lcp.seen());
    }

    private @Nullable PppFailure encrypting() {
        Step last = link.ccp.last(Side.SERVER);
        boolean clientAsked = link.ccp.heard(Side.CLIENT);
        if (!clientAsked && !link.ccp.heard(Side.SERVER) && !link.ipcp.heard(Side.CLIENT) && !story.says("mppe")) {
            // It left at once after the server's word on the password: it did not believe it.
            judge.prove(link.auth.verdict());
            boolean mutual = link.auth.method() != null
                    && (link.auth.method() == AuthMethod.MSCHAPV2 || link.auth.method() == AuthMethod.EAP_MSCHAPV2);
            return mutual && !story.call.isLackingNegotiation() ? link.auth.proof() : null;
        }
        judge.prove(last);
        judge.prove(link.ccp.last(Side.CLIENT));
        if (story.call.source() == Call.Source.LOG && !clientAsked && !link.ccp.heard(Side.SERVER)) {
            return inWords();
        }
        EncryptionFailure.Terms terms = link.encryption.terms(mppe);
        boolean gaveUp =
                story.call.source() == Call.Source.LOG && terms.offered().isEmpty();
        if (gaveUp && !link.encryption.wantedByServer().isEmpty()) {
            return new EncryptionFailure.EncryptionRefused(
                    EncryptionFailure.How.OTHER_ASKED, link.encryption.demanded(mppe));
        }
        if (link.encryption.allRejected()) {
            return new EncryptionFailure.MppeRejected(link.encryption.rejected(), terms);
        }
        if (!link.ccp.heard(Side.SERVER)) {
            return new EncryptionFailure.CcpTimeout(link.ccp.seen(), mppe);
        }
        if ((link.ccp.serverAgreed() && !link.ccp.clientAgreed()) || link.encryption.insists()) {
            return insisted(terms);
        }
        return new EncryptionFailure.CcpNotConverging(link.ccp.seen(), terms);
    }

    /** A log without packets: what the program says is all there is. */
    private PppFailure inWords() {
        if (story.says("refusing mppe stateful")) {
            MppeOffer stateful = MppeOffer.of(EnumSet.of(MppeStrength.BITS_128), MppeMode.STATEFUL);
            return new EncryptionFailure.EncryptionRefused(
                    EncryptionFailure.How.OTHER_ASKED,
                    new EncryptionFailure.Terms(MppePolicy.REQUIRE_128_STATELESS, List.of(stateful), stateful));
        }
        return new EncryptionFailure.EncryptionRefused(
                EncryptionFailure.How.CCP_REJECTED,
                new EncryptionFailure.Terms(MppePolicy.REQUIRE_128_STATELESS, List.of(), null));
    }

    private PppFailure addressing() {
        judge.prove(link.ipcp.last(Side.SERVER));
        judge.prove(link.ipcp.last(Side.CLIENT));
        if (link.addressRejected()) {
            return new AddressFailure.AddressesRefused(AddressFailure.How.REQUEST_REJECTED);
        }
        ConfigOption address = link.address();
        if (address != null && absurd(address.addressValue())) {
            return new AddressFailure.AddressAbsurd(address.addressValue());
        }
        if (link.ipcp.isOpen()) {
            return new AddressFailure.AddressesRefused(AddressFailure.How.NONE_NAMED);
        }
        return link.ipcp.heard(Side.SERVER)
                ? new AddressFailure.IpcpNotConverging(link.ipcp.seen())
                : new AddressFailure.IpcpTimeout(link.ipcp.seen());
    }

    private static boolean absurd(Inet4Address address) {
        return address.isLoopbackAddress()
                || address.isMulticastAddress()
                || (address.getAddress()[0] & 0xff) >= 240
                || ((address.getAddress()[0] & 0xff) == 0 && !address.isAnyLocalAddress());
    }
}
