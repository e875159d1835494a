package org.jpptp.cli.view;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/** What a tunnel reaches, a line each in plain characters, for records that are read later. */
public final class PhaseText implements TunnelEvent.Cases {
    private final Phases phases = new Phases(Style.PLAIN);
    private @Nullable String text;

    private final Consumer<TunnelEvent.Ended> end;

    private PhaseText(Consumer<TunnelEvent.Ended> end) {
        this.end = end;
    }

    /**
     * Such as {@code = link MRU 1400, magic (12 ms)}; empty for what is not worth a line.
     *
     * @param end is given the end, of which more is to be said than a line
     */
    public static Optional<String> line(TunnelEvent event, Consumer<TunnelEvent.Ended> end) {
        PhaseText cases = new PhaseText(end);
        event.match(cases);
        return Optional.ofNullable(cases.text);
    }

    private void reached(Stage stage, String what, Duration took) {
        text = "= " + stage.label() + " " + what + " (" + Quantities.millis(took) + ")";
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        reached(Stage.SERVER, phases.server(event), event.took());
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        reached(Stage.CALL, phases.call(event), event.took());
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        reached(Stage.LINK, phases.link(event), event.took());
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        reached(Stage.IDENTITY, phases.identity(event), event.took());
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        text = "= the password of " + event.name() + " was changed";
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        reached(Stage.ENCRYPTION, phases.encryption(event), event.took());
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        reached(Stage.ADDRESSES, phases.addresses(event), event.took());
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        text = "= " + phases.names(event);
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        text = "= " + "proxy opened";
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        text = "= " + (event.reconnections() == 0 ? phases.up(event, "").strip() : phases.upAgain(event));
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        text = "= " + event.text();
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        text = "! " + phases.reconnecting(event);
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        text = "! " + event.text();
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        text = "= " + phases.statistics(event);
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        end.accept(event);
    }
}
