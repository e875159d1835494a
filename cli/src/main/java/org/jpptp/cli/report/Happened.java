package org.jpptp.cli.report;

import java.util.Set;
import org.jpptp.cli.view.Phases;
import org.jpptp.cli.view.Style;
import org.jpptp.client.TunnelEvent;

/** What happened to a tunnel besides its phases, in a sentence; empty for what is told elsewhere. */
final class Happened implements TunnelEvent.Cases {
    private final Set<String> toldElsewhere;
    private final Phases words = new Phases(new Style(Style.Signs.UNICODE, Style.Color.OFF));
    private String sentence = "";

    /** @param toldElsewhere warnings that need not be told once more */
    Happened(Set<String> toldElsewhere) {
        this.toldElsewhere = toldElsewhere;
    }

    String of(TunnelEvent event) {
        sentence = "";
        event.match(this);
        return sentence;
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        sentence = "The password of " + event.name() + " was changed.";
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        sentence = "Programs of this host reach it by the proxy at " + event.listening() + ".";
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        sentence = words.upAgain(event);
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        sentence = event.text();
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        sentence = words.reconnecting(event);
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        sentence = toldElsewhere.contains(event.text()) ? "" : event.text();
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        // A phase.
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        // A phase.
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        // A phase.
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        // A phase.
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        // A phase.
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        // A phase.
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        // With the addresses.
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        // There are counters.
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        // The verdict.
    }
}
