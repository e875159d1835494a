package org.jpptp.client.session;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.client.LinkLocalAddress;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.diagnosis.NetworkDiagnosis;
import org.jpptp.client.diagnosis.Weaknesses;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.control.ControlEvent;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** Tells the listener what call, link and tunnel came to, with a warning about whatever of it is weak. */
final class LinkReport {
    private final TunnelListener listener;
    private final Set<String> weaknesses = new LinkedHashSet<>();

    LinkReport(TunnelListener listener) {
        this.listener = listener;
    }

    /** @param port of its TCP connection */
    void answered(Inet4Address server, int port, ControlEvent.Accepted event, Duration took) {
        listener.event(new TunnelEvent.ServerAnswered(
                server,
                port,
                PeerText.escape(event.vendor()),
                PeerText.escape(event.hostName()),
                event.firmware(),
                took));
    }

    void called(ControlEvent.CallConnected event, Duration took) {
        listener.event(
                new TunnelEvent.CallEstablished(event.localCallId(), event.peerCallId(), event.bitsPerSecond(), took));
    }

    void opened(PppEvent.LinkOpened event, Duration took) {
        listener.event(new TunnelEvent.LinkOpened(
                event.mru(), event.peerMru(), event.magic(), event.pfc(), event.acfc(), took));
    }

    void authenticated(PppEvent.Authenticated event, boolean passwordChanged, Duration took) {
        listener.event(new TunnelEvent.IdentityProven(
                event.method().label(), event.name(), event.mutual(), PeerText.escape(event.message()), took));
        if (passwordChanged) {
            listener.event(new TunnelEvent.PasswordChanged(event.name()));
        }
        Weaknesses.of(event.method()).ifPresent(this::weak);
    }

    void encryption(PppEvent.EncryptionSettled event, Duration took) {
        listener.event(new TunnelEvent.EncryptionSettled(label(event.send()), label(event.receive()), took));
        Weaknesses.of(event).forEach(this::weak);
    }

    void addresses(PppEvent.NetworkUp event, Duration took) {
        PppEvent.InterfaceIdentifiers ipv6 = event.ipv6();
        listener.event(new TunnelEvent.AddressesAgreed(
                event.local(),
                event.remote(),
                event.dns(),
                event.wins(),
                ipv6 == null ? null : new LinkLocalAddress(ipv6.local()),
                ipv6 == null || ipv6.remote() == 0 ? null : new LinkLocalAddress(ipv6.remote()),
                took));
    }

    void up(NetworkPlan plan, Duration took) {
        listener.event(
                new TunnelEvent.TunnelUp(plan.interfaceName(), plan.namespace(), plan.mtu(), plan.routes(), took));
    }

    /** A renegotiation has changed what the host looks like; of names there are events of their own. */
    void changed(NetworkPlan before, NetworkPlan now) {
        String text = NetworkDiagnosis.changed(before, now);
        if (!text.isEmpty()) {
            listener.event(
                    new TunnelEvent.TunnelChanged(now.interfaceName(), now.mtu(), now.local(), now.remote(), text));
        }
    }

    /** @param doing what is being waited for; null while it is up */
    void statistics(@Nullable String doing, Duration since, Traffic traffic) {
        listener.event(new TunnelEvent.Statistics(doing, since, traffic.octetsSent(), traffic.octetsReceived()));
    }

    /** What is weaker than the default, as the user was warned. */
    List<String> weaknesses() {
        return List.copyOf(weaknesses);
    }

    private void weak(String sentence) {
        weaknesses.add(sentence);
        warn(sentence);
    }

    void warn(String sentence) {
        listener.event(new TunnelEvent.Warning(sentence));
    }

    private static @Nullable String label(PppEvent.@Nullable Coding coding) {
        return coding == null ? null : coding.label();
    }
}
