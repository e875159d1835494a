package org.jpptp.cli.command;

import java.util.List;
import org.jpptp.cli.profile.Entry;
import org.jpptp.cli.profile.Profiles;
import org.jpptp.cli.usage.UsageException;
import org.jpptp.cli.view.Messages;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Side;

/** The same view of a tunnel whose options become a profile as soon as they have worked. */
final class Saving implements TunnelListener, TunnelEvent.Cases {
    private final TunnelListener view;
    private final Messages messages;
    private final Profiles profiles;
    private final String name;
    private final List<Entry> entries;
    private boolean done;

    Saving(TunnelListener view, Messages messages, Profiles profiles, String name, List<Entry> entries) {
        this.view = view;
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
        }
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
    public boolean keepsFacts() {
        return view.keepsFacts();
    }

    @Override
    public void seen(Side from, Fact fact) {
        view.seen(from, fact);
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
        if (!done) {
            done = true;
            save();
        }
    }

    @Override
    public void tunnelChanged(TunnelEvent.TunnelChanged event) {
        view.event(event);
    }

    @Override
    public void reconnecting(TunnelEvent.Reconnecting event) {
        view.event(event);
    }

    @Override
    public void warning(TunnelEvent.Warning event) {
        view.event(event);
    }

    @Override
    public void statistics(TunnelEvent.Statistics event) {
        view.event(event);
    }

    @Override
    public void ended(TunnelEvent.Ended event) {
        view.event(event);
    }
}
