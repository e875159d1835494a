package org.jpptp.client.explain;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.diagnosis.Weaknesses;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.client.explain.evidence.Step;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppeOffer;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.ipcp.IpcpOption;
import org.jpptp.ppp.lcp.LcpOption;
import org.jpptp.ppp.text.PeerText;
import org.jpptp.ppp.wire.ConfigOption;
import org.jspecify.annotations.Nullable;

/** What was agreed on in a record, told as a client of ours would have told it, each once. */
final class Milestones {
    private static final int PPTP_PORT = 1723;
    private static final int SUCCESS = 1;

    private enum Of {
        SERVER,
        CALL,
        LINK,
        IDENTITY,
        ENCRYPTION,
        ADDRESSES
    }

    private final Map<Of, TunnelEvent> told = new EnumMap<>(Of.class);
    private final List<Of> order = new ArrayList<>();
    private @Nullable Moment before;
    private PppEvent.@Nullable EncryptionSettled settled;
    private Duration identityTook = Duration.ZERO;

    /** A step was taken. */
    void after(Step step, Story story) {
        if (before == null) {
            before = step.at();
        }
        for (Of each : Of.values()) {
            if (!order.contains(each)) {
                look(each, step, story);
            }
        }
    }

    private void look(Of which, Step step, Story story) {
        Duration took = took(step.at());
        if (which == Of.IDENTITY) {
            if (story.link.auth.isAccepted() && step.equals(story.link.auth.verdict())) {
                identityTook = took;
                reached(Of.IDENTITY, step);
            }
            return;
        }
        TunnelEvent event =
                switch (which) {
                    case SERVER -> server(story, took);
                    case CALL -> call(story, took);
                    case LINK -> link(story, took);
                    case ENCRYPTION -> encryption(story, took);
                    case ADDRESSES -> addresses(story, took);
                    case IDENTITY -> null;
                };
        if (event != null) {
            told.put(which, event);
            reached(which, step);
        }
    }

    private void reached(Of which, Step step) {
        order.add(which);
        before = step.at();
    }

    private Duration took(Moment at) {
        Moment since = before;
        return since == null || !since.isTimed() || !at.isTimed() || at.nanos() < since.nanos()
                ? Duration.ZERO
                : Duration.ofNanos(at.nanos() - since.nanos());
    }

    /** In their order; who was proven is known at the end only. */
    List<TunnelEvent> all(Story story) {
        if (settled == null && story.link.isSettledWithout() && story.link.ipcp.heard(Side.CLIENT)) {
            settled = new PppEvent.EncryptionSettled(null, null);
            told.put(Of.ENCRYPTION, new TunnelEvent.EncryptionSettled(null, null, Duration.ZERO));
            int last = order.indexOf(Of.ADDRESSES);
            order.add(last < 0 ? order.size() : last, Of.ENCRYPTION);
        }
        List<TunnelEvent> all = new ArrayList<>();
        for (Of each : order) {
            TunnelEvent event = each == Of.IDENTITY ? identity(story) : told.get(each);
            if (event != null) {
                all.add(event);
            }
        }
        return all;
    }

    private static @Nullable TunnelEvent server(Story story, Duration took) {
        var reply = story.control.startReply();
        Inet4Address address = Judge.address(story.call.server());
        return reply == null || reply.resultCode() != SUCCESS || address == null
                ? null
                : new TunnelEvent.ServerAnswered(
                        address,
                        PPTP_PORT,
                        PeerText.escape(reply.vendor()),
                        PeerText.escape(reply.hostName()),
                        reply.firmware(),
                        took);
    }

    private static @Nullable TunnelEvent call(Story story, Duration took) {
        var reply = story.control.callReply();
        return reply == null || reply.resultCode() != SUCCESS
                ? null
                : new TunnelEvent.CallEstablished(reply.peerCallId(), reply.callId(), reply.connectSpeed(), took);
    }

    private static @Nullable TunnelEvent link(Story story, Duration took) {
        Dialogue lcp = story.link.lcp;
        if (!lcp.isTold()) {
            return null;
        }
        return new TunnelEvent.LinkOpened(
                mru(lcp.ofClient()),
                mru(lcp.ofServer()),
                option(lcp.ofClient(), LcpOption.MAGIC) != null,
                option(lcp.ofServer(), LcpOption.PFC) != null,
                option(lcp.ofServer(), LcpOption.ACFC) != null,
                took);
    }

    private static int mru(List<ConfigOption> options) {
        ConfigOption mru = option(options, LcpOption.MRU);
        return mru == null || mru.valueLength() != Short.BYTES ? LcpOption.DEFAULT_MRU : mru.shortValue();
    }

    /** A client that goes on has found the server's proof right. */
    private @Nullable TunnelEvent identity(Story story) {
        AuthMethod method = story.link.auth.method();
        if (method == null) {
            return null;
        }
        boolean proves = method == AuthMethod.MSCHAPV2 || method == AuthMethod.EAP_MSCHAPV2;
        boolean wentOn = story.link.ccp.heard(Side.CLIENT) || story.link.ipcp.heard(Side.CLIENT);
        if (proves && !wentOn) {
            return null; // the client may have found it wrong
        }
        return new TunnelEvent.IdentityProven(
                method.label(),
                PeerText.escape(story.link.auth.shownUser()),
                proves,
                story.link.auth.message(),
                identityTook);
    }

    private @Nullable TunnelEvent encryption(Story story, Duration took) {
        Dialogue ccp = story.link.ccp;
        if (!ccp.isTold()) {
            return null;
        }
        PppEvent.EncryptionSettled now = new PppEvent.EncryptionSettled(coding(ccp.ofServer()), coding(ccp.ofClient()));
        settled = now;
        return new TunnelEvent.EncryptionSettled(label(now.send()), label(now.receive()), took);
    }

    private static @Nullable String label(PppEvent.@Nullable Coding coding) {
        return coding == null ? null : coding.label();
    }

    /** What is weaker than the default of a client of ours. */
    List<String> weaknesses(Story story) {
        List<String> sentences = new ArrayList<>();
        AuthMethod method = story.link.auth.method();
        if (method != null && story.link.auth.isAccepted()) {
            Weaknesses.of(method).ifPresent(sentences::add);
        }
        PppEvent.EncryptionSettled now = settled;
        if (now != null) {
            sentences.addAll(Weaknesses.of(now));
        }
        return sentences;
    }

    /** What whoever asks for these options is sent (RFC 1962 §3). */
    private static PppEvent.@Nullable Coding coding(List<ConfigOption> options) {
        MppeOffer agreed = EncryptionStory.offer(options);
        if (agreed == null || (agreed.strengths().isEmpty() && !agreed.mppc())) {
            return null;
        }
        MppeStrength strength = null;
        for (MppeStrength each : agreed.strengths()) {
            strength = strength == null || each.bits() > strength.bits() ? each : strength;
        }
        return new PppEvent.Coding(strength, agreed.mode(), agreed.mppc());
    }

    private static @Nullable TunnelEvent addresses(Story story, Duration took) {
        Dialogue ipcp = story.link.ipcp;
        Inet4Address local = ipcp.isOpen() ? address(ipcp.ofClient(), IpcpOption.ADDRESS) : null;
        return local == null
                ? null
                : new TunnelEvent.AddressesAgreed(
                        local,
                        address(ipcp.ofServer(), IpcpOption.ADDRESS),
                        servers(ipcp.ofClient(), IpcpOption.PRIMARY_DNS, IpcpOption.SECONDARY_DNS),
                        servers(ipcp.ofClient(), IpcpOption.PRIMARY_NBNS, IpcpOption.SECONDARY_NBNS),
                        null,
                        null,
                        took);
    }

    private static List<Inet4Address> servers(List<ConfigOption> options, int... types) {
        List<Inet4Address> servers = new ArrayList<>();
        for (int type : types) {
            Inet4Address server = address(options, type);
            if (server != null && !server.isAnyLocalAddress()) {
                servers.add(server);
            }
        }
        return servers;
    }

    private static @Nullable Inet4Address address(List<ConfigOption> options, int type) {
        ConfigOption option = option(options, type);
        return option == null || option.valueLength() != Integer.BYTES ? null : option.addressValue();
    }

    private static @Nullable ConfigOption option(List<ConfigOption> options, int type) {
        return options.stream()
                .filter(option -> option.type() == type)
                .findFirst()
                .orElse(null);
    }
}
