package org.jpptp.cli.view;

import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.Failure;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.ServiceManager;

/** Tells a service manager how the tunnel is doing, in the one line that {@code systemctl status} shows, beside the view. */
public final class ServiceStatus extends ForwardingListener {
    private final ServiceManager manager;
    private final String server;
    private final Told told = new Told();

    /** @param server as the user named it */
    public ServiceStatus(ServiceManager manager, TunnelListener view, String server) {
        super(view);
        this.manager = manager;
        this.server = Style.visible(server);
    }

    /** Before the server is sent anything. */
    public void begin() {
        manager.status("Connecting to " + server + ".");
    }

    @Override
    public void event(TunnelEvent event) {
        super.event(event);
        event.match(told);
    }

    private final class Told implements TunnelEvent.Cases {
        @Override
        public void serverAnswered(TunnelEvent.ServerAnswered event) {
            manager.status("Negotiating with " + server + ".");
        }

        @Override
        public void callEstablished(TunnelEvent.CallEstablished event) {
            // The next that there is to know is whether it is up.
        }

        @Override
        public void linkOpened(TunnelEvent.LinkOpened event) {
            // The same.
        }

        @Override
        public void identityProven(TunnelEvent.IdentityProven event) {
            // The same.
        }

        @Override
        public void passwordChanged(TunnelEvent.PasswordChanged event) {
            // The journal has it.
        }

        @Override
        public void encryptionSettled(TunnelEvent.EncryptionSettled event) {
            // The journal has it.
        }

        @Override
        public void addressesAgreed(TunnelEvent.AddressesAgreed event) {
            // The next that there is to know is whether it is up.
        }

        @Override
        public void namesSettled(TunnelEvent.NamesSettled event) {
            // What is being done is the same.
        }

        @Override
        public void proxyOpened(TunnelEvent.ProxyOpened event) {
            // What is being done is the same.
        }

        @Override
        public void tunnelUp(TunnelEvent.TunnelUp event) {
            String routes = event.routes().stream().map(Cidr::toString).collect(Collectors.joining(", "));
            manager.status("Tunnel " + event.interfaceName() + " to " + server + " is up"
                    + (routes.isEmpty() ? "." : ", routes " + routes + "."));
            manager.ready();
        }

        @Override
        public void tunnelChanged(TunnelEvent.TunnelChanged event) {
            // It is up all the same; the journal has what changed.
        }

        @Override
        public void reconnecting(TunnelEvent.Reconnecting event) {
            manager.status(new Phases(Style.PLAIN).reconnecting(event));
        }

        @Override
        public void warning(TunnelEvent.Warning event) {
            // The journal has it, with its priority.
        }

        @Override
        public void statistics(TunnelEvent.Statistics event) {
            // Whoever asked gets the answer.
        }

        @Override
        public void ended(TunnelEvent.Ended event) {
            Failure failure = FailureText.of(event);
            manager.status(failure == null ? "Disconnected." : FailureText.of(failure));
        }
    }
}
