package org.jpptp.cli.report;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jpptp.cli.view.Phases;
import org.jpptp.cli.view.Quantities;
import org.jpptp.cli.view.Stage;
import org.jpptp.cli.view.Style;
import org.jpptp.client.Cidr;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/** What was agreed on: in a line for each phase, and option by option. */
final class Agreed implements TunnelEvent.Cases {
    /** A phase that is complete. */
    record Phase(String text, Duration took, Mark mark) {}

    /** An option and its value. */
    record Option(String name, String value) {}

    private final Map<Stage, Phase> phases = new EnumMap<>(Stage.class);
    private final List<Option> options = new ArrayList<>();
    private final Phases words = new Phases(new Style(Style.Signs.UNICODE, Style.Color.OFF));

    Agreed(List<TunnelEvent> milestones) {
        milestones.forEach(event -> event.match(this));
    }

    /** Those that are complete. */
    Map<Stage, Phase> phases() {
        return phases;
    }

    /** In the order of the phases. */
    List<Option> options() {
        return options;
    }

    private void phase(Stage stage, String text, Duration took) {
        phases.put(stage, new Phase(text, took, Mark.DONE));
    }

    private void option(String name, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            options.add(new Option(name, value.toString().strip()));
        }
    }

    private void addresses(String name, Collection<Inet4Address> addresses) {
        option(name, addresses.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", ")));
    }

    private static @Nullable String address(@Nullable Inet4Address address) {
        return address == null ? null : address.getHostAddress();
    }

    private static String yes(boolean agreed) {
        return agreed ? "yes" : "no";
    }

    private static String orClear(@Nullable String coding) {
        return coding == null ? "none (in clear)" : coding;
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        phase(Stage.SERVER, words.server(event), event.took());
        option("Server", event.address().getHostAddress() + ", TCP port " + event.port());
        option("Its vendor", event.vendor());
        option("Its own name", event.hostName());
        option("Its firmware", event.firmware());
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        phase(Stage.CALL, words.call(event), event.took());
        option("Call id of the client", event.localCallId());
        option("Call id of the server", event.peerCallId());
        option("Line speed", Quantities.rate(event.bitsPerSecond()));
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        phase(Stage.LINK, words.link(event), event.took());
        option("MRU of the client", event.mru() + " octets");
        option("MRU of the server", event.peerMru() + " octets");
        option("Magic number", yes(event.magic()));
        option("Protocol field compression", yes(event.pfc()));
        option("Address and control field compression", yes(event.acfc()));
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        phases.put(
                Stage.IDENTITY,
                new Phase(words.identity(event), event.took(), event.serverProved() ? Mark.DONE : Mark.WEAK));
        option("Authentication", event.method());
        option("Name", event.name());
        option("Server proved itself", yes(event.serverProved()));
        option("Server’s words", event.message());
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        phases.put(
                Stage.ENCRYPTION,
                new Phase(words.encryption(event), event.took(), Phases.encrypted(event) ? Mark.DONE : Mark.WEAK));
        option("Encryption, client to server", orClear(event.send()));
        option("Encryption, server to client", orClear(event.receive()));
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        phase(Stage.ADDRESSES, words.addresses(event), event.took());
        option("Inner address of the client", event.local().getHostAddress());
        option("Inner address of the server", address(event.remote()));
        addresses("DNS servers", event.dns());
        addresses("WINS servers", event.wins());
        option("IPv6 of the client", event.localIpv6());
        option("IPv6 of the server", event.remoteIpv6());
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        option("Names", words.names(event));
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        option("Proxy", event.listening().toString());
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        phase(
                Stage.INTERFACE,
                event.interfaceName() + ", MTU " + event.mtu() + "; up after " + Quantities.seconds(event.took()),
                Duration.ZERO);
        option("Interface", event.interfaceName());
        option("Network namespace", event.namespace());
        option("MTU", event.mtu() + " octets");
        option("Routes", event.routes().stream().map(Cidr::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        // Told among what happened.
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        // Told among what happened.
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        // Told among what happened.
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        // Told among what happened.
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        // There are counters.
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        // The verdict tells it.
    }
}
