package org.jpptp.lab.demo;

import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/** Shows all of a client's progress but its failure, and lets the traffic begin once the tunnel is up. */
final class DemoListener extends ForwardingListener implements TunnelEvent.Cases {
    private final Runnable traffic;

    DemoListener(TunnelListener view, Runnable traffic) {
        super(view);
        this.traffic = traffic;
    }

    @Override
    public void event(TunnelEvent event) {
        event.match(this);
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        super.event(event);
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        super.event(event);
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        super.event(event);
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        super.event(event);
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        super.event(event);
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        super.event(event);
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        super.event(event);
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        super.event(event);
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        super.event(event);
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        super.event(event);
        traffic.run();
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        super.event(event);
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        // A demonstration has one connection.
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        super.event(event);
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        // Nobody asks for them here.
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        if (event.failure() == null) {
            super.event(event); // a failure is told by the caller, once
        }
    }
}
