package org.jpptp.client.explain;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.ppp.AuthDemand;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.MsChapSuccess;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** What a record shows of authentication: what was asked for, who proved what, and the verdict. */
final class AuthStory {
    /** What a server asks for that lets in whom it could not make prove anything. */
    private static final AuthDemand NOTHING = new AuthDemand("no authentication", null, null);

    private static final int IDENTITY = 1;
    private static final int NAK = 3;
    private static final int MD5 = 4;
    private static final int MSCHAPV2 = 26;

    private final Set<AuthDemand> refused = new LinkedHashSet<>();
    private final Set<AuthDemand> suggested = new LinkedHashSet<>();
    private final Set<AuthDemand> eapProposed = new LinkedHashSet<>();
    private @Nullable ConfigOption demanded;
    private @Nullable AuthProtocol agreed;
    private String user = "";
    private int answers;
    private int challenges;
    private int eapType;
    private boolean serverProved;
    private boolean mutual;
    private boolean accepted;
    private @Nullable AuthMethod method;
    private @Nullable Refusal refusal;
    private @Nullable Step verdict;
    private @Nullable String successText;
    private String message = "";

    /** LCP's option 3 goes to and fro. */
    void negotiation(Side from, ControlPacket packet) {
        ConfigOption option = option(packet);
        switch (packet.code()) {
            case ControlPacket.CONFIGURE_REQUEST -> {
                if (from == Side.SERVER) {
                    demanded = option;
                    if (option == null && !refused.isEmpty()) {
                        refused.add(NOTHING); // nor is that taken, unless it is acknowledged
                    }
                }
            }
            case ControlPacket.CONFIGURE_NAK, ControlPacket.CONFIGURE_REJECT -> {
                if (from == Side.CLIENT && option != null && demanded != null) {
                    refused.add(LcpOption.demand(demanded));
                    if (packet.code() == ControlPacket.CONFIGURE_NAK) {
                        suggested.add(LcpOption.demand(option));
                    }
                }
            }
            case ControlPacket.CONFIGURE_ACK -> {
                if (from == Side.CLIENT) {
                    agreed = option == null ? null : LcpOption.protocol(option).orElse(null);
                    refused.clear();
                }
            }
            default -> {
                // Says nothing of it.
            }
        }
    }

    private static @Nullable ConfigOption option(ControlPacket packet) {
        for (ConfigOption option : Dialogue.options(packet)) {
            if (option.type() == LcpOption.AUTHENTICATION) {
                return option;
            }
        }
        return null;
    }

    /** A packet of one of the protocols. */
    void packet(Step step, int protocol, ControlPacket control, ByteBuf octets) {
        switch (protocol) {
            case PppProtocol.CHAP -> chap(step, octets);
            case PppProtocol.PAP -> pap(step, control);
            case PppProtocol.EAP -> eap(step, control);
            default -> {
                // Nobody knows it.
            }
        }
    }

    /** A packet of which only the code is known. */
    void cut(Step step, int protocol, int code) {
        switch (protocol == PppProtocol.PAP ? code + 1 : code) { // PAP has no challenge
            case ChapPacket.CHALLENGE -> challenges++;
            case ChapPacket.RESPONSE -> answers++;
            case ChapPacket.SUCCESS -> accept(step);
            case ChapPacket.FAILURE -> {
                if (!accepted) {
                    Refusal.Verdict plain = protocol == PppProtocol.EAP ? eapVerdict() : Refusal.Verdict.CHAP_FAILURE;
                    Refusal.Verdict how = protocol == PppProtocol.PAP ? Refusal.Verdict.PAP_NAK : plain;
                    refusal = new Refusal(how, shownUser(), 0, "");
                    verdict = step;
                }
            }
            default -> {
                // Nobody knows it.
            }
        }
    }

    private void chap(Step step, ByteBuf octets) {
        ChapPacket packet = ChapPacket.parse(octets);
        if (packet instanceof ChapPacket.Challenge challenge) {
            challenges++;
            method = method == null ? method(challenge.value().length) : method;
        } else if (packet instanceof ChapPacket.Response response) {
            answers++;
            user = text(response.name());
            refusal = null;
            method = agreedOr(response.value().length == 49 ? method(16) : method);
        } else if (packet instanceof ChapPacket.Success success) {
            successText = text(success.message());
            MsChapSuccess proof = MsChapSuccess.parse(success.message());
            message = proof == null ? successText : proof.message();
            accept(step);
        } else if (packet instanceof ChapPacket.Failure failure && !accepted) {
            refusal = refusal(failure.message());
            verdict = step;
        }
    }

    private Refusal refusal(byte[] message) {
        boolean plain = agreed == AuthProtocol.CHAP_MD5 || method == AuthMethod.CHAP_MD5;
        return plain
                ? new Refusal(Refusal.Verdict.CHAP_FAILURE, shownUser(), 0, PeerText.escape(message))
                : MsChapFailure.parse(message).refusal(shownUser());
    }

    /** Where LCP was not recorded, the length of the challenge tells: RFC 2433 has 8 octets, RFC 2759 16. */
    private @Nullable AuthMethod method(int challenge) {
        AuthMethod guess = challenge == 8 ? AuthMethod.MSCHAPV1 : AuthMethod.MSCHAPV2;
        return agreedOr(guess);
    }

    private @Nullable AuthMethod agreedOr(@Nullable AuthMethod guess) {
        if (agreed == null) {
            return guess;
        }
        return switch (agreed) {
            case MSCHAPV2 -> AuthMethod.MSCHAPV2;
            case MSCHAPV1 -> AuthMethod.MSCHAPV1;
            case CHAP_MD5 -> AuthMethod.CHAP_MD5;
            case PAP -> AuthMethod.PAP;
            case EAP, SPAP -> guess;
        };
    }

    private void pap(Step step, ControlPacket control) {
        ByteBuf data = control.data();
        method = AuthMethod.PAP;
        switch (control.code()) {
            case 1 -> {
                answers++;
                user = counted(data);
            }
            case 2 -> {
                message = counted(data);
                accept(step);
            }
            case 3 -> {
                refusal = new Refusal(Refusal.Verdict.PAP_NAK, shownUser(), 0, PeerText.escape(counted(data)));
                verdict = step;
            }
            default -> {
                // RFC 1334 has three.
            }
        }
    }

    private static String counted(ByteBuf data) {
        int at = data.readerIndex();
        if (!data.isReadable() || data.getUnsignedByte(at) >= data.readableBytes()) {
            return "";
        }
        return text(ByteBufUtil.getBytes(data, at + 1, data.getUnsignedByte(at)));
    }

    private void eap(Step step, ControlPacket control) {
        ByteBuf data = control.data();
        int type = data.isReadable() ? data.getUnsignedByte(data.readerIndex()) : 0;
        switch (control.code()) {
            case 1 -> request(type, data);
            case 2 -> response(type, data);
            case 3 -> accept(step);
            case 4 -> {
                if (!accepted) {
                    refusal = refusal == null ? new Refusal(eapVerdict(), shownUser(), 0, "") : refusal;
                    verdict = step;
                }
            }
            default -> {
                // RFC 2284 has four.
            }
        }
    }

    private Refusal.Verdict eapVerdict() {
        if (serverProved) {
            return Refusal.Verdict.EAP_FAILURE_AFTER_PROOF;
        }
        return eapType == 0 ? Refusal.Verdict.EAP_FAILURE_UNASKED : Refusal.Verdict.EAP_FAILURE;
    }

    private void request(int type, ByteBuf data) {
        challenges++;
        if (type == MSCHAPV2 && data.readableBytes() > 5) {
            eapType = type;
            int op = data.getUnsignedByte(data.readerIndex() + 1);
            if (op == ChapPacket.SUCCESS) {
                serverProved = true;
                MsChapSuccess proof = MsChapSuccess.parse(
                        ByteBufUtil.getBytes(data, data.readerIndex() + 5, data.readableBytes() - 5));
                message = proof == null ? "" : proof.message();
            } else if (op == ChapPacket.FAILURE) {
                byte[] message = ByteBufUtil.getBytes(data, data.readerIndex() + 5, data.readableBytes() - 5);
                MsChapFailure failure = MsChapFailure.parse(message);
                refusal = new Refusal(
                        Refusal.Verdict.FAILURE_INSIDE_EAP,
                        shownUser(),
                        failure.error(),
                        PeerText.escape(failure.message()));
            }
        } else if (type > NAK) {
            eapType = type;
        }
    }

    private void response(int type, ByteBuf data) {
        if (type == IDENTITY) {
            user = text(ByteBufUtil.getBytes(data, data.readerIndex() + 1, data.readableBytes() - 1));
            return;
        }
        answers++;
        if (type == NAK) {
            eapProposed.add(eapDemand(eapType));
            eapType = 0;
        } else if (type == MSCHAPV2) {
            method = AuthMethod.EAP_MSCHAPV2;
            mutual |= serverProved;
        } else if (type == MD5) {
            method = AuthMethod.EAP_MD5;
        }
    }

    private static AuthDemand eapDemand(int type) {
        return switch (type) {
            case MD5 -> new AuthDemand("EAP-MD5", null, AuthMethod.EAP_MD5);
            case MSCHAPV2 -> new AuthDemand("EAP-MS-CHAPv2", null, AuthMethod.EAP_MSCHAPV2);
            case 13 -> new AuthDemand("EAP-TLS (type 13)", null, null);
            case 25 -> new AuthDemand("PEAP (type 25)", null, null);
            default -> new AuthDemand("EAP type " + type, null, null);
        };
    }

    private void accept(Step step) {
        accepted = true;
        refusal = null;
        verdict = step;
    }

    /** What the server said as it accepted it, without its proof; escaped. */
    String message() {
        return PeerText.escape(message);
    }

    /** Later packets show that the client took what the server asked for last. */
    void assumeAgreed() {
        if (demanded != null) {
            agreed = LcpOption.protocol(demanded).orElse(null);
            refused.clear();
        }
    }

    /** Later packets show that it must have been complete. */
    void assumeAccepted() {
        accepted = true;
        refusal = null;
    }

    /** Whether anything of it was recorded. */
    boolean isBegun() {
        return challenges + answers > 0 || verdict != null || refusal != null;
    }

    /** Whether the client has taken the server's proof inside EAP: pppd's log shows no EAP-Success of its own. */
    boolean isMutual() {
        return mutual;
    }

    boolean isAccepted() {
        return accepted;
    }

    @Nullable
    AuthMethod method() {
        return method;
    }

    @Nullable
    AuthProtocol agreed() {
        return agreed;
    }

    String user() {
        return user;
    }

    /** The same for sentences. */
    String shownUser() {
        return user.isEmpty() ? "(not shown)" : user;
    }

    @Nullable
    Step verdict() {
        return verdict;
    }

    Set<AuthDemand> refused() {
        return refused;
    }

    /** The methods that the client would have. */
    List<AuthMethod> wanted() {
        return suggested.stream()
                .map(AuthDemand::method)
                .filter(each -> each != null)
                .distinct()
                .sorted()
                .toList();
    }

    /** What became of it where the server refused; null where it did not. */
    @Nullable
    PppFailure refusedBy() {
        Refusal against = refusal;
        if (against == null) {
            return null;
        }
        boolean overMethods = eapType == 0 && !eapProposed.isEmpty() && against.verdict() != Refusal.Verdict.PAP_NAK;
        return overMethods
                ? new AuthFailure.EapMethodRefused(List.copyOf(eapProposed), List.of(AuthMethod.EAP_MSCHAPV2))
                : against.failure();
    }

    /** What the client waited for, where nobody has judged. */
    PppFailure silence() {
        if (agreed == AuthProtocol.EAP) {
            return new AuthFailure.AuthTimeout(
                    challenges == 0 ? AuthFailure.Awaited.EAP_REQUEST : AuthFailure.Awaited.EAP_VERDICT, challenges);
        }
        if (agreed == AuthProtocol.PAP) {
            return new AuthFailure.AuthTimeout(AuthFailure.Awaited.PAP_VERDICT, answers);
        }
        return new AuthFailure.AuthTimeout(
                answers == 0 ? AuthFailure.Awaited.CHALLENGE : AuthFailure.Awaited.CHAP_VERDICT, answers);
    }

    /** The client left as soon as the server had accepted it. */
    PppFailure proof() {
        String text = successText;
        boolean carriesProof = text != null && text.matches("(?s)S=[0-9A-Fa-f]{40}.*");
        return carriesProof
                ? new AuthFailure.ProofWrong()
                : new AuthFailure.ProofMissing(PeerText.escape(text == null ? "" : text));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
