package org.jpptp.client.tunnel;

import java.time.Duration;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.TunnelStatus.Traffic;
import org.jpptp.client.net.NamePlan;
import org.jpptp.client.session.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * What the user is told of all connections of one tunnel: each tells of itself only, and here it is added up.
 */
final class Told extends ForwardingListener implements TunnelEvent.Cases {
    private final Runnable up;
    private int connections;
    /** Since when it is away, and how long it was until it was back. */
    private long awaySince;

    private Duration away = Duration.ZERO;
    private TunnelEvent.NamesSettled names = NamePlan.NONE.told(null);
    private Traffic traffic = Traffic.NONE;
    private Duration upFor = Duration.ZERO;

    /** @param up is run before the user hears that the tunnel is up */
    Told(TunnelListener user, Runnable up) {
        super(user);
        this.up = up;
    }

    /** Whether it was up once. */
    boolean wasUp() {
        return connections > 0;
    }

    /** A connection has ended. */
    void ended(SessionEnd how, long now) {
        if (how.wasUp()) {
            awaySince = now;
        }
        traffic = traffic.plus(how.traffic());
        upFor = upFor.plus(how.upFor());
    }

    /** Traffic flows from now on. */
    void isUp(long now) {
        away = Duration.ofNanos(now - awaySince);
    }

    /** How long the tunnel has been away. */
    Duration awayFor(long now) {
        return Duration.ofNanos(now - awaySince);
    }

    /** How all of it ended. */
    TunnelEvent.Ended over(@Nullable Failure failure) {
        return new TunnelEvent.Ended(failure, wasUp(), traffic, upFor);
    }

    /** What is going on where there is no connection to tell of it. */
    void doing(String what, Duration since) {
        super.event(new TunnelEvent.Statistics(what, since, traffic.octetsSent(), traffic.octetsReceived()));
    }

    @Override
    public void event(TunnelEvent event) {
        event.match(this);
    }

    @Override
    public void tunnelUp(TunnelEvent.TunnelUp event) {
        up.run();
        Duration took = wasUp() ? away : event.took();
        super.event(new TunnelEvent.TunnelUp(
                event.interfaceName(), event.namespace(), event.mtu(), event.routes(), took, connections++));
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        super.event(new TunnelEvent.Statistics(
                event.doing(),
                event.since(),
                traffic.octetsSent() + event.octetsSent(),
                traffic.octetsReceived() + event.octetsReceived()));
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
        if (!event.isSameAs(names)) {
            names = event;
            super.event(event);
        }
    }

    @Override
    public void proxyOpened(TunnelEvent.ProxyOpened event) {
        super.event(event);
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        super.event(event);
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        super.event(event);
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        super.event(event);
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        super.event(event);
    }
}
