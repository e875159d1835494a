package org.jpptp.lab.demo;

import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/** Shows all of a client's progress but its failure, and lets the traffic begin once the tunnel is up. */
final class DemoListener implements TunnelListener, TunnelEvent.Cases {
    private final TunnelListener view;
    private final Runnable traffic;

    DemoListener(TunnelListener view, Runnable traffic) {
        this.view = view;
        this.traffic = traffic;
    }

    @Override
    public void event(TunnelEvent event) {
        event.match(this);
    }

    @Override
    public boolean traces(Detail detail) {
        return view.traces(detail);
    }

    @Override
    public void trace(Detail detail, String line) {
        view.trace(detail, line);
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        view.event(event);
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        view.event(event);
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        view.event(event);
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        view.event(event);
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        view.event(event);
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        view.event(event);
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        view.event(event);
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        view.event(event);
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        view.event(event);
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        view.event(event);
        traffic.run();
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        view.event(event);
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        // A demonstration has one connection.
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        view.event(event);
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        // Nobody asks for them here.
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        if (event.failure() == null) {
            view.event(event); // a failure is told by the caller, once
        }
    }
}
