package org.jpptp.cli.background;

import org.jpptp.client.TunnelEvent;

/** What others wait for in the life of a tunnel: that it is up, and that it is lost. */
final class Milestones implements TunnelEvent.Cases {
    private final Runnable up;
    private final Runnable lost;

    Milestones(Runnable up, Runnable lost) {
        this.up = up;
        this.lost = lost;
    }

    @Override
    public void namesSettled(TunnelEvent.NamesSettled event) {
        // Nobody waits for it.
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        // Nobody waits for it.
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        up.run();
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        lost.run();
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        // Whoever runs the tunnel gets the same from it, when the host is as before.
    }

    @Override
    public void serverAnswered(TunnelEvent.ServerAnswered event) {
        // A step on the way.
    }

    @Override
    public void callEstablished(TunnelEvent.CallEstablished event) {
        // A step on the way.
    }

    @Override
    public void linkOpened(TunnelEvent.LinkOpened event) {
        // A step on the way.
    }

    @Override
    public void identityProven(TunnelEvent.IdentityProven event) {
        // A step on the way.
    }

    @Override
    public void passwordChanged(TunnelEvent.PasswordChanged event) {
        // A step on the way.
    }

    @Override
    public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
        // A step on the way.
    }

    @Override
    public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
        // A step on the way.
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        // It is up before and afterwards.
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        // Nobody waits for one.
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        // Nobody waits for them here.
    }
}
