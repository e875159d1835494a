package org.jpptp.cli.command;

import java.util.List;
import org.jpptp.cli.file.NotWrittenException;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;

/** The same view of a tunnel whose options become a profile as soon as they have worked. */
final class Saving extends ForwardingListener implements TunnelEvent.Cases {
    private final Messages messages;
    private final Profiles profiles;
    private final String name;
    private final List<Entry> entries;
    private boolean done;

    Saving(TunnelListener view, Messages messages, Profiles profiles, String name, List<Entry> entries) {
        super(view);
        this.messages = messages;
        this.profiles = profiles;
        this.name = name;
        this.entries = List.copyOf(entries);
    }

    private void save() {
        try {
            messages.note("saved as " + profiles.save(name, entries) + "; 'jpptp connect " + name
                    + "' does the same from now on.");
        } catch (UsageException e) {
            messages.warning(e.sentence());
        } catch (NotWrittenException e) {
            messages.warning(e.failure().sentence());
        }
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
        if (!done) {
            done = true;
            save();
        }
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
    public void statistics(TunnelEvent.Statistics event) {
        super.event(event);
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        super.event(event);
    }
}
